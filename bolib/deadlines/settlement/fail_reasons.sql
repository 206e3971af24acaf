/* view: the reason each instruction that has failed gave last, settled meanwhile or not. */
select instruction_id, reason
from (
    select
        e.instruction_id, e.reason, row_number() over (partition by e.instruction_id order by e.at desc) as rank
    from settlement_events e
    where e.status in ('PENF', 'NMAT') and e.reason is not null and cast(e.at as date) <= $as_of
) given
where rank = 1
