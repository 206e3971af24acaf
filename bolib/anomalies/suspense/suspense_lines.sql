/* view: every line of a suspense account, with what its letter holds together: open where it has none, where the letter
   is of later, or where what it holds does not add up to nil. */
select
    j.account, j.aux_account, j.journal_code || ' ' || j.entry_no || ' ' || cast(j.line_no as string) as item, j.journal_code,
    j.entry_no, j.line_no, j.entry_date, j.debit - j.credit as amount,
    case when j.debit <> 0 then 'DEBIT' else 'CREDIT' end as side, j.label, j.document_ref, j.event_id,
    coalesce(j.aux_label, j.aux_account) as party, j.letter, l.letter_date, j.user as entered_by,
    coalesce(l.debit = l.credit, false) as cleared, j.source_file, j.source_line
from journal j
join account_roots r on r.account = j.account and r.kind = 'SUSPENSE'
left join letterings l on l.account = j.account and l.letter = j.letter
    and coalesce(l.aux_account, '') = coalesce(j.aux_account, '') and (j.letter_date is null or j.letter_date <= $as_of)
where j.entry_date <= $as_of and (j.entered_at is null or cast(j.entered_at as date) <= $as_of) and j.debit <> j.credit
