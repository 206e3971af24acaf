/* view: the clock that binds at each stage: the relieved one where it moves the date, and of the two of the initial
   notification the earlier, that of awareness being out of play once an incident was classified too late for it. */
select incident_id, stage, rule, trigger_date, triggered_at, done_on, done_at
from (
    select
        c.incident_id, c.stage, coalesce(relieved.rule, due.rule) as rule, c.trigger_date, c.triggered_at, c.done_on,
        c.done_at,
        row_number() over (
            partition by c.incident_id, c.stage order by coalesce(relieved.due_at, due.due_at), c.rule desc
        ) as rank
    from incident_candidates c
    join incident_dues due on due.rule = c.rule and due.triggered_at = c.triggered_at
    left join incident_dues relieved on relieved.rule = c.rule || '.relief' and relieved.triggered_at = c.triggered_at
        and relieved.due_date > due.due_date
    where c.rule <> 'H-06.awareness' or c.classified_at is null or c.classified_at <= due.due_at
) candidates
where rank = 1
