/* view: the proof by regime: in scope = filed in time + filed late + exempted with a reason + running + overdue +
   left out without a reason. `unlisted` of them are in scope by the tables only; `undecided` are not counted, since the
   tables do not tell whether they are in scope; `strays` were filed or listed though the tables show nothing. */
with objects as (
    select
        regime, key, min(state) as state, max(case when listed then 0 else 1 end) as unlisted,
        max(case when status = 'OVERDUE' then 1 else 0 end) as overdue,
        max(case when status = 'LATE' then 1 else 0 end) as late, min(case when filed_on is null then due_date end) as due_date
    from judged_filings
    group by regime, key
),
counted as (
    select
        regime, cast(count(*) as bigint) as in_scope,
        cast(sum(case when state = 'FILED' and late = 0 then 1 else 0 end) as bigint) as filed,
        cast(sum(case when state = 'FILED' and late = 1 then 1 else 0 end) as bigint) as filed_late,
        cast(sum(case when state = 'EXEMPTED' then 1 else 0 end) as bigint) as exempted,
        cast(sum(case when state = 'UNEXPLAINED' then 1 else 0 end) as bigint) as unexplained,
        cast(sum(case when state in ('NOT_SENT', 'SENT', 'REJECTED') and overdue = 0 then 1 else 0 end) as bigint) as running,
        cast(sum(case when state in ('NOT_SENT', 'SENT', 'REJECTED') and overdue = 1 then 1 else 0 end) as bigint) as overdue,
        cast(sum(case when state = 'REJECTED' then 1 else 0 end) as bigint) as rejected,
        cast(sum(unlisted) as bigint) as unlisted,
        min(case when state in ('NOT_SENT', 'SENT', 'REJECTED') then due_date end) as next_due
    from objects
    group by regime
),
open_questions as (
    select c.regime, cast(count(*) as bigint) as undecided
    from scoped_events c
    join filing_registers g on g.regime = c.regime and c.period >= g.registered_period
    left join listed_events l on l.regime = c.regime and l.object_id = c.object_id and l.period = c.period
    where c.scope = 'UNKNOWN' and l.regime is null
    group by c.regime
),
astray as (select regime, cast(count(*) as bigint) as strays from strays group by regime)
select
    g.regime, g.rule, g.span, g.registered_from, g.source, g.source_from, g.not_seen, coalesce(c.in_scope, 0) as in_scope,
    coalesce(c.filed, 0) as filed, coalesce(c.filed_late, 0) as filed_late, coalesce(c.exempted, 0) as exempted,
    coalesce(c.unexplained, 0) as unexplained, coalesce(c.running, 0) as running, coalesce(c.overdue, 0) as overdue,
    coalesce(c.rejected, 0) as rejected, coalesce(c.unlisted, 0) as unlisted, coalesce(q.undecided, 0) as undecided,
    coalesce(a.strays, 0) as strays, c.next_due
from filing_registers g
left join counted c on c.regime = g.regime
left join open_questions q on q.regime = g.regime
left join astray a on a.regime = g.regime
