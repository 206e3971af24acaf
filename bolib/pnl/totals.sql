/* view: the result of all books by currency, and in euros at the day's reference rate. */
select
    currency, rate,
    max(case measure when 'total' then gross end) as total,
    max(case measure when 'mtd' then gross end) as mtd,
    max(case measure when 'ytd' then gross end) as ytd,
    max(case measure when 'total' then cash_gross end) as total_eur,
    max(case measure when 'mtd' then cash_gross end) as mtd_eur,
    max(case measure when 'ytd' then cash_gross end) as ytd_eur
from total_values
group by currency, rate
