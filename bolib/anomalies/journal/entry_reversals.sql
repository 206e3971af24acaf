/* view: entries that undo another one, and those undone: neither stands for its operation any more. */
select entry from entries where reverses is not null
union
select reverses as entry from entries where reverses is not null
