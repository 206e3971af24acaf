/* view: entries that undo another one, and those undone: neither stands for its operation any more. */
select entry from reversals
union
select original as entry from reversals where original is not null
