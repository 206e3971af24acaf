/* view: standing settlement instructions with `next_from`, the first day of the one that replaces each. */
select s.*, lead(valid_from) over (partition by lei, market order by valid_from) as next_from from ssis s
