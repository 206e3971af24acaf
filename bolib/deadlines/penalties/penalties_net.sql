/* view: what a month costs or brings, net by counterparty and currency, computed and reported; paid -, received +.
   `disputed` adds up the differences that can be appealed against. */
select
    m.month, p.counterparty, c.name, p.currency, min(p.charged_on) as first_day,
    cast(sum(case when p.direction = 'DEBIT' then p.amount else 0 end) as decimal(18,2)) as to_pay,
    cast(sum(case when p.direction = 'CREDIT' then p.amount else 0 end) as decimal(18,2)) as to_receive,
    cast(sum(case when p.direction = 'DEBIT' then -p.amount else p.amount end) as decimal(18,2)) as net,
    cast(sum(
        case when p.cause = 'NOT_COMPUTED' then null when p.direction = 'DEBIT' then -p.reported else p.reported end
    ) as decimal(18,2)) as reported_net,
    cast(sum(p.difference) as decimal(18,2)) as difference,
    cast(sum(case when g.cause is null and p.cause <> 'ROUNDING' then abs(p.difference) end) as decimal(18,2)) as disputed,
    count(case when p.difference <> 0 then 1 end) as differences,
    count(distinct case when p.cause = 'NOT_COMPUTED' then p.instruction_id end) as not_computed,
    m.appeal_until, m.report_on, m.payment_on, m.days_left
from penalties_computed p
join penalty_months m on m.month = substr(cast(p.charged_on as string), 1, 7)
left join appeal_no_ground g on g.cause = p.cause
left join counterparties c on c.lei = p.counterparty
group by m.month, p.counterparty, c.name, p.currency, m.appeal_until, m.report_on, m.payment_on, m.days_left
