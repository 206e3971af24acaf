/* The next rung of each loan: the lowest open to it, those left behind by a higher one whose time has come left out. */
select p.loan_id, p.step, p.rule, p.trigger_date, p.after_step, p.after_done_on, p.from_date, p.by_date, p.arithmetic
from (
    select r.*, row_number() over (partition by r.loan_id order by r.rank) as place
    from open_rungs r
    left join (
        select loan_id, max(rank) as rank from open_rungs where from_date <= $as_of group by loan_id
    ) o on o.loan_id = r.loan_id
    where r.required or r.rank >= coalesce(o.rank, 0)
) p
where p.place = 1
