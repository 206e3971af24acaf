/* view: what each account is entitled to on each event, and what it got. */
select
    j.ca_id, j.account, p.isin, p.name, p.type, p.ex_date, p.record_date, p.pay_date, d.due_date,
    case
        when p.to_come then 'PROJECTED'
        when p.stated is not null then 'CUSTODY'
        when p.held is not null then 'DEALS'
        else 'NONE'
    end as position,
    j.eligible as eligible_quantity, p.claimed as claimed_quantity, j.entitled as entitled_quantity,
    p.lent as lent_quantity,
    case when p.ratio_new is not null then p.new_isin end as new_isin,
    case when p.ratio_new is not null then j.quantity_due end as quantity_due,
    case when p.ratio_new is not null then j.fraction end as fraction,
    case when p.amount is not null then j.gross end as gross, p.tax_rate,
    case when p.amount is not null then j.tax end as tax, case when p.amount is not null then j.net end as net,
    p.currency, p.received_on, p.quantity_received, p.amount_received, p.tax_received, p.currency_received,
    case when p.received_on is not null and p.ratio_new is not null then j.quantity_difference end
        as quantity_difference,
    case when p.received_on is not null and p.amount is not null then j.difference end as difference,
    case when p.received_on is not null then j.tax_difference end as tax_difference,
    case
        when j.state = 'UNJUDGED' then 'UNJUDGED'
        when p.received_on is null and d.status = 'OVERDUE' then 'MISSING'
        when p.received_on is null and d.status is null and p.pay_date < $as_of then 'UNJUDGED'
        when p.received_on is null then 'EXPECTED'
        when j.state is not null then 'DIFFERENT'
        when d.status = 'LATE' then 'LATE'
        else 'RECEIVED'
    end as status,
    case when p.received_on is not null then j.state end as cause, p.tax_rule, j.arithmetic, j.outcome,
    p.source_file, p.source_line
from ca_judged j
join ca_positions p on p.ca_id = j.ca_id and p.account = j.account
left join ca_due d on d.object_type = 'entitlement' and d.key = j.ca_id || ' ' || j.account
where j.reference is null and (p.received_on is not null or j.state is not null and j.state <> 'UNJUDGED')
