/* view: how the filings of each object and period stand, a correction and what it replaces taken as one. */
select
    regime, object_id, period, min(event_on) as event_on,
    cast(sum(case when status = 'ACCEPTED' and not superseded then 1 else 0 end) as bigint) as accepted,
    cast(sum(case when status = 'PENDING' and not superseded then 1 else 0 end) as bigint) as waiting,
    cast(sum(case when status = 'REJECTED' and not superseded then 1 else 0 end) as bigint) as rejected,
    min(case when status = 'ACCEPTED' then sent_at end) as accepted_at,
    min(case when status = 'ACCEPTED' then sent_on end) as accepted_on,
    max(sent_on) as last_sent_on, max(case when status = 'REJECTED' then answered_on end) as refused_on,
    max(case when not superseded then filing_id end) as filing_id,
    cast(count(*) as bigint) as filings, min(source_file) as filed_file, min(source_line) as filed_line
from sent_filings
group by regime, object_id, period
