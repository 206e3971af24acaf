/* The tax withheld at source from each payment. */
select
    'entitlement' as object_type, j.ca_id || ' ' || j.account as key, 'CA.tax' as what, p.tax_rule as rule,
    cast(null as date) as due_date, cast(null as timestamp) as due_at, j.tax as amount, j.gross as at_stake, p.currency
from ca_judged j
join ca_positions p on p.ca_id = j.ca_id and p.account = j.account
where j.reference is null and p.tax_rule is not null and j.gross <> 0
