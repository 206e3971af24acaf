/* view: each clearing against the account it debits: what should stand there, and what does. Accounts of which the
   bank sent no record of its own are left out, and counted on the page. */
select
    c.arn, c.account, c.cleared_on, c.type, c.currency, c.age_days,
    case when c.type = 'PRESENTMENT' then -c.amount else c.amount end as due, l.booked, l.entries, l.entry_id,
    c.source_file, c.source_line, l.source_file as ledger_file, l.source_line as ledger_line
from card_lines c
join (
    select account from ledger_lines
    union
    select account from carried_clearings
) r on r.account = c.account
left join (
    select
        account, reference, currency, cast(sum(amount) as decimal(18,2)) as booked, count(*) as entries,
        min(entry_id) as entry_id, min(source_file) as source_file, min(source_line) as source_line
    from booked_entries
    group by account, reference, currency
) l on l.account = c.account and l.reference = c.arn and l.currency = c.currency
