/* view: every complaint known on the day, under the number of what it is about, with the rules whose clocks have run
   out in a source that never records an answer. By law there are two of them at most: acknowledgement and answer. */
select
    c.complaint_id, n.cause, case when c.answered_on <= $as_of then c.answered_on end as answered_on,
    case when lower(c.outcome) = 'upheld' then true end as upheld,
    case when u.first_rule = u.last_rule then u.first_rule else u.first_rule || ', ' || u.last_rule end as not_judged
from complaints c
join complaint_causes n on n.kind = c.kind and n.subject = c.subject
left join (
    select j.key, min(j.rule) as first_rule, max(j.rule) as last_rule
    from judged_clocks j
    left join internal_limits l on l.own_rule = j.rule
    where j.object_type = 'complaint' and not j.recorded and j.status = 'OVERDUE' and l.own_rule is null
    group by j.key
) u on u.key = c.complaint_id
where c.received_on <= $as_of and (c.known_at is null or cast(c.known_at as date) <= $as_of)
