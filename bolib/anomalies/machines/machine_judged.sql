/* view: the days of cash machines on which the ledger says another thing, with its class. */
select
    atm, date, currency, loaded, dispensed, received, given, difference, age_days, counted, booked, source_file, source_line,
    ledger_file, ledger_line,
    case
        when not counted then 'MISSING_OURS' when not booked then 'MISSING_THEIRS'
        when difference <> 0 and (difference + before = 0 or difference + after = 0) then 'TIMING'
        else 'AMOUNT'
    end as class
from machine_lines
where not counted or not booked or received <> loaded or given <> dispensed
