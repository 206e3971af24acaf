/* Every clock, and beside it that of each limit of the bank's own in force on the day of the event. */
select
    object_type, key, rule, trigger_date, triggered_at, done_on, done_at, recorded, amount, currency
from legal_clocks
union all
select
    c.object_type, c.key, l.own_rule as rule, c.trigger_date, c.triggered_at, c.done_on, c.done_at, c.recorded,
    c.amount, c.currency
from legal_clocks c
join internal_limits l on l.rule = c.rule and l.first_day <= c.trigger_date
    and (l.last_day is null or c.trigger_date <= l.last_day)
