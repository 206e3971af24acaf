/* Non-performing loans under the prudential backstop: what own funds bear now, what comes next, and when it is all.
   Loans granted before the regulation are out of its scope. */
select
    s.loan_id, s.customer_id, l.secured, l.outstanding, l.currency, s.default_since, d.rule,
    coalesce(max(case when d.from_day <= $as_of then d.percent end), 0) as percent_now,
    min(case when d.from_day > $as_of then d.from_day end) as next_on,
    min(case when d.from_day > $as_of then d.percent end) as next_percent,
    max(d.from_day) as backstop_on, l.source_file, l.source_line
from arrears_states s
join loans l on l.loan_id = s.loan_id
join backstop_days d on d.secured = l.secured and d.since = s.default_since
join backstop_scope o on l.granted_on >= o.granted_from
where s.day = $as_of and s.in_default
group by
    s.loan_id, s.customer_id, l.secured, l.outstanding, l.currency, s.default_since, d.rule, l.source_file,
    l.source_line
