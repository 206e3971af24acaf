/* view: limits with `next_from`, the first day of the one that replaces each. */
select l.*, lead(valid_from) over (partition by subject, kind order by valid_from) as next_from from limits l
