/* view: the trial balance day after day, each row beside the one before it in its span. Cut: the balances known begin
   before its fiscal year, so its first row there begins at nil. Ends: the last row of a fiscal year that is over. */
select
    t.account, t.date, t.opening, t.debit, t.credit, t.closing, t.source_file, t.source_line, s.kind, s.year, s.span,
    lag(t.date) over (partition by t.account, s.span order by t.date) as last_date,
    lag(t.closing) over (partition by t.account, s.span order by t.date) as last_closing,
    s.span > 0 and s.year > k.began as cut,
    s.past and row_number() over (partition by t.account, s.span order by t.date desc) = 1 as ends,
    s.year > k.began
        and row_number() over (partition by t.account, s.year order by t.date) = 1 as opens_year
from trial_balance t
join account_spans s on s.account = t.account and s.date = t.date
join (
    select min(s.year) as began from trial_balance t join account_spans s on s.account = t.account and s.date = t.date
) k on true
where t.date <= $as_of
