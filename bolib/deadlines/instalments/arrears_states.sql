/* Each loan on each evening counted: its band of days past due, and its IFRS 9 stage by days past due and default. */
select
    d.day, n.number as evening, l.loan_id, l.customer_id, l.kind, d.overdue_since, d.days_past_due, d.amount_past_due,
    b.bucket, b.rank, d.arrears_since, d.cleared_on, d.material_since, d.days_material, d.default_since,
    d.default_until, d.in_default, d.obligor_in_default,
    case
        when d.in_default or d.days_past_due > s.beyond_3 then 3
        when d.days_past_due > s.beyond_2 then 2
        else 1
    end as stage
from counted_days d
join arrears_loans l on l.loan = d.loan
join arrears_evenings n on n.day = d.day
join arrears_bands b on b.from_day <= d.days_past_due and (b.to_day is null or d.days_past_due < b.to_day)
cross join stage_days s
where l.granted_on <= d.day
