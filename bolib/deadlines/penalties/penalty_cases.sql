/* view: each day of fail with its instruction, who failed and for lack of what; two rows where both sides did. Days on
   which the payment system of the currency was closed are left out; of one cancelled at an unknown time, one stands
   for all. */
select
    f.instruction_id, f.date, f.charged_on, f.type, f.quantity, f.reason, f.told, f.movement, f.payment, f.isin,
    f.instructed, f.amount, f.currency, f.counterparty, f.place, f.charged, f.charged_in, f.trade_venue, f.match_told,
    f.end_told, f.fault, a.direction, case when f.instructed = 0 then 'CASH' else a.lack end as lack, f.source_file,
    f.source_line
from (
    select
        d.instruction_id, d.date, d.charged_on, d.type, d.quantity, d.reason, d.told, s.movement, s.payment, s.isin,
        s.quantity as instructed, s.amount, s.currency, s.counterparty, s.place, s.charged, s.charged_in, s.trade_venue,
        s.match_told, s.end_told, s.source_file, s.source_line,
        case
            when d.type = 'LMFP' and s.accepted_at > s.counterparty_accepted_at then 'LATE_US'
            when d.type = 'LMFP' and s.accepted_at < s.counterparty_accepted_at then 'LATE_THEM'
            when d.type = 'LMFP' and d.charged_on is null and s.accepted_at is null
                and s.counterparty_accepted_at is not null then 'LATE_US'
            when d.type = 'LMFP' and d.charged_on is null and s.counterparty_accepted_at is null
                and s.accepted_at is not null then 'LATE_THEM'
            when d.type = 'LMFP' then null
            when d.hold and d.reason in ('PRCY', 'BOTH') then 'BOTH'
            when d.hold then 'PREA'
            else d.reason
        end as fault
    from (
        select f.*, row_number() over (partition by f.instruction_id order by f.date) as number
        from fail_days f
    ) d
    join penalty_instructions s on s.instruction_id = d.instruction_id
    left join closed_systems c on s.payment = 'APMT' and c.currency = s.currency and c.date = d.date
    where c.date is null and (s.end_told or d.number = 1)
) f
left join penalty_faults a on a.fault = f.fault and a.movement = f.movement and a.payment = f.payment
    and f.date >= a.valid_from and f.date <= a.valid_to
