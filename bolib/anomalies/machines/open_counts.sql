/* view: the counts of the days of cash machines that do not agree with the ledger this evening. */
select c.atm, c.date, c.loaded, c.dispensed, c.currency, c.source_file as file, c.source_line as line
from known_counts c
join machine_judged m on m.atm = c.atm and m.date = c.date and m.currency = c.currency
