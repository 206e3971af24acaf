/* view: entries that undo another one, and those undone: neither stands for its operation any more. */
select journal_code, entry_no from reversals
union
select original_code as journal_code, original_no as entry_no from reversals where original_no is not null
