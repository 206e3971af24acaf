/* view: the obligations of the next twelve months, with how many things already known fall due. A date on which the
   bank is closed is not moved: `send_by` is the last business day up to it. */
select
    o.due_date, t.previous_open as send_by, o.applied as rule, o.regime, o.event, o.span, o.period, o.calendar,
    o.arithmetic, coalesce(k.known, 0) as known,
    a.owner, a.team
from obligation_dates o
join target_days t on t.date = o.due_date
left join (
    select f.rule, f.period, cast(count(*) as bigint) as known
    from (
        select d.rule, case when r.span = 'DAY' then '' else s.period end as period
        from deadlines d
        join filing_states s on s.key = d.key
        join filing_regimes r on r.regime = s.regime
        where d.object_type = 'filing' and d.status in ('OPEN', 'TODAY')
    ) f
    group by f.rule, f.period
) k on k.rule = o.applied and k.period = coalesce(o.period, '')
left join owners a on a.object_type = 'filing' and a.match = '*'
