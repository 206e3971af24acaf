/* view: what was filed, or listed as in scope, although the tables show nothing of the kind. A later event of an object
   in scope, such as the end of a loan, is one of the kind; of what is filed by month or year the period counts too. */
with shown as (
    select distinct c.regime, c.object_id, case when r.span = 'DAY' then '' else c.period end as of_period
    from scoped_events c
    join filing_regimes r on r.regime = c.regime
),
known as (
    select f.regime, f.object_id, f.period, f.event_on, 'filed' as was, f.filing_id, f.filed_file as source_file,
        f.filed_line as source_line
    from filed_events f
    left join listed_events l on l.regime = f.regime and l.object_id = f.object_id and l.period = f.period
    where f.accepted + f.waiting > 0 and l.regime is null
    union all
    select l.regime, l.object_id, l.period, l.event_on, 'listed as in scope', null, l.source_file, l.source_line
    from listed_events l
    where l.in_scope
)
select k.regime, k.object_id, k.period, k.event_on, k.was, k.filing_id, g.source, k.source_file, k.source_line
from known k
join filing_registers g on g.regime = k.regime and k.period >= g.first_period
left join filing_periods p on p.span = g.span and p.date = k.event_on
left join shown s on s.regime = k.regime and s.object_id = k.object_id
    and s.of_period = case when g.span = 'DAY' then '' else k.period end
where s.regime is null and (k.was = 'filed' or p.whole_from >= g.source_from)
