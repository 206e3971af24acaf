/*
id: ORD-10
title: Which traders have dealt without a limit in force?
rule: C3.limit.approved
severity: MAJOR
key: trader
amount: gross_eur
currency: reported_currency
date: last_day
owner: trade
needs: [trades, limits, fx_rates]
thresholds: {looked_back_days: 10}
message: "{trader} has made {deals} deals from {first_day} to {last_day} without a limit for a single deal; the last one ended {ended}."
*/
select
    u.subject as trader, cast(count(*) as bigint) as deals, cast(sum(u.gross_eur) as decimal(18,2)) as gross_eur,
    'EUR' as reported_currency, min(u.date) as first_day, max(u.date) as last_day, max(e.ended) as ended,
    min(u.what) as first_deal, max(u.what) as last_deal
from limit_uses u
join t2s_days now on now.date = $as_of
join t2s_days used on used.date = u.date
-- where no trader has such a limit, the bank does not limit so
join (select count(*) as given from limits where kind = 'SINGLE_DEAL') g on g.given > 0
left join limits_in_euros l on l.subject = u.subject and l.kind = u.kind and l.valid_from <= u.date
    and (l.valid_to is null or u.date <= l.valid_to) and (l.next_from is null or u.date < l.next_from)
left join (
    select subject, max(valid_to) as ended from limits where kind = 'SINGLE_DEAL' group by subject
) e on e.subject = u.subject
where u.kind = 'SINGLE_DEAL' and u.role = 'trader' and l.subject is null and now.day - used.day < $looked_back_days
group by u.subject
