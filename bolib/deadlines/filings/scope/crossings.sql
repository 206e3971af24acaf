/* Thresholds of the capital passed by the bank's holdings; shares held of which the capital is not known. */
select
    regime, isin as object_id, event_on, 'IN' as scope, cast(null as decimal(18,2)) as amount,
    cast(null as string) as currency, told
from threshold_crossings
union all
select r.regime, d.isin, max(d.event_on), 'UNKNOWN', null, null, 'capital not known'
from filing_deals d
join instruments i on i.isin = d.isin
join eu_venues v on v.venue = i.market
join filing_regimes r on r.regime in ('SHORT', 'HOLDING')
where i.asset_class = 'EQUITY' and i.shares_outstanding is null and d.event_on <= $as_of
group by r.regime, d.isin
