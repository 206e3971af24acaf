/* A dispute is at one stage, and each stage of its scheme has a clock: the first from the payment, or from the day what
   was paid for was expected, the others from the day the stage began. Once sent to the scheme, the first is met on the
   day of the next stage. A rule for the reason of the dispute, or for fraud, stands before that for any reason. */
select
    'dispute' as object_type, d.dispute_id as key, d.rule,
    case d.since when 'expected_on' then d.expected_on when 'transaction_date' then d.transaction_date else d.stage_on end
    as trigger_date,
    cast(null as timestamp) as triggered_at,
    case when d.of_stage = 'OPENED' and d.stage <> 'OPENED' then d.stage_on end as done_on,
    cast(null as timestamp) as done_at, true as recorded, d.amount, d.currency
from (
    select
        c.dispute_id, c.stage, c.stage_on, c.transaction_date, c.expected_on, c.amount, c.currency, s.rule, s.since,
        s.stage as of_stage,
        row_number() over (
            partition by c.dispute_id, s.stage, s.beside order by case when s.reason is null then 1 else 0 end, s.rule
        ) as place
    from card_disputes c
    join dispute_stages s on s.scheme = c.scheme
        and (s.stage = c.stage or s.stage = 'OPENED' and c.stage in ('CHARGEBACK', 'REPRESENTMENT', 'PRE_ARBITRATION'))
    where c.reported_on <= $as_of and c.stage_on <= $as_of
        and (c.known_at is null or cast(c.known_at as date) <= $as_of)
        and (s.reason is null or s.unauthorised and c.unauthorised or c.reason = s.reason
            or substring(c.reason, 1, length(s.reason) + 1) = s.reason || '.')
        and (c.expected_on is not null or s.since <> 'expected_on' and s.beside is null)
) d
where d.place = 1
