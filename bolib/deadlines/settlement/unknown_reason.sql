/*
id: SETTLE-14
title: For which reason codes is it not known who can act?
rule: A2.reasons
severity: MINOR
key: reason
date: first_due
owner: instruction
needs: [settlements]
message: "{reason}: {instructions} unsettled instructions since {first_due} give this reason, which the list of reasons does not have."
*/
select
    u.reason, cast(count(*) as bigint) as instructions, min(u.intended_settlement_date) as first_due
from open_instructions u
left join reason_desks r on r.reason = u.reason and r.movement = u.movement
where u.reason is not null and r.reason is null
group by u.reason
