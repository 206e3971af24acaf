/* view: the entries of the ledger known by the evening; those under what was open before, and of a day of the account
   that today's ledger does not hold, are carried over. */
select account, entry_id, booking_date, amount, currency, reference, source_file, source_line
from ledger_lines
where booking_date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    c.account, c.entry_id, c.booking_date, c.amount, c.currency, c.reference, c.file as source_file, c.line as source_line
from carried_entries c
left join (select distinct account, booking_date from ledger_lines) f on f.account = c.account and f.booking_date = c.booking_date
left join ledger_lines l on l.account = c.account and l.entry_id = c.entry_id
where f.account is null and l.entry_id is null
