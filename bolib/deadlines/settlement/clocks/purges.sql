/* An instruction past its date is cancelled by its depository some days after its last change of status, where a rule
   says so for that depository. */
select
    'instruction' as object_type, s.instruction_id as key,
    p.rule,
    case when c.changed_on > s.intended_settlement_date then c.changed_on else s.intended_settlement_date end
        as trigger_date,
    cast(null as timestamp) as triggered_at, cast(null as date) as done_on, cast(null as timestamp) as done_at,
    true as recorded, s.amount, s.currency
from settlements s
join purging_places p on p.place = substr(s.place, 1, 8)
    and p.rule = case when s.matched_at is null then 'A2.unmatched.purge' else 'A2.matched.purge' end
left join (
    select instruction_id, max(changed_on) as changed_on
    from (
        select
            e.instruction_id, cast(e.at as date) as changed_on, e.status,
            lag(e.status) over (partition by e.instruction_id order by e.at) as status_before
        from settlement_events e
        where cast(e.at as date) <= $as_of
    ) steps
    where status_before is null or status <> status_before
    group by instruction_id
) c on c.instruction_id = s.instruction_id
where s.status <> 'CANC' and s.intended_settlement_date < $as_of
    and (s.settled_on is null or s.settled_on > $as_of)
    and (s.known_at is null or cast(s.known_at as date) <= $as_of)
