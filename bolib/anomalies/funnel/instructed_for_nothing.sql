/*
id: FUN-05
title: Which instructions stand for a deal that was cancelled, or that neither office knows?
rule: C3.instructed.deal
severity: MAJOR
key: instruction_id
amount: amount
date: intended_settlement_date
owner: instruction
needs: [trades, settlements]
thresholds: {looked_back_days: 10}
message: "{instruction_id}: {movement} {quantity} {isin} against {amount} {currency} on {intended_settlement_date} stands ({status}) for {trade_id}, {why}."
*/
-- one of a loan of securities stands for the loan; what settled before the days looked back is not judged again; where no
-- instruction names a deal of ours, they are written with references of another system, and say nothing of what is known
select
    s.instruction_id, s.trade_id, s.movement, s.payment, s.isin, s.quantity, s.amount, s.currency,
    s.intended_settlement_date, s.status, s.settled_on, coalesce(f.action, b.action) as action,
    case
        when f.trade_id is null and b.trade_id is null then 'which neither office knows'
        else 'cancelled by ' || coalesce(f.entered_by, b.entered_by, 'nobody named') || ' on '
            || cast(cast(coalesce(f.entered_at, b.entered_at) as date) as string)
    end as why,
    s.counterparty, s.source_file, s.source_line
from settlements s
left join fo_deals f on f.trade_id = s.trade_id
left join bo_deals b on b.trade_id = s.trade_id
left join securities_loans l on l.loan_ref = s.trade_id
cross join (select count(*) as instructions from settlements o join fo_deals d on d.trade_id = o.trade_id) named
join target_days now on now.date = $as_of
left join target_days settled on settled.date = s.settled_on
where s.status <> 'CANC' and l.loan_ref is null and coalesce(f.action, b.action, 'CANCEL') = 'CANCEL'
    and (f.trade_id is not null or b.trade_id is not null or named.instructions > 0)
    and cast(coalesce(s.known_at, s.accepted_at, $as_of) as date) <= $as_of
    and (s.settled_on is null or now.day - settled.day < $looked_back_days)
