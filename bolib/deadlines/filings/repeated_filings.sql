/* view: events reported by several filings that stand, none of which replaces the other. */
select
    regime, object_id, period, min(event_on) as event_on, cast(count(*) as bigint) as filings,
    min(filing_id) as first_filing, max(filing_id) as last_filing, max(sent_on) as last_sent_on,
    max(source_file) as source_file, max(source_line) as source_line
from sent_filings
where status = 'ACCEPTED' and not superseded
group by regime, object_id, period, event_at
having count(*) > 1
