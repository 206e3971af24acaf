/* view: the incidents known this year by Basel event type and currency, and those of them in the loss data set; one
   without a loss counts with those in EUR. */
select
    coalesce(i.event_type, '?') as event_type, max(e.meaning) as meaning, coalesce(i.currency, 'EUR') as currency,
    cast(count(*) as bigint) as incidents, cast(sum(case when i.major then 1 else 0 end) as bigint) as major_incidents,
    cast(sum(abs(i.loss)) as decimal(18,2)) as loss,
    cast(sum(case when abs(i.loss) >= t.loss_set_from then 1 else 0 end) as bigint) as in_loss_set,
    cast(sum(case when abs(i.loss) >= t.loss_set_from then abs(i.loss) end) as decimal(18,2)) as loss_in_set
from known_incidents i
left join incident_thresholds t on t.incident_id = i.incident_id
left join basel_event_types e on e.event_type = i.event_type
where year(i.aware_at) = year($as_of)
group by coalesce(i.event_type, '?'), coalesce(i.currency, 'EUR')
