/* view: the tax on financial transactions by share and month: due on the net purchases, booked on the deals, and
   declared. */
select
    m.*, i.name, s.listed_amount as declared, s.state, s.filed_on, s.due_date, s.status, s.arithmetic
from (
    select
        isin, substr(cast(settlement_date as string), 1, 7) as period, currency, cast(sum(deals) as bigint) as deals,
        cast(sum(bought) as decimal(18,6)) as bought, cast(sum(sold) as decimal(18,6)) as sold,
        cast(sum(net_quantity) as decimal(18,6)) as net_quantity, cast(sum(base) as decimal(18,2)) as base,
        min(rate_percent) as rate_percent, cast(sum(tax_due) as decimal(18,2)) as tax_due,
        cast(sum(tax_booked) as decimal(18,2)) as tax_booked
    from ttf_days
    group by isin, substr(cast(settlement_date as string), 1, 7), currency
) m
join instruments i on i.isin = m.isin
left join judged_filings s on s.regime = 'TTF' and s.object_id = m.isin and s.period = m.period
