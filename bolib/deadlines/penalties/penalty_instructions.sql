/* view: instructions past their date that a depository may charge for, as known on the evening of the day. Where nothing
   says when one matched or was cancelled, `match_told` and `end_told` are false; never matched and cancelled costs
   nothing. */
with late as (
    select
        s.*, p.charged, p.charged_in,
        case when s.settled_on <= $as_of then s.settled_on end as settled_by_now
    from settlements s
    join penalty_window w on s.settled_on is null
        or (s.settled_on > s.intended_settlement_date and s.settled_on > w.since)
    left join penalty_places p on p.place = substr(s.place, 1, 8)
        and s.intended_settlement_date >= p.valid_from and s.intended_settlement_date <= p.valid_to
    where s.intended_settlement_date <= $as_of and coalesce(p.charged, true)
        and (s.known_at is null or cast(s.known_at as date) <= $as_of)
),
told as (
    select
        e.instruction_id,
        min(case when e.status not in ('NMAT', 'CANC') then e.at end) as matched_at,
        count(case when e.status = 'CANC' then 1 end) as cancellations
    from settlement_events e
    join late l on l.instruction_id = e.instruction_id
    where cast(e.at as date) <= $as_of
    group by e.instruction_id
)
select *
from (
    select
        l.instruction_id, l.movement, l.payment, l.isin, l.quantity, l.amount, l.currency, l.intended_settlement_date,
        case when cast(l.accepted_at as date) <= $as_of then l.accepted_at end as accepted_at,
        case when cast(l.counterparty_accepted_at as date) <= $as_of then l.counterparty_accepted_at end
            as counterparty_accepted_at,
        coalesce(
            l.matched_at, t.matched_at,
            case when l.status not in ('NMAT', 'CANC') then cast(l.intended_settlement_date as timestamp) end
        ) as matched_at,
        coalesce(l.matched_at, t.matched_at) is not null or l.status = 'NMAT' as match_told,
        l.status <> 'CANC' or coalesce(t.cancellations, 0) > 0 as end_told,
        l.settled_by_now as settled_on, l.settled_quantity, l.status, l.reason, l.counterparty, l.place, l.charged,
        l.charged_in, l.trade_venue, l.source_file, l.source_line
    from late l
    left join told t on t.instruction_id = l.instruction_id
) known
where status <> 'CANC' or matched_at is not null
