/* view: counts of cash machines and days of the ledger that agree. */
select
    'ATM' as reconciliation, 'ATM ' || m.atm || ' ' || cast(m.date as string) || ' ' || m.currency as match_id, s.side,
    m.atm || ' ' || cast(m.date as string) as key, 'DAY' as pass, 'AUTO' as status, cast(0 as decimal(18,2)) as residual,
    cast(null as string) as reason
from machine_lines m
join (select 'LEFT' as side union all select 'RIGHT' as side) s on true
where m.counted and m.booked and m.received = m.loaded and m.given = m.dispensed
