/* view: every penalty computed or reported, line by line, with the difference and its cause. What is not computable
   stands here too, with what is missing; so does what is reported though nothing is due. */
with compared as (
    select
        e.*, r.penalty_id, r.amount as reported, r.type as reported_type, r.direction as reported_direction,
        r.currency as reported_currency, g.cause as guess, g.told, o.instruction_id is not null as known_to_report,
        r.penalty_id is not null or (e.reported_as >= w.compared_from and e.reported_as <= w.compared_until)
            as comparable,
        case r.direction when 'DEBIT' then -r.amount else coalesce(r.amount, 0) end as signed_reported,
        case e.direction when 'DEBIT' then -e.expected else e.expected end as signed_expected
    from penalty_expected e
    join penalty_window w on w.since <= $as_of
    left join penalty_pairs p on p.instruction_id = e.instruction_id and p.line = e.line
    left join penalty_reported r on r.penalty_id = p.penalty_id
    left join (select distinct instruction_id from penalty_reported) o on o.instruction_id = e.instruction_id
    left join (
        select
            instruction_id, line, cause, told,
            row_number() over (partition by instruction_id, line order by rank, told) as choice
        from penalty_guessed
        where amount = reported
    ) g on g.instruction_id = e.instruction_id and g.line = e.line and g.choice = 1
),
judged as (
    select
        c.*,
        case
            when c.why is not null then 'NOT_COMPUTED'
            when c.reported_as is null or not coalesce(c.comparable, false) then null
            when c.penalty_id is null then case when c.known_to_report then 'DAYS' else 'SCOPE' end
            when c.reported_currency <> c.currency then 'CURRENCY'
            when c.reported_type <> c.type then 'TYPE'
            when c.reported_direction <> c.direction then 'DIRECTION'
            when c.reported = c.expected then null
            when abs(c.reported - c.expected) <= 0.01 then 'ROUNDING'
            else coalesce(c.guess, 'UNEXPLAINED')
        end as cause
    from compared c
)
select
    j.instruction_id, j.date, j.type, j.quantity, j.price as reference_price, j.rate_bp, j.amount, j.currency, j.direction,
    j.reported,
    case
        when j.why is not null or j.reported_as is null or not coalesce(j.comparable, false) or j.cause = 'CURRENCY' then null
        else j.signed_reported - j.signed_expected
    end as difference,
    j.cause,
    case
        when j.why is not null then j.why
        when j.reported_as is null then 'reported in one row, with its last day'
        when j.expected <> j.amount then 'compared: the total of all its days'
        when j.penalty_id is null and j.cause = 'DAYS' then 'this day of it is not reported'
        when j.penalty_id is null and j.cause = 'SCOPE' then 'no day of it is reported'
        when j.cause = 'UNEXPLAINED' then 'no single factor explains it'
        when j.cause = 'TYPE' then 'reported as ' || j.reported_type
        when j.cause = 'DIRECTION' then 'reported as ' || j.reported_direction
        when j.cause = 'CURRENCY' then 'reported in ' || j.reported_currency
        when j.cause is not null then j.told
    end as why,
    j.charged_on, j.counterparty, j.isin, j.reason, j.rule, j.penalty_id, j.source_file, j.source_line
from judged j
union all
select
    r.instruction_id, r.date, r.type, cast(null as decimal(18,6)) as quantity, cast(null as decimal(18,8)) as reference_price,
    cast(null as decimal(18,8)) as rate_bp, cast(0 as decimal(18,2)) as amount, r.currency, r.direction,
    r.amount as reported, case r.direction when 'DEBIT' then -r.amount else r.amount end as difference,
    case
        when s.instruction_id is null or not c.charged then 'SCOPE'
        when d.instruction_id is not null then 'DUPLICATE'
        else 'DAYS'
    end as cause,
    case
        when s.instruction_id is null then 'no such instruction'
        when not c.charged then 'the depository charges no penalties'
        when d.instruction_id is not null then 'the day is reported more than once'
        when s.settled_on <= s.intended_settlement_date then 'settled on its date'
        when r.date < s.intended_settlement_date then 'not due yet'
        when r.date >= s.settled_on then 'settled by then'
        else 'nothing was due that day'
    end as why,
    r.date as charged_on, s.counterparty, s.isin, cast(null as string) as reason, cast(null as string) as rule,
    r.penalty_id, r.source_file, r.source_line
from penalty_reported r
left join penalty_pairs p on p.penalty_id = r.penalty_id
left join settlements s on s.instruction_id = r.instruction_id
left join penalty_places c on c.place = substr(s.place, 1, 8)
    and r.date >= c.valid_from and r.date <= c.valid_to
left join (
    select q.instruction_id, q.date from penalty_pairs p join penalty_reported q on q.penalty_id = p.penalty_id
    group by q.instruction_id, q.date
) d on d.instruction_id = r.instruction_id and d.date = r.date
where p.penalty_id is null
