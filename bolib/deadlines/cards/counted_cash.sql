/* view: the counts of cash machines, with what they should hold and the count before. */
select
    c.atm, c.date, c.opening, c.loaded, c.dispensed, c.counted, c.currency,
    c.opening + c.loaded - c.dispensed as expected, c.counted - (c.opening + c.loaded - c.dispensed) as difference,
    lag(c.counted) over (partition by c.atm order by c.date) as counted_before,
    lag(c.date) over (partition by c.atm order by c.date) as date_before,
    c.source_file, c.source_line
from atm_counts c
where c.date <= $as_of and (c.known_at is null or cast(c.known_at as date) <= $as_of)
