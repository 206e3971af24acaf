/* view: each entry and what is said of it; a reversal is not judged, it is linked to what it reverses. */
select
    'journal' as block, e.journal_code || ' ' || e.entry_no as key, e.entry_date as day,
    now.day - d.day < $unusual_days and e.reverses is null as judged, e.journal_code as journal, e.debited, e.credited,
    e.other_account, e.author, e.origin, e.currency,
    case when month(d.next_open) = month(n.next_open) then 'in the month' else 'month end' end as moment, e.entered_at
from entry_accounts e
join target_days d on d.date = e.entry_date
join target_days n on n.day = d.day + 1 and n.open
join target_days now on now.date = $as_of
