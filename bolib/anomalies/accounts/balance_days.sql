/* view: the trial balance day after day, each row beside the one before it. */
select
    t.account, t.date, t.opening, t.debit, t.credit, t.closing, t.source_file, t.source_line,
    lag(t.date) over (partition by t.account order by t.date) as last_date,
    lag(t.closing) over (partition by t.account order by t.date) as last_closing
from trial_balance t
where t.date <= $as_of
