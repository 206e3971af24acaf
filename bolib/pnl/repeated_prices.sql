/*
id: PNL-17
title: Which prices or rates of the day are those of the day before, sent again?
rule: PC.prices
severity: CRITICAL
key: source, date
date: date
owner: file
needs: [prices]
thresholds: {least: 3, percent: 90, usual_days: 10, usual_percent: 50}
message: "{same} of the {compared} {kind} of {date} from {source} are to the last digit those of {last_date}; in the days before, {usual_same} of {usual_compared} had not moved. The file of the day before may have come again under a new date."
*/
-- a source of which little moves on any day says nothing by standing still
select
    t.kind, t.source, cast($as_of as date) as date, t.last_date, t.compared, t.same, u.compared as usual_compared,
    u.same as usual_same, t.source_file, t.source_line
from (
    select
        kind, source, max(last_date) as last_date, count(before) as compared,
        count(case when value = before then 1 end) as same, min(source_file) as source_file, min(source_line) as source_line
    from quote_steps
    where date = $as_of
    group by kind, source
) t
join (
    select q.kind, q.source, count(q.before) as compared, count(case when q.value = q.before then 1 end) as same
    from quote_steps q
    join pnl_days d on d.date = q.date
    join pnl_days now on now.date = $as_of
    where q.date < $as_of and now.day - d.day <= $usual_days
    group by q.kind, q.source
) u on u.kind = t.kind and u.source = t.source
where t.compared >= $least and u.compared > 0 and t.same * 100 >= $percent * t.compared and u.same * 100 <= $usual_percent * u.compared
