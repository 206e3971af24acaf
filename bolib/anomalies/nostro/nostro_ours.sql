/* view: the bank's own record of its accounts at correspondents, as known on the evening of the day, ready to match;
   its records of customers' accounts and of cash machines are held against cards and counts, not statements. */
select
    l.account || ' ' || l.currency as block, l.account || ' ' || l.entry_id as key, l.amount, l.value_date as date,
    l.reference, cast(null as string) as batch, l.counterparty as party, l.account, l.currency, l.booking_date, l.text,
    l.trade_id, l.source_file, l.source_line
from ledger_lines l
left join accounts a on a.account = l.account
left join (select distinct atm from atm_counts) m on m.atm = l.account
where a.account is null and m.atm is null and l.booking_date <= $as_of and (l.known_at is null or cast(l.known_at as date) <= $as_of)
