/* view: each account on each date it has anything, and the span its balance rolls through: the fiscal year for an account
   of the result, which begins at nil; for one no trial balance has, all since the last year with opening entries; and 0,
   which is all time, for any other. Past: the span is one before that of today. */
select
    d.account, d.date, r.kind, d.year,
    case when r.kind = 'RESULT' then d.year when t.account is null then d.opened else 0 end as span,
    case
        when r.kind = 'RESULT' then d.year < d.this_year
        when t.account is null then d.opened < d.this_opened
        else false
    end as past
from (
    select e.account, e.date, f.year, f.opened, now.year as this_year, now.opened as this_opened
    from (
        select account, entry_date as date from account_days
        union select account, date from trial_balance where date <= $as_of
        union select account, cast($as_of as date) as date from account_days
        union select account, cast($as_of as date) as date from trial_balance
    ) e
    join opened_years f on e.date >= f.first_date and e.date < f.until_date
    join opened_years now on $as_of >= now.first_date and $as_of < now.until_date
) d
left join account_roots r on r.account = d.account
left join (select distinct account from trial_balance) t on t.account = d.account
