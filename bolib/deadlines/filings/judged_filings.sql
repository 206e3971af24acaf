/* view: the obligations to file, with the clock the law gives each and how it stands; limits of the bank's own have a
   control of their own. */
select
    s.*, d.rule, d.due_date, d.arithmetic, d.status, d.days_left, d.owner, d.team,
    now.day - sent.day as sent_days_ago, now.day - filed.day as filed_days_ago
from filing_states s
join target_days now on now.date = $as_of
left join (
    select c.* from deadlines c
    left join (select distinct own_rule from internal_limits) own on own.own_rule = c.rule
    where c.object_type = 'filing' and own.own_rule is null
) d on d.key = s.key
left join target_days sent on sent.date = s.last_sent_on
left join target_days filed on filed.date = s.filed_on
