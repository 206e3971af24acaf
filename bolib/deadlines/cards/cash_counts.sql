/* view: the counts as they are published. */
select
    atm, date, opening, loaded, dispensed, counted, currency, expected, difference, counted_before, date_before,
    source_file, source_line
from counted_cash
