/* view: every account that has moved, with its use so far and what the chart says of it (the longest root that fits). */
select
    u.account, u.account_label, u.first_day, u.last_day, u.lines, u.auto_lines, u.manual_lines, c.root, c.chart_label, c.side,
    c.kind
from (
    select
        account, min(account_label) as account_label, min(entry_date) as first_day, max(entry_date) as last_day,
        cast(sum(lines) as bigint) as lines, cast(sum(auto_lines) as bigint) as auto_lines,
        cast(sum(manual_lines) as bigint) as manual_lines
    from account_days
    group by account
) u
left join account_roots c on c.account = u.account
