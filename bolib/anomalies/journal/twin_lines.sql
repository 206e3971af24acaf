/* view: the lines of entries that may be twins, numbered in an order of their own: lines may be written in any. */
select
    j.journal_code, j.entry_no, j.account, coalesce(j.aux_account, '') as aux_account, j.debit, j.credit,
    row_number() over (
        partition by j.journal_code, j.entry_no order by j.account, coalesce(j.aux_account, ''), j.debit, j.credit, j.line_no
    ) as place
from journal j
join (
    select w.journal_code as journal_code, w.entry_no as entry_no from twin_entries w
    union select o.journal_code as journal_code, o.twin_no as entry_no from twin_entries o
) t on t.journal_code = j.journal_code and t.entry_no = j.entry_no
