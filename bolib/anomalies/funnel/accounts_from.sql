/* view: the first day of which accounts were received; what settled before it cannot be found there. */
select min(first_day) as first_day
from (
    select min(entry_date) as first_day from journal
    union all
    select min(booking_date) from ledger_lines
) days
