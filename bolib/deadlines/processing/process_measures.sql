/* view: what is measured: the wait before each step, and for "*" the time from the first step of a case to its end. */
select object_type, activity, months_ago, wait_seconds as seconds, wait_business_seconds as business_seconds
from process_steps
where wait_seconds is not null
union all
select object_type, '*', months_ago, lead_seconds, lead_business_seconds
from process_traces
where lead_seconds is not null
