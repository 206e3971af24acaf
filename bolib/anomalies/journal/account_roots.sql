/* view: the entry of the chart each account falls under: the longest root that begins its number. */
select account, root, chart_label, side, kind
from (
    select
        a.account, c.root, c.chart_label, c.side, c.kind,
        row_number() over (partition by a.account order by length(c.root) desc, c.root) as place
    from (
        select account from account_days
        union select account from trial_balance
    ) a
    join chart c on c.root = substring(a.account, 1, length(c.root))
) found
where place = 1
