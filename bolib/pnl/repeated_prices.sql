/*
id: PNL-17
title: Which prices of the day are those of the last file, sent again?
rule: PC.prices
severity: CRITICAL
key: source, date
date: date
owner: file
needs: [prices]
thresholds: {least: 3, percent: 90, usual_days: 10, usual_percent: 50}
message: "{same} of the {compared} prices of {date} from {source} last quoted on {last_date} are to the last digit those of that day; in the days before, {usual_same} of {usual_compared} of them had not moved. The file of that day may have come again under a new date."
*/
-- quotes that move little on any day say nothing by standing still
select source, date, last_date, compared, same, usual_compared, usual_same, source_file, source_line
from (
    select
        q.source, q.date, q.last_date, count(*) as compared, count(case when q.same = 1 then 1 end) as same,
        cast(sum(u.compared) as bigint) as usual_compared, cast(sum(u.same) as bigint) as usual_same,
        min(q.source_file) as source_file, min(q.source_line) as source_line
    from quote_steps q
    left join (
        select source, name, count(*) as compared, count(case when same = 1 then 1 end) as same
        from quote_steps
        where kind = 'prices' and days_back > 0 and days_back <= $usual_days
        group by source, name
    ) u on u.source = q.source and u.name = q.name
    where q.kind = 'prices' and q.date = $as_of
    group by q.source, q.date, q.last_date
) files
where compared >= $least and same * 100 >= $percent * compared and usual_same * 100 <= $usual_percent * usual_compared
