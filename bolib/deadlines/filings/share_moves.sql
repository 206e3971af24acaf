/* view: what moves the bank's holding of each share, all books together, with the capital it is held against. Transfers
   between books move nothing. */
select
    m.isin, m.day, m.quantity, i.shares_outstanding as capital, v.venue is not null as short_scope,
    p.market is not null as holding_scope
from (
    select isin, trade_date as day, case when side = 'BUY' then quantity else -quantity end as quantity
    from filing_deals
    where trade_date <= $as_of
    union all
    select isin, opened_on, quantity from opening_lots where opened_on <= $as_of
) m
join instruments i on i.isin = m.isin
left join eu_venues v on v.venue = i.market
left join paris_markets p on p.market = i.market
where i.asset_class = 'EQUITY' and i.shares_outstanding > 0 and (v.venue is not null or p.market is not null)
