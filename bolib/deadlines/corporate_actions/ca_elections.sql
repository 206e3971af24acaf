/* view: each account that has a choice to make: it holds the security, or the bank opened a choice for it. `option` is
   empty until the choice is made. */
select
    p.ca_id, p.account, p.isin, p.type, p.market_deadline, p.default_option, p.currency,
    case when j.state = 'UNJUDGED' then null else j.entitled end as quantity,
    case when p.amount is not null and j.state <> 'UNJUDGED' then j.net end as net,
    case when l.elected_on <= $as_of then l.option end as option,
    case when l.elected_on <= $as_of and l.option is not null then l.elected_on end as elected_on,
    coalesce(l.source_file, p.source_file) as source_file, coalesce(l.source_line, p.source_line) as source_line
from ca_positions p
join ca_judged j on j.ca_id = p.ca_id and j.account = p.account and j.reference is null
left join (
    select * from elections where known_at is null or cast(known_at as date) <= $as_of
) l on l.ca_id = p.ca_id and l.account = p.account
where p.market_deadline is not null and (l.ca_id is not null or j.entitled > 0)
