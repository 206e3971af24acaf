/* view: counts of cash machines (left) and the ledger of their cash (right) that do not agree, with why. */
select
    'ATM' as reconciliation, atm || ' ' || cast(date as string) as key, case when counted then 'LEFT' else 'RIGHT' end as side,
    class, difference as amount, currency, age_days,
    case class
        when 'MISSING_OURS' then 'booked, and the machine was not counted'
        when 'MISSING_THEIRS' then 'counted, and nothing is booked'
        when 'TIMING' then 'the ledger undoes the difference on the day before or after: cut-off'
        else 'loaded ' || cast(loaded as string) || ', booked ' || cast(received as string)
            || '; dispensed ' || cast(dispensed as string) || ', booked ' || cast(given as string)
    end as explanation
from machine_judged
