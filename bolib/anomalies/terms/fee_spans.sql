/* view: the fee grid with `next_from`, the first day of the line that replaces each. */
select g.*, lead(valid_from) over (partition by venue, asset_class order by valid_from) as next_from from fee_grid g
