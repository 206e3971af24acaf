/* view: the bank's own record of its accounts at correspondents, as known on the evening of the day, ready to match;
   its records of customers' accounts and of cash machines are held against cards and counts, not statements. What was
   open before, and is neither said again today nor withdrawn, is carried over under the same key. */
select
    l.account || ' ' || l.currency as block, l.account || ' ' || l.entry_id as key, l.amount, l.value_date as date,
    l.reference, l.trade_id as batch, l.counterparty as party, l.account, l.currency, l.booking_date, l.text,
    false as carried, cast(null as string) as twin_key, l.source_file, l.source_line
from ledger_lines l
left join accounts a on a.account = l.account
left join (select distinct atm from known_counts) m on m.atm = l.account
where a.account is null and m.atm is null and l.booking_date <= $as_of and (l.known_at is null or cast(l.known_at as date) <= $as_of)
union all
select
    c.account || ' ' || c.currency as block, c.key, c.amount, c.date, c.reference, c.batch, c.party, c.account,
    c.currency, c.booking_date, c.text, true as carried, c.twin_key, c.file as source_file, c.line as source_line
from carried_lines c
where c.side = 'LEFT'
