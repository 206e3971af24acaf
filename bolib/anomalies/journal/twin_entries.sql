/* view: entries of one journal with the totals, accounts, document and words of an earlier one, the earlier beside them;
   whether their lines are the same is left to the control. */
select
    e.*, t.entry_date as twin_date, t.source_file as twin_file, t.source_line as twin_line
from shared_entries e
join shared_entries t on t.journal_code = e.journal_code and t.entry_no = e.twin_no
