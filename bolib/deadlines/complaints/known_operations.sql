/* The operations complaints may name, under each of their names, with how they stand; `broken` says that something of
   them is still to be put right. A line of an account is known by its key, its reference and its end-to-end id; one side
   without the other is a break only where the account has both, as a nostro has. */
select
    'card dispute' as what, u.dispute_id as key, u.dispute_id as named,
    u.stage || ' since ' || cast(u.stage_on as string)
        || case when u.unauthorised and u.refunded_on is null then ', not refunded' else '' end as state,
    u.unauthorised and u.refunded_on is null as broken, 1 as rank, u.source_file, u.source_line
from card_disputes u where u.reported_on <= $as_of
union all
select
    'card dispute', u.dispute_id, u.arn,
    u.stage || ' since ' || cast(u.stage_on as string)
        || case when u.unauthorised and u.refunded_on is null then ', not refunded' else '' end,
    u.unauthorised and u.refunded_on is null, 1, u.source_file, u.source_line
from card_disputes u where u.reported_on <= $as_of
union all
select
    'card payment', p.arn, p.arn,
    'cleared on ' || cast(p.cleared_on as string)
        || case when p.authorisation_id is null then ', no authorisation' else '' end,
    p.authorisation_id is null, 2, p.source_file, p.source_line
from card_clearings p where p.cleared_on <= $as_of
union all
select
    'settlement', s.instruction_id, n.named,
    case when s.settled_on <= $as_of then 'settled on ' || cast(s.settled_on as string)
        else 'not settled, due ' || cast(s.intended_settlement_date as string) end,
    s.intended_settlement_date < $as_of and (s.settled_on is null or s.settled_on > $as_of), 3, s.source_file,
    s.source_line
from settlements s
join complaint_keys n on n.named = s.instruction_id or n.named = s.trade_id
where s.status <> 'CANC'
union all
select
    'trade', t.trade_id, t.trade_id,
    case when max(b.trade_id) is null then 'not booked in the back office' else 'booked' end, max(b.trade_id) is null,
    4, min(t.source_file), min(t.source_line)
from trades t
join complaint_keys n on n.named = t.trade_id
left join bookings b on b.trade_id = t.trade_id
where t.trade_date <= $as_of
group by t.trade_id
union all
select
    'statement line', l.account || ' ' || l.statement_no || ' ' || cast(l.line_no as string), n.named,
    case when k.account is null then 'booked on ' || cast(l.booking_date as string)
        when g.reference is null then 'no entry of ours has its reference' else 'an entry of ours has its reference' end,
    k.account is not null and g.reference is null, 5, l.source_file, l.source_line
from statement_lines l
join complaint_keys n on n.named = l.reference or n.named = l.end_to_end_id
    or n.named = l.account || ' ' || l.statement_no || ' ' || cast(l.line_no as string)
left join (select distinct account from ledger_lines where booking_date <= $as_of) k on k.account = l.account
left join (select distinct account, reference from ledger_lines where booking_date <= $as_of) g
    on g.account = l.account and g.reference = l.reference
where l.booking_date <= $as_of
union all
select
    'entry', g.account || ' ' || g.entry_id, n.named,
    case when k.account is null then 'booked on ' || cast(g.booking_date as string)
        when l.reference is null then 'on no statement by its reference' else 'on a statement by its reference' end,
    k.account is not null and l.reference is null, 6, g.source_file, g.source_line
from ledger_lines g
join complaint_keys n on n.named = g.reference or n.named = g.account || ' ' || g.entry_id
left join (select distinct account from statement_lines where booking_date <= $as_of) k on k.account = g.account
left join (select distinct account, reference from statement_lines where booking_date <= $as_of) l
    on l.account = g.account and l.reference = g.reference
where g.booking_date <= $as_of
union all
select
    'incident', i.incident_id, i.incident_id, 'known since ' || cast(cast(i.aware_at as date) as string), true, 7,
    i.source_file, i.source_line
from incidents i where cast(i.aware_at as date) <= $as_of
union all
select
    'estate', e.estate_id, e.estate_id,
    case when e.assets_paid_on <= $as_of then 'paid out on ' || cast(e.assets_paid_on as string)
        else 'not paid out' end,
    e.assets_paid_on is null or e.assets_paid_on > $as_of, 8, e.source_file, e.source_line
from estates e where e.notified_on <= $as_of
union all
select
    'loan', l.loan_id, l.loan_id, 'granted on ' || cast(l.granted_on as string), false, 9, l.source_file, l.source_line
from loans l where l.granted_on <= $as_of
