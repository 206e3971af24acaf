/* view: every open line with its class, the first that applies: the same line twice, another amount under the same
   reference, another date, expected in the coming days, or nothing on the other side. */
select
    o.side, o.key, o.block, o.account, o.currency, o.amount, o.date, o.booking_date, o.reference, o.party, o.text,
    now.day - day.day as age_days, t.key as twin_key, other.key as other_key, other.amount as other_amount,
    other.amount - o.amount as difference, o.source_file, o.source_line,
    case
        when t.key is not null then 'DUPLICATE'
        when other.amount <> o.amount then 'AMOUNT'
        when other.key is not null then 'TIMING'
        when o.side = 'LEFT' and now.day - day.day <= $nostro_expected_days then 'TIMING_EXPECTED'
        when o.side = 'LEFT' then 'MISSING_THEIRS'
        else 'MISSING_OURS'
    end as class
from nostro_open o
join target_days now on now.date = $as_of
join target_days day on day.date = o.date
left join (
    select o.side, o.key, min(m.key) as twin
    from nostro_open o
    join (
        select 'LEFT' as side, block, key, amount, reference from nostro_ours
        union all select 'RIGHT' as side, block, key, amount, reference from nostro_theirs
    ) m on m.side = o.side and m.block = o.block and m.reference = o.reference and m.amount = o.amount and m.key <> o.key
    group by o.side, o.key
) twins on twins.side = o.side and twins.key = o.key
left join (
    select 'LEFT' as side, key from nostro_ours
    union all select 'RIGHT' as side, key from nostro_theirs
) t on t.side = o.side and t.key = twins.twin
left join (
    select a.side, a.key, min(b.key) as other
    from nostro_open a
    join nostro_open b on b.block = a.block and b.reference = a.reference and b.side <> a.side
    group by a.side, a.key
) pairs on pairs.side = o.side and pairs.key = o.key
left join nostro_open other on other.key = pairs.other and other.side <> o.side
