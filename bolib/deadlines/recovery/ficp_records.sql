/* loans declared to the FICP, since when, and when they were taken out again. */
select d.loan_id, d.declared_on, min(r.done_on) as removed_on
from (
    select loan_id, max(done_on) as declared_on
    from collection_steps where step = 'FICP_DECLARED' and done_on <= $as_of group by loan_id
) d
left join collection_steps r
    on r.loan_id = d.loan_id and r.step = 'FICP_REMOVED' and r.done_on >= d.declared_on and r.done_on <= $as_of
group by d.loan_id, d.declared_on
