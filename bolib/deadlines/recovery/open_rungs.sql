/* The rungs of the ladder that may still be taken for each loan in arrears: above the highest one taken, or one that
   the law makes a later one wait for. A rung that waits for another is there once that one is taken, and for as long
   as the borrower must be left time. */
select
    c.loan_id, d.step, d.rank, d.rule, d.required, d.date as trigger_date, d.after_step, w.done_on as after_done_on,
    greatest(d.from_date, coalesce(n.free_on, d.from_date)) as from_date, d.by_date, d.arithmetic
from recovery_cases c
join ladder_anchors a on a.loan_id = c.loan_id
join ladder_dates d on d.anchor = a.anchor and d.date = a.date
left join (
    select e.loan_id, max(r.rank) as rank
    from episode_steps e
    join (select distinct step, rank from ladder_dates) r on r.step = e.step
    group by e.loan_id
) reached on reached.loan_id = c.loan_id
left join episode_steps e on e.loan_id = c.loan_id and e.step = d.step
left join episode_steps w on w.loan_id = c.loan_id and w.step = d.after_step
left join notice_ends n on n.done_on = w.done_on and n.step = w.step
where e.loan_id is null and not c.stopped
and (d.rank > coalesce(reached.rank, 0) or (d.required and c.terminated_on is null))
and (d.after_step is null or w.done_on is not null)
