/* each holder of accounts, the last sign of him on any of them, and how many are open. */
select
    customer_id,
    max(case when last_operation_on <= $as_of then last_operation_on else opened_on end) as last_sign_on,
    cast(sum(case when closed_on is null or closed_on > $as_of then 1 else 0 end) as bigint) as open_accounts
from accounts
where opened_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
group by customer_id
