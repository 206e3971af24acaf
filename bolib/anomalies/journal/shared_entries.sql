/* view: entries whose document others of their journal carry too, of whom `sharing` says how many: one that many carry is
   the reference of a batch and no document. `twin_no`: the one before with the same totals, accounts and words. */
select
    o.journal_code, o.entry_no, o.entry_date, o.lines, o.debit, o.document_ref, o.label, o.entered_by, g.sharing,
    o.source_file, o.source_line,
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
