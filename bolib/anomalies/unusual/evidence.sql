/* view: what the kernels say, one row a record and reason. An amount below the usual is told of instalments and their
   payments alone: elsewhere a small amount is no risk. */
select
    block, key, day, case when first_day = day and seen = 0 then 'FIRST' else 'RARE' end as kind, 'OPEN' as state, score,
    field, value, other, other_value, seen, seen_other, expected, usual, cast(null as decimal(18,2)) as usual_amount,
    cast(null as decimal(18,2)) as low, cast(null as decimal(18,2)) as high, cast(null as bigint) as known,
    cast(null as decimal(18,2)) as move_bp, cast(null as decimal(18,2)) as market_bp, cast(null as date) as since
from rare_rows
union all
select
    block, key, day, 'AMOUNT', 'OPEN', score, 'amount', cast(amount as string), 'kind', kind, cast(null as bigint),
    known, cast(null as decimal(18,1)), cast(null as string), usual, low, high, known, cast(null as decimal(18,2)),
    cast(null as decimal(18,2)), cast(null as date)
from far_amounts
where score > 0 or block in ('instalments', 'payments')
union all
select
    block, key, day, 'RESULT', 'OPEN', score, 'difference', cast(amount as string), 'book', kind, cast(null as bigint),
    known, cast(null as decimal(18,1)), cast(null as string), usual, low, high, known, cast(null as decimal(18,2)),
    cast(null as decimal(18,2)), cast(null as date)
from far_results
union all
select
    f.block, f.key, f.day, 'SCHEDULE', 'OPEN', f.score,
    case when s.interest = s.due_interest then 'principal' else 'interest' end,
    cast(case when s.interest = s.due_interest then s.principal else s.interest end as string), 'loan', s.kind,
    cast(null as bigint), f.known, cast(null as decimal(18,1)), cast(null as string),
    case when s.interest = s.due_interest then s.due_principal else s.due_interest end, f.low, f.high, f.known,
    cast(null as decimal(18,2)), cast(null as decimal(18,2)), cast(null as date)
from far_schedules f
join loan_schedules s on s.key = f.key
union all
select
    'positions', key, evening, 'POSITION', state, cast(0 as decimal(18,2)), 'quantity', cast(theirs as string),
    'position', position, cast(null as bigint), cast(null as bigint), cast(null as decimal(18,1)),
    cast(expected as string), cast(null as decimal(18,2)), cast(null as decimal(18,2)), cast(null as decimal(18,2)),
    cast(null as bigint), cast(null as decimal(18,2)), cast(null as decimal(18,2)), before
from rolled_worth
union all
select
    block, key || ' ' || cast(coalesce(since, day) as string), day, kind, state, score, 'price', cast(price as string),
    'isin', key, run, unchanged, cast(null as decimal(18,1)), cast(null as string), usual_bp,
    -limit_bp, limit_bp, known, move_bp, market_bp, since
from odd_quotes
