/* view: the day each instruction's status last changed, by the evening of the day. */
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
