/* view: each stated position that is not the one of the evening before and what settled since, by what was known that
   evening (`known_by`: or today, where it was right by what was known then): `residual` is stated less expected. One that
   goes back the evening after is CLOSED, and so is one that what was learnt since explains. A security with an event between the two evenings is left
   out, as are loans begun or ended of the same quantity, and an account whose clients were not known on both. */
with evenings as (
    select e.account, e.evening, b.evening as before
    from depot_evenings e
    join depot_evenings b on b.account = e.account and b.rank = e.rank + 1
    left join (select distinct account, evening from depot_clients) c on c.account = e.account and c.evening = e.evening
    left join (select distinct account, evening from depot_clients) o on o.account = e.account and o.evening = b.evening
    where c.account is null or o.account is not null
),
held as (
    select
        account, evening, isin, cast(sum(quantity) as decimal(18,6)) as quantity,
        cast(sum(case when known_on <= evening then quantity else 0 end) as decimal(18,6)) as known_quantity
    from settled_moves
    group by account, evening, isin
),
clients as (
    select e.account, e.evening, k.isin, coalesce(n.quantity, 0) - coalesce(b.quantity, 0) as quantity
    from evenings e
    join (select distinct account, isin from depot_clients) k on k.account = e.account
    left join depot_clients n on n.account = e.account and n.evening = e.evening and n.isin = k.isin
    left join depot_clients b on b.account = e.account and b.evening = e.before and b.isin = k.isin
),
rolled as (
    select
        e.account, e.evening, e.before, k.isin, coalesce(n.quantity, 0) as theirs,
        coalesce(b.quantity, 0) as theirs_before,
        cast(
            coalesce(b.quantity, 0) + coalesce(m.known_quantity, 0) + coalesce(c.quantity, 0) as decimal(18,6)
        ) as expected_then,
        cast(
            coalesce(b.quantity, 0) + coalesce(m.quantity, 0) + coalesce(c.quantity, 0) as decimal(18,6)
        ) as expected_now
    from evenings e
    join (
        select account, isin from depot_compared union select account, isin from stated_holdings
        union select account, isin from settled_moves
    ) k on k.account = e.account
    left join stated_holdings n on n.account = e.account and n.date = e.evening and n.isin = k.isin
    left join stated_holdings b on b.account = e.account and b.date = e.before and b.isin = k.isin
    left join held m on m.account = e.account and m.evening = e.evening and m.isin = k.isin
    left join clients c on c.account = e.account and c.evening = e.evening and c.isin = k.isin
),
judged as (
    select
        r.*, case when theirs = expected_then then expected_now else expected_then end as expected,
        case when theirs = expected_then then $as_of else evening end as known_by
    from rolled r
),
apart as (
    select
        r.*, cast(r.theirs - r.expected as decimal(18,6)) as residual,
        lead(cast(r.theirs - r.expected as decimal(18,6))) over (
            partition by r.account, r.isin order by r.evening
        ) as residual_after
    from judged r
)
select
    a.account || ' ' || a.isin || ' ' || cast(a.evening as string) as key, a.account || ' ' || a.isin as position,
    a.account, a.isin, a.evening, a.before, a.theirs, a.theirs_before, a.expected, a.residual,
    case
        when a.residual_after = -a.residual or a.theirs = a.expected_now then 'CLOSED'
        when a.residual_after is null then 'PROVISIONAL' else 'CONFIRMED'
    end as state, a.known_by,
    p.price, p.currency, i.multiplier, case when i.quotation = 'PERCENT' then 100 else 1 end as divisor
from apart a
join target_days d on d.date = a.evening
join target_days now on now.date = $as_of
left join instruments i on i.isin = a.isin
left join last_closes p on p.isin = a.isin
left join (
    select distinct e.account, e.evening, v.isin as old_isin, coalesce(v.new_isin, v.isin) as new_isin
    from evenings e
    join known_events v on v.ex_date > e.before and v.ex_date <= e.evening
        or v.pay_date > e.before and v.pay_date <= e.evening
) v on v.account = a.account and v.evening = a.evening and (v.old_isin = a.isin or v.new_isin = a.isin)
left join (
    select distinct e.account, e.evening, l.isin, l.quantity
    from evenings e
    join securities_loans l on l.account = e.account
        and (l.from_date > e.before and l.from_date <= e.evening or l.to_date > e.before and l.to_date <= e.evening)
) l on l.account = a.account and l.evening = a.evening and l.isin = a.isin
    and (l.quantity = a.residual or l.quantity = -a.residual)
where a.residual <> 0 and v.account is null and l.account is null and now.day - d.day < $unusual_days
