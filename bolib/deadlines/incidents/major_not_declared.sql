/*
id: INCID-09
title: Which system failures crossed the economic threshold of a major incident without being classified as one?
rule: H-04
severity: MINOR
key: incident_id
amount: loss
date: aware_on
owner: incident
needs: [incidents]
thresholds: {looked_back_days: 260}
message: "{incident_id} ({cause}), known {aware_at}: not major, though its loss of {loss} {currency} is above {major_loss_from}, one of the two thresholds that make it so; see that no other is crossed."
*/
select
    i.incident_id, i.aware_at, cast(i.aware_at as date) as aware_on, i.loss, i.currency, i.event_type, i.cause,
    t.major_loss_from, i.source_file, i.source_line
from known_incidents i
join incident_thresholds t on t.incident_id = i.incident_id
join target_days now on now.date = $as_of
join target_days aware on aware.date = cast(i.aware_at as date)
where not i.major and abs(i.loss) > t.major_loss_from and now.day - aware.day <= $looked_back_days
