/*
id: COMPL-08
title: Which sources of complaints never say when they were answered?
rule: F.answer.recorded
severity: MAJOR
key: source_file
date: last_received
owner: complaint
thresholds: {smallest: 50}
message: "{source_file}: {complaints} complaints received from {first_received} to {last_received}, {acknowledgements} with a date of acknowledgement, {answers} with a date of answer: timeliness cannot be judged."
*/
select *
from (
    select
        source_file, cast(count(*) as bigint) as complaints,
        cast(count(coalesce(acknowledged_on, answered_on)) as bigint) as acknowledgements,
        cast(count(coalesce(answered_on, holding_answer_on)) as bigint) as answers,
        min(received_on) as first_received, max(received_on) as last_received
    from complaints
    where received_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
    group by source_file
) sources
where complaints >= $smallest and (acknowledgements = 0 or answers = 0)
