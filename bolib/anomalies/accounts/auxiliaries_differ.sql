/*
id: ACC-09
title: Which collective accounts are not the sum of their auxiliaries?
rule: C-13
severity: MAJOR
key: account
amount: difference
currency: EUR
date: last_day
owner: account
thresholds: {least_percent: 50}
needs: [journal]
message: "{account} {account_label}: {lines} line(s) name none of its {auxiliaries} auxiliaries, the first {first_entry}; they hold {held}, the account {balance}: {difference} apart."
*/
-- an account is collective where at least that share of its lines names an auxiliary
select
    j.account, min(j.account_label) as account_label, count(distinct j.aux_account) as auxiliaries, c.lines,
    min(case when j.aux_account is null then j.journal_code || ' ' || j.entry_no end) as first_entry,
    max(case when j.aux_account is null then j.entry_date end) as last_day,
    cast(sum(case when j.aux_account is null then 0 else j.debit - j.credit end) as decimal(18,2)) as held,
    cast(sum(j.debit - j.credit) as decimal(18,2)) as balance,
    cast(sum(case when j.aux_account is null then j.debit - j.credit else 0 end) as decimal(18,2)) as difference,
    min(case when j.aux_account is null then j.source_file end) as source_file,
    min(case when j.aux_account is null then j.source_line end) as source_line
from (
    select account, all_lines - aux_lines as lines
    from (
        select account, cast(sum(lines) as bigint) as all_lines, cast(sum(aux_lines) as bigint) as aux_lines
        from account_days
        group by account
    ) sums
    where aux_lines > 0 and all_lines > aux_lines and aux_lines * 100 >= $least_percent * all_lines
) c
join journal j on j.account = c.account
where j.entry_date <= $as_of and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
group by j.account, c.lines
