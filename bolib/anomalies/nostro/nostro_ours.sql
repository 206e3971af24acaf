/* view: the bank's own record of its accounts at correspondents, as known on the evening of the day, ready to match. */
select
    l.account || ' ' || l.currency as block, l.account || ' ' || l.entry_id as key, l.amount, l.value_date as date,
    l.reference, cast(null as string) as batch, l.counterparty as party, l.account, l.currency, l.booking_date, l.text,
    l.trade_id, l.source_file, l.source_line
from ledger_lines l
where l.booking_date <= $as_of and (l.known_at is null or cast(l.known_at as date) <= $as_of)
