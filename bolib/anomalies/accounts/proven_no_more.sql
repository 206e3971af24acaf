/*
id: ACC-07
title: Which balances, proven before, are not the same any more?
rule: C2.balance.proven
severity: CRITICAL
key: account, date
amount: change
currency: EUR
date: date
owner: account
needs: [journal]
message: "{account} {account_label}: {closing_before} was proven for {date} in the report of {proven_on}, it is {closing} now, and the journal moves it by {moved} more; since then {entries} entry(ies) dated so were written, the first {first_entry} by {entered_by}."
*/
select
    d.account, d.date, d.account_label, d.closing_before, d.closing, d.closing - d.closing_before as change, d.moved, d.proven_on,
    count(distinct j.entry_no) as entries, min(j.journal_code || ' ' || j.entry_no) as first_entry, min(j.user) as entered_by,
    min(j.source_file) as source_file, min(j.source_line) as source_line
from (
    select
        b.account, b.date, n.account_label, b.closing as closing_before, n.closing, b.as_of as proven_on,
        coalesce(n.journal_debit - n.journal_credit, cast(0 as decimal(18,2))) - b.journal_debit + b.journal_credit as moved,
        row_number() over (partition by b.account order by b.date) as place
    from balances_before b
    left join account_balances n on n.account = b.account and n.date = b.date
    where b.proven and (
        n.account is null or n.closing <> b.closing or n.journal_debit <> b.journal_debit
        or n.journal_credit <> b.journal_credit
    )
) d
left join journal j on j.account = d.account and j.entry_date <= d.date and cast(j.entered_at as date) > d.proven_on
where d.place = 1
group by d.account, d.date, d.account_label, d.closing_before, d.closing, d.moved, d.proven_on
