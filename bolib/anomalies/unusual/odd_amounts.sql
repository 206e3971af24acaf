/* view: amounts, each with the kind it is compared in and the wider kind where the first has no history. A deal ordered
   in its full size is a block trade, not an accident; a payment of two instalments or more is an early repayment. */
select
    'trades' as block, t.trade_id || ' ' || cast(t.version as string) as key, cast(t.entered_at as date) as day,
    t.book || ' ' || t.isin as kind, t.isin as wider, t.gross_amount as amount
from trades t
left join orders r on r.order_id = t.order_id and r.quantity >= t.quantity
where t.action <> 'CANCEL' and r.order_id is null and cast(coalesce(t.known_at, t.entered_at) as date) <= $as_of
union all
select
    'journal', journal_code || ' ' || entry_no, entry_date,
    coalesce(debited, '-') || ' > ' || coalesce(credited, '-') || ' by ' || coalesce(author, '-'), debited, amount
from entry_accounts
where reverses is null
union all
select
    'card_authorisations', authorisation_id, cast(authorised_at as date), card || ' ' || currency,
    merchant || ' ' || currency, amount
from card_authorisations
where cast(coalesce(known_at, authorised_at) as date) <= $as_of
union all
select
    'cash_operations', operation_id, date, account || ' ' || direction || ' ' || currency,
    direction || ' ' || currency, amount
from cash_operations
where date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    'instalments', loan_id || ' ' || cast(instalment_no as string), due_date, loan_id, cast(null as string),
    cast(principal + interest + fees as decimal(18,2))
from instalments
where due_date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    'payments', p.payment_id, p.received_on, p.loan_id, cast(null as string), p.amount
from payments p
join (
    select loan_id, max(cast(principal + interest + fees as decimal(18,2))) as most
    from instalments
    group by loan_id
) i on i.loan_id = p.loan_id
where p.received_on <= $as_of and p.amount < i.most * 2 and (p.known_at is null or cast(p.known_at as date) <= $as_of)
