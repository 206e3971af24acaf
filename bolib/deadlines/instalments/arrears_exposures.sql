/* What the bank had lent to each borrower in all, on the days it is known of. */
select l.obligor, e.date, e.on_balance, r.per_euro
from exposures e
join (select distinct customer_id, obligor from arrears_loans) l on l.customer_id = e.customer_id
left join euro_rates r on r.currency = e.currency
where e.date <= $as_of
