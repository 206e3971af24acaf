/* view: rows of the register and of filings for which no rule gives a deadline: their regime is not in the rulebook, or
   their event is older than its first rule. They are set aside, and no date is computed for them. */
select
    given.place, given.regime, cast(count(*) as bigint) as rows_aside, min(given.day) as first_event,
    case when min(r.regime) is null then 'no rule of the rulebook names this regime' else 'older than the first rule of its regime'
        end as why,
    min(given.source_file) as source_file, min(given.source_line) as source_line
from (
    select 'reportable' as place, e.regime, d.day, e.source_file, e.source_line
    from reportable e left join paris_days d on d.moment = e.event_at
    union all
    select 'filings', f.regime, d.day, f.source_file, f.source_line
    from filings f left join paris_days d on d.moment = f.event_at
) given
left join filing_regimes r on r.regime = given.regime
where r.regime is null or given.day < r.valid_from
group by given.place, given.regime
