/* view: the customers who held an account in a year that has ended, by the last day of that year. */
select distinct a.customer_id, y.year_end
from accounts a
join year_ends y on a.opened_on <= y.year_end and (a.closed_on is null or a.closed_on >= y.year_start)
where a.known_at is null or cast(a.known_at as date) <= $as_of
