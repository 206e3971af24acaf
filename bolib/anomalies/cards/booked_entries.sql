/* view: the entries of the ledger known by the evening, with those carried over under what was open before. */
select account, entry_id, booking_date, amount, currency, reference, source_file, source_line
from ledger_lines
where booking_date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    c.account, c.entry_id, c.booking_date, c.amount, c.currency, c.reference, c.file as source_file, c.line as source_line
from carried_entries c
