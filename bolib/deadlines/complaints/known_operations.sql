/* The operations complaints name, under the name they give, with how they stand; `broken` says that something of them is
   still to be put right. A line of an account is known by its key, its reference and its end-to-end id; one side
   without the other is a break only where the account has both, as a nostro has. */
select
    'card dispute' as what, u.dispute_id as key, u.named,
    u.stage || ' since ' || cast(u.stage_on as string)
        || case when u.unauthorised and u.refunded_on is null then ', not refunded' else '' end as state,
    u.unauthorised and u.refunded_on is null as broken, 1 as rank, u.source_file, u.source_line
from (
    select d.*, d.dispute_id as named from card_disputes d
    union all
    select d.*, d.arn as named from card_disputes d
) u
join complaint_keys n on n.named = u.named
where u.reported_on <= $as_of
union all
select
    'card payment', p.arn, n.named,
    'cleared on ' || cast(p.cleared_on as string)
        || case when p.authorisation_id is null then ', no authorisation' else '' end,
    p.authorisation_id is null, 2, p.source_file, p.source_line
from card_clearings p
join complaint_keys n on n.named = p.arn
where p.cleared_on <= $as_of
union all
select
    'settlement', s.instruction_id, n.named,
    case when s.settled_on <= $as_of then 'settled on ' || cast(s.settled_on as string)
        else 'not settled, due ' || cast(s.intended_settlement_date as string) end,
    s.intended_settlement_date < $as_of and (s.settled_on is null or s.settled_on > $as_of), 3, s.source_file,
    s.source_line
from (
    select i.*, i.instruction_id as named from settlements i
    union all
    select i.*, i.trade_id as named from settlements i
) s
join complaint_keys n on n.named = s.named
where s.status <> 'CANC'
union all
select
    'trade', t.trade_id, t.trade_id,
    case when max(k.trade_id) is null then 'cancelled'
        when max(b.trade_id) is null then 'not booked in the back office' else 'booked' end,
    max(k.trade_id) is not null and max(b.trade_id) is null, 4, min(t.source_file), min(t.source_line)
from trades t
join complaint_keys n on n.named = t.trade_id
left join known_trades k on k.trade_id = t.trade_id
left join bookings b on b.trade_id = t.trade_id
where t.trade_date <= $as_of and cast(coalesce(t.known_at, t.entered_at) as date) <= $as_of
group by t.trade_id
union all
select
    'statement line', l.key, n.named,
    case when k.account is null then 'booked on ' || cast(l.booking_date as string)
        when g.reference is null then 'no entry of ours has its reference' else 'an entry of ours has its reference' end,
    k.account is not null and g.reference is null, 5, l.source_file, l.source_line
from (
    select c.*, c.key as named from complaint_lines c
    union all
    select c.*, c.reference as named from complaint_lines c
    union all
    select c.*, c.end_to_end_id as named from complaint_lines c
) l
join complaint_keys n on n.named = l.named
left join (select distinct account from ledger_lines where booking_date <= $as_of) k on k.account = l.account
left join (select distinct account, reference from ledger_lines where booking_date <= $as_of) g
    on g.account = l.account and g.reference = l.reference
union all
select
    'entry', g.account || ' ' || g.entry_id, n.named,
    case when k.account is null then 'booked on ' || cast(g.booking_date as string)
        when l.reference is null then 'on no statement by its reference' else 'on a statement by its reference' end,
    k.account is not null and l.reference is null, 6, g.source_file, g.source_line
from (
    select e.*, e.account || ' ' || e.entry_id as named from ledger_lines e
    union all
    select e.*, e.reference as named from ledger_lines e
) g
join complaint_keys n on n.named = g.named
left join (select distinct account from statement_lines where booking_date <= $as_of) k on k.account = g.account
left join (select distinct account, reference from statement_lines where booking_date <= $as_of) l
    on l.account = g.account and l.reference = g.reference
where g.booking_date <= $as_of
union all
select
    'incident', i.incident_id, n.named, 'known since ' || cast(cast(i.aware_at as date) as string), true, 7,
    i.source_file, i.source_line
from incidents i
join complaint_keys n on n.named = i.incident_id
where cast(i.aware_at as date) <= $as_of
union all
select
    'estate', e.estate_id, n.named,
    case when e.assets_paid_on <= $as_of then 'paid out on ' || cast(e.assets_paid_on as string)
        else 'not paid out' end,
    e.assets_paid_on is null or e.assets_paid_on > $as_of, 8, e.source_file, e.source_line
from estates e
join complaint_keys n on n.named = e.estate_id
where e.notified_on <= $as_of
union all
select
    'loan', l.loan_id, n.named, 'granted on ' || cast(l.granted_on as string), false, 9, l.source_file, l.source_line
from loans l
join complaint_keys n on n.named = l.loan_id
where l.granted_on <= $as_of
