/* view: the choices to make on events that offer some, each with our own deadline and the market's. */
select
    c.ca_id, c.account, c.isin, c.type, c.quantity, c.net, c.currency, c.option, c.elected_on, c.default_option,
    d.due_date, c.market_deadline,
    case
        when c.option is not null and c.elected_on > cast(c.market_deadline as date) then 'TOO_LATE'
        when c.option is not null and c.elected_on > d.due_date then 'LATE'
        when c.option is not null then 'ELECTED'
        when cast(c.market_deadline as date) <= $as_of then 'DEFAULTED'
        when d.due_date < $as_of then 'OVERDUE'
        else 'TO_ELECT'
    end as state,
    d.days_left, d.arithmetic, c.source_file, c.source_line
from ca_elections c
join ca_due d on d.object_type = 'election' and d.key = c.ca_id || ' ' || c.account
