/* view: three complaints of each cause, for the page: those upheld before those answered, and those whose clock ran out
   before those that wait, the last ones first; each with the clock of its answer. */
select
    r.cause, c.kind, c.subject, c.complaint_id, c.received_on, r.answered_on, r.upheld, r.not_judged, d.rule,
    d.due_date, d.arithmetic, c.source_file, c.source_line
from (
    select
        complaint_id, cause, answered_on, upheld, not_judged,
        row_number() over (
            partition by cause
            order by
                case when upheld then 0 when answered_on is not null then 1 when not_judged is not null then 2 else 3 end,
                complaint_id desc
        ) as place
    from complaints_received
) r
join complaints c on c.complaint_id = r.complaint_id
left join (
    select key, rule, due_date, arithmetic, row_number() over (partition by key order by due_date desc, rule) as place
    from judged_clocks
    where object_type = 'complaint'
) d on d.key = r.complaint_id and d.place = 1
where r.place <= 3
