/*
id: ATM-01
title: For which cash machines does the ledger say another thing than the machine?
rule: RECO.atm
severity: MAJOR
key: atm, date
amount: difference
date: date
owner: atm
needs: [atm_counts, ledger_lines]
thresholds: {tolerated: 0, looked_back_days: 20}
message: "{atm} on {date}: loaded {loaded} and dispensed {dispensed}, booked {received} and {given}: {difference} {currency} apart ({class})."
*/
select atm, date, currency, loaded, dispensed, received, given, difference, class, source_file, source_line, ledger_file, ledger_line
from machine_judged
where age_days <= $looked_back_days
    and (not counted or not booked or abs(received - loaded) > $tolerated or abs(given - dispensed) > $tolerated)
