/* view: the lines of the entries of operations that a scheme says how to record, as known on the evening of the day; the
   amount in another currency has the sign of its side, as a side may be written with a minus. */
select
    j.journal_code, j.entry_no, j.event_id, j.entry_date, j.account, j.debit, j.credit, j.currency, j.source_file,
    j.source_line,
    case when j.debit + j.credit < 0 then -abs(j.currency_amount) else abs(j.currency_amount) end as currency_amount
from journal j
where j.event_id in (select event_id from scheme_lines) and j.entry_date <= $as_of
    and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
