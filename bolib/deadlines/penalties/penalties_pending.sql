/* view: what fails this evening, by counterparty and reason, with what it costs (-) or brings (+) a day, and has since it
   was due; an instruction not matched yet costs its late side as soon as it matches. */
select
    t.counterparty, n.name, t.currency, t.type, coalesce(t.reason, 'NMAT') as reason, t.direction,
    cast(count(*) as bigint) as instructions,
    cast(sum(
        case when t.why is not null then null when t.direction = 'DEBIT' then -t.amount else t.amount end
    ) as decimal(18,2)) as a_day,
    cast(sum(case t.direction when 'DEBIT' then -s.so_far else s.so_far end) as decimal(18,2)) as so_far,
    count(case when t.why is not null then 1 end) as not_computed
from penalty_amounts t
left join (
    select instruction_id, direction, cast(sum(amount) as decimal(18,2)) as so_far
    from penalty_amounts
    where why is null
    group by instruction_id, direction
) s on s.instruction_id = t.instruction_id and s.direction = t.direction
left join counterparties n on n.lei = t.counterparty
where t.date = $as_of and (t.type = 'SEFP' or t.charged_on is null) and t.end_told
group by t.counterparty, n.name, t.currency, t.type, coalesce(t.reason, 'NMAT'), t.direction
