/* Shares with tax on financial transactions due on their acquisitions of a month, on the day of the first. */
select
    'TTF' as regime, isin as object_id, min(settlement_date) as event_on, 'IN' as scope,
    cast(sum(tax_due) as decimal(18,2)) as amount, currency, 'net purchases of a taxed share' as told
from ttf_days
where tax_due > 0
group by isin, currency, year(settlement_date), month(settlement_date)
