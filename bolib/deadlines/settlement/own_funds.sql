/*
id: SETTLE-02
title: Which fails against payment bear own funds?
rule: A-51
severity: MAJOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
needs: [settlements]
thresholds: {first: 5, second: 16, third: 31, last: 46}
message: "{instruction_id}: {quantity} {isin} with {counterparty}, {days_late} business days late: own funds of {percent} % of the price difference."
*/
select
    instruction_id, trade_id, movement, isin, quantity, amount, currency, intended_settlement_date, status, reason,
    counterparty, days_late,
    case
        when days_late is null or days_late >= $last then 100
        when days_late >= $third then 75
        when days_late >= $second then 50
        else 8
    end as percent,
    source_file, source_line
from fails
where payment = 'APMT' and (days_late is null or days_late >= $first)
