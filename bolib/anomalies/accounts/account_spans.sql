/* view: each account on each date it has anything, and the span its balance rolls through: the fiscal year for an account
   of the result, which begins at nil, and 0, which is all time, for any other. Past: the year is one before that of today. */
select
    d.account, d.date, r.kind, d.year, case when r.kind = 'RESULT' then d.year else 0 end as span,
    coalesce(r.kind = 'RESULT', false) and d.year < d.this_year as past
from (
    select e.account, e.date, f.year, now.year as this_year
    from (
        select account, entry_date as date from account_days
        union select account, date from trial_balance where date <= $as_of
        union select account, cast($as_of as date) as date from account_days
        union select account, cast($as_of as date) as date from trial_balance
    ) e
    join fiscal_years f on e.date >= f.first_date and e.date < f.until_date
    join fiscal_years now on $as_of >= now.first_date and $as_of < now.until_date
) d
left join account_roots r on r.account = d.account
