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
    block, key || ' ' || cast(coalesce(since, day) as string), day, kind, state, score, 'price', cast(price as string),
    'isin', key, run, unchanged, cast(null as decimal(18,1)), cast(null as string), usual_bp,
    -limit_bp, limit_bp, known, move_bp, market_bp, since
from odd_quotes
