/* view: instructions not settled by the evening of the day though their settlement date has passed, with their age. */
select *
from open_instructions
where intended_settlement_date < $as_of and (days_late is null or days_late > 0)
