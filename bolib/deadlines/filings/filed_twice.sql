/*
id: FILING-05
title: What was reported twice?
rule: B.once
severity: MAJOR
key: regime, object_id, period
date: event_on
owner: filing
needs: [filings]
message: "{regime} {object_id} (event of {event_on}): {filings} filings stand, {first_filing} and {last_filing}, and none replaces the other."
*/
select * from repeated_filings
