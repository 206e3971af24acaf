/* view: by counterparty, how many of its instructions due on the last settlement days had not settled that evening; and
   by reason, how many fails it was the last reason of. */
with due_lately as (
    select
        s.instruction_id, s.counterparty, coalesce(g.reason, s.reason) as reason,
        case when s.settled_on is null or s.settled_on > d.date then 1 else 0 end as failed,
        case when s.settled_on is null or s.settled_on > $as_of then 1 else 0 end as unsettled
    from settlements s
    join t2s_days due on due.date = s.intended_settlement_date
    join t2s_days d on d.date = due.next_open
    join t2s_days now on now.date = $as_of
    left join fail_reasons g on g.instruction_id = s.instruction_id
    where s.status <> 'CANC' and d.date <= $as_of and now.day - d.day < $fail_trend_days
        and (s.known_at is null or cast(s.known_at as date) <= $as_of)
)
select
    'COUNTERPARTY' as kind, coalesce(p.name, l.counterparty) as name, cast(count(*) as bigint) as due,
    cast(sum(l.failed) as bigint) as failed, cast(sum(l.unsettled) as bigint) as unsettled
from due_lately l
left join counterparties p on p.lei = l.counterparty
group by coalesce(p.name, l.counterparty)
union all
select
    'REASON' as kind, coalesce(l.reason, '—') as name, cast(null as bigint) as due,
    cast(sum(l.failed) as bigint) as failed, cast(sum(l.unsettled) as bigint) as unsettled
from due_lately l
where l.failed = 1
group by coalesce(l.reason, '—')
