/* view: what went wrong with what was filed: refused, late, unanswered, twice, or about nothing. */
select 'REJECTED' as fault, regime, object_id, period, filing_id, last_sent_on as sent_on, refused_on as answered_on,
    due_date, amount, currency
from judged_filings where state = 'REJECTED'
union all
select 'LATE', regime, object_id, period, filing_id, filed_on, null, due_date, amount, currency
from judged_filings where status = 'LATE'
union all
select 'UNANSWERED', regime, object_id, period, filing_id, last_sent_on, null, due_date, amount, currency
from judged_filings where state = 'SENT'
union all
select 'TWICE', regime, object_id, period, last_filing, last_sent_on, null, null, null, null
from repeated_filings
union all
select 'NOT_IN_SCOPE', regime, object_id, period, filing_id, null, null, null, null, null
from strays
