/* view: what counts against limits, in euros: each recent deal (SINGLE_DEAL), what was dealt in a day (DAILY), and what
   is dealt and not yet due for settlement (UNSETTLED); for its trader, its book and its counterparty. */
with dealt as (
    select r.trade_id, r.trade_date, r.settlement_date, s.role, s.subject, r.currency, r.gross_amount, w.gross_eur
    from recent_deals r
    join weighed_deals w on w.trade_id = r.trade_id and w.version = r.version
    join (
        select trade_id, 'trader' as role, trader as subject from fo_deals
        union all
        select trade_id, 'book', book from fo_deals
        union all
        select trade_id, 'counterparty', counterparty from fo_deals
    ) s on s.trade_id = r.trade_id
    where r.from_book is null and s.subject is not null
)
select 'SINGLE_DEAL' as kind, role, subject, trade_id as what, trade_date as date, currency, gross_amount, gross_eur
from dealt
union all
select
    'DAILY', role, subject, 'deals of ' || cast(trade_date as string), trade_date, min(currency),
    case when count(distinct currency) = 1 then cast(sum(gross_amount) as decimal(18,2)) end,
    case when count(*) = count(gross_eur) then cast(sum(gross_eur) as decimal(18,2)) end
from dealt
group by role, subject, trade_date
union all
select
    'UNSETTLED', role, subject, 'deals not yet settled', cast($as_of as date), min(currency),
    case when count(distinct currency) = 1 then cast(sum(gross_amount) as decimal(18,2)) end,
    case when count(*) = count(gross_eur) then cast(sum(gross_eur) as decimal(18,2)) end
from dealt
where settlement_date > $as_of
group by role, subject
