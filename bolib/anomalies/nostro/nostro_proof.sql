/* view: the four quadrants of each account: our movements + theirs not booked by us + accepted differences
   = their movements + ours not on their statement, lines carried over included; what is open on either side is its
   credits and its debits, never netted. `gap` is what is left over: zero, or the matching is wrong. `of_statements` leaves out what was carried over: opening + it = closing. */
select
    a.account, a.currency, a.first_day, a.last_day, a.opening, a.closing, a.theirs, a.of_statements, l.ours,
    coalesce(l.open_ours, cast(0 as decimal(18,2))) as open_ours,
    coalesce(a.open_theirs, cast(0 as decimal(18,2))) as open_theirs,
    coalesce(l.our_credits, cast(0 as decimal(18,2))) as our_credits,
    coalesce(l.our_debits, cast(0 as decimal(18,2))) as our_debits,
    coalesce(a.their_credits, cast(0 as decimal(18,2))) as their_credits,
    coalesce(a.their_debits, cast(0 as decimal(18,2))) as their_debits,
    coalesce(r.residual, cast(0 as decimal(18,2))) as tolerated,
    coalesce(l.ours, cast(0 as decimal(18,2))) + coalesce(a.open_theirs, cast(0 as decimal(18,2)))
        + coalesce(r.residual, cast(0 as decimal(18,2))) - a.theirs - coalesce(l.open_ours, cast(0 as decimal(18,2))) as gap
from (
    select
        s.account, s.currency, min(s.from_date) as first_day, max(s.to_date) as last_day,
        min(f.opening) as opening, min(f.closing) as closing, min(t.theirs) as theirs, min(t.of_statements) as of_statements,
        min(o.open_theirs) as open_theirs, min(o.credits) as their_credits, min(o.debits) as their_debits
    from statements s
    join (
        select
            e.account, e.currency, min(case when e.place = 1 then e.opening end) as opening,
            min(case when e.back = 1 then e.closing end) as closing
        from (
            select
                account, currency, opening, closing,
                row_number() over (partition by account, currency order by to_date, statement_no) as place,
                row_number() over (partition by account, currency order by to_date desc, statement_no desc) as back
            from statements where to_date <= $as_of
        ) e
        group by e.account, e.currency
    ) f on f.account = s.account and f.currency = s.currency
    left join (
        select
            account, currency, cast(sum(amount) as decimal(18,2)) as theirs,
            cast(sum(case when carried then 0 else amount end) as decimal(18,2)) as of_statements
        from nostro_theirs
        group by account, currency
    ) t on t.account = s.account and t.currency = s.currency
    left join (
        select
            account, currency, cast(sum(amount) as decimal(18,2)) as open_theirs,
            cast(sum(case when amount > 0 then amount else 0 end) as decimal(18,2)) as credits,
            cast(sum(case when amount < 0 then amount else 0 end) as decimal(18,2)) as debits
        from nostro_open where side = 'RIGHT' group by account, currency
    ) o on o.account = s.account and o.currency = s.currency
    where s.to_date <= $as_of
    group by s.account, s.currency
) a
left join (
    select
        l.account, l.currency, cast(sum(l.amount) as decimal(18,2)) as ours,
        cast(sum(case when x.key is not null then l.amount else 0 end) as decimal(18,2)) as open_ours,
        cast(sum(case when x.key is not null and l.amount > 0 then l.amount else 0 end) as decimal(18,2)) as our_credits,
        cast(sum(case when x.key is not null and l.amount < 0 then l.amount else 0 end) as decimal(18,2)) as our_debits
    from nostro_ours l
    left join nostro_open x on x.side = 'LEFT' and x.key = l.key
    group by l.account, l.currency
) l on l.account = a.account and l.currency = a.currency
left join (
    select t.account, t.currency, cast(sum(m.residual) as decimal(18,2)) as residual
    from nostro_matches m
    join nostro_theirs t on m.side = 'RIGHT' and t.key = m.key
    where m.status = 'AUTO'
    group by t.account, t.currency
) r on r.account = a.account and r.currency = a.currency
