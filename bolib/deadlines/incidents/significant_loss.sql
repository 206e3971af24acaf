/*
id: INCID-05
title: Which incidents are significant for own funds?
rule: H-03
severity: CRITICAL
key: incident_id
amount: loss
date: aware_on
owner: incident
needs: [incidents]
thresholds: {looked_back_days: 60}
message: "{incident_id} ({cause}), known {aware_at}: {loss} {currency} reaches {significant_from}, drawn from own funds of {own_funds} on {own_funds_date}: managers, the board and the ACPR are told without delay."
*/
select
    i.incident_id, i.aware_at, cast(i.aware_at as date) as aware_on, i.loss, i.currency, i.event_type, i.cause,
    t.significant_from, t.own_funds, t.own_funds_date, i.source_file, i.source_line
from known_incidents i
join incident_thresholds t on t.incident_id = i.incident_id
join target_days now on now.date = $as_of
join target_days aware on aware.date = cast(i.aware_at as date)
where abs(i.loss) >= t.significant_from and now.day - aware.day <= $looked_back_days
