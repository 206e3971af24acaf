/* view: what the register lists, one row an object and period; events before the first version of their rule are left
   out, and said by a control. Of several events of an object on a day the last tells the amount; those of a month or
   a year are added up. */
select
    regime, object_id, period, min(whole_from) as whole_from, min(event_on) as event_on, max(in_scope) as in_scope,
    max(exemption_reason) as exemption_reason,
    cast(case when min(span) = 'DAY' then max(case when rank = 1 then amount end) else sum(amount) end as decimal(18,2))
        as amount,
    min(currency) as currency, min(source_file) as source_file, min(source_line) as source_line
from (
    select
        e.regime, e.object_id, p.period, p.whole_from, r.span, d.day as event_on, e.in_scope, e.exemption_reason,
        e.amount, e.currency, e.source_file, e.source_line,
        row_number() over (partition by e.regime, e.object_id, p.period order by e.event_at desc) as rank
    from reportable e
    join paris_days d on d.moment = e.event_at
    join filing_regimes r on r.regime = e.regime and d.day >= r.valid_from
    join filing_periods p on p.span = r.span and p.date = d.day
    where d.day <= $as_of and (e.known_at is null or cast(e.known_at as date) <= $as_of)
) events
group by regime, object_id, period
