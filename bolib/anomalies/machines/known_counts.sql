/* view: the counts of cash machines known by the evening, with those carried over as their day was open before. */
select atm, date, loaded, dispensed, currency, source_file, source_line
from atm_counts
where date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select c.atm, c.date, c.loaded, c.dispensed, c.currency, c.file as source_file, c.line as source_line
from carried_counts c
