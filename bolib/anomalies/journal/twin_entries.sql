/* view: entries of one journal with the totals, accounts, document and words of an earlier one, the earlier beside them;
   whether their lines are the same is left to the control. `sharing` counts the entries that carry the document: one that
   many carry is the reference of a batch and no document. */
select
    e.journal_code, e.entry_no, e.entry, e.entry_date, e.lines, e.debit, e.document_ref, e.label, e.entered_by, e.sharing,
    e.source_file, e.source_line, t.entry_no as twin_no, t.entry as twin, t.entry_date as twin_date,
    t.source_file as twin_file, t.source_line as twin_line
from (
    select
        o.*, g.sharing,
        lag(o.entry_no) over (
            partition by o.journal_code, o.document_ref, o.label, o.lines, o.debit, o.credit, o.debit_account, o.credit_account
            order by o.entry_date, o.entry_no
        ) as twin_no
    from entries o
    join (
        select journal_code, document_ref, count(*) as sharing
        from entries
        group by journal_code, document_ref
        having count(*) > 1
    ) g on g.journal_code = o.journal_code and g.document_ref = o.document_ref
) e
join entries t on t.journal_code = e.journal_code and t.entry_no = e.twin_no
where e.twin_no is not null
