/* view: the records judged, each with the object it belongs to, its amount and where it was read. */
select
    'trades' as block, trade_id || ' ' || cast(version as string) as key, trade_id as object, net_amount as amount, currency,
    source_file, source_line
from trades
union all
select
    'journal', e.journal_code || ' ' || e.entry_no, coalesce(s.trade_id, e.event_id, e.journal_code || ' ' || e.entry_no),
    e.amount, coalesce(e.currency, 'EUR'), e.source_file, e.source_line
from entry_accounts e
left join settlements s on s.instruction_id = e.event_id
union all
select 'card_authorisations', authorisation_id, authorisation_id, amount, currency, source_file, source_line
from card_authorisations
union all
select 'cash_operations', operation_id, operation_id, amount, currency, source_file, source_line
from cash_operations
union all
select
    'instalments', i.loan_id || ' ' || cast(i.instalment_no as string), i.loan_id,
    cast(i.principal + i.interest + i.fees as decimal(18,2)), l.currency, i.source_file, i.source_line
from instalments i
left join loans l on l.loan_id = i.loan_id
union all
select 'payments', p.payment_id, p.payment_id, p.amount, l.currency, p.source_file, p.source_line
from payments p
left join loans l on l.loan_id = p.loan_id
union all
select
    'pnl_books', cast(date as string) || ' ' || book, cast(date as string) || ' ' || book, difference, currency,
    cast(null as string), cast(null as bigint)
from published_books
union all
select
    'positions', r.key, r.position, r.amount, r.currency, min(c.source_file), min(c.source_line)
from rolled_worth r
left join custody_positions c on c.account = r.account and c.isin = r.isin and c.date = r.evening
group by r.key, r.position, r.amount, r.currency
union all
select
    'events', object_type || ' ' || object_id || ' ' || activity || ' ' || cast(nth as string), object_id,
    cast(null as decimal(18,2)), cast(null as string), source_file, source_line
from event_steps
union all
select
    'prices', isin || ' ' || cast(date as string), isin, cast(null as decimal(18,2)), currency, min(source_file),
    min(source_line)
from prices
group by isin, date, currency
