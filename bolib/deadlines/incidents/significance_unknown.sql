/*
id: INCID-06
title: Which losses could not be compared with own funds?
rule: H-03
severity: MINOR
key: reason
date: last_aware
owner: incident
needs: [incidents]
thresholds: {looked_back_days: 260}
message: "{incidents} incidents with a loss, known from {first_aware} to {last_aware}: {reason}; whether they are significant is not judged."
*/
select
    reason, cast(count(*) as bigint) as incidents, min(aware_on) as first_aware, max(aware_on) as last_aware
from (
    select
        cast(i.aware_at as date) as aware_on,
        case
            when i.currency = 'EUR' then 'parameters/deadlines.yml gives no CET1 of their date'
            else 'the loss is not in EUR'
        end as reason
    from known_incidents i
    join incident_thresholds t on t.incident_id = i.incident_id
    join target_days now on now.date = $as_of
    join target_days aware on aware.date = cast(i.aware_at as date)
    where t.significant_from is null and now.day - aware.day <= $looked_back_days
) unjudged_losses
group by reason
