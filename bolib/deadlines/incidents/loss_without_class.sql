/*
id: INCID-07
title: Which losses lack what the loss data set needs?
rule: H-02
severity: MINOR
key: incident_id
amount: loss
date: aware_on
owner: incident
needs: [incidents]
message: "{incident_id}, known {aware_at}: a loss of {loss} {currency} belongs in the loss data set (from {loss_set_from}); it has {lacks}."
*/
select
    i.incident_id, i.aware_at, cast(i.aware_at as date) as aware_on, i.loss, i.currency, i.event_type, i.cause,
    t.loss_set_from,
    case
        when e.event_type is null and i.cause is null then 'neither Basel event type nor cause'
        when e.event_type is null then 'no Basel event type'
        else 'no cause'
    end as lacks,
    i.source_file, i.source_line
from known_incidents i
join incident_thresholds t on t.incident_id = i.incident_id
left join basel_event_types e on e.event_type = i.event_type
where abs(i.loss) >= t.loss_set_from and (e.event_type is null or i.cause is null)
