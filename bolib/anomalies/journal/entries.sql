/* view: one row an entry, as known on the evening of the day: its totals, the first account it debits and the first it
   credits, who wrote it and when. */
select
    j.journal_code, j.entry_no, min(j.entry_date) as entry_date, max(j.entry_date) as last_date, count(*) as lines,
    cast(sum(j.debit) as decimal(18,2)) as debit, cast(sum(j.credit) as decimal(18,2)) as credit,
    cast(sum(case when j.debit > j.credit then abs(j.currency_amount) else -abs(j.currency_amount) end) as decimal(18,2))
        as currency_balance,
    count(j.currency) as currency_lines, min(j.currency) as currency, max(j.currency) as last_currency,
    min(case when j.debit <> 0 then j.account end) as debit_account,
    min(case when j.credit <> 0 then j.account end) as credit_account, min(j.document_ref) as document_ref,
    min(j.label) as label, max(j.origin) as origin, min(j.user) as entered_by, min(j.approved_by) as approved_by,
    min(j.entered_at) as entered_at, min(j.validated_on) as validated_on, count(j.validated_on) as validated_lines,
    min(j.event_id) as event_id, min(j.reverses) as reverses, min(j.source_file) as source_file,
    min(j.source_line) as source_line
from journal j
where j.entry_date <= $as_of and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
group by j.journal_code, j.entry_no
