/*
id: ACC-09
title: Which collective accounts are not the sum of their auxiliaries?
rule: C-13
severity: MAJOR
key: account
amount: difference
date: last_day
owner: account
thresholds: {least_percent: 50}
needs: [journal]
message: "{account} {account_label}: {lines} line(s) name none of its {auxiliaries} auxiliaries, the first {first_entry}; they hold {held}, the account {balance}: {difference} apart."
*/
-- an account is collective where at least that share of its lines names an auxiliary
select
    account, account_label, auxiliaries, lines, first_entry, last_day, held, balance, balance - held as difference, source_file,
    source_line
from (
    select
        account, min(account_label) as account_label, count(distinct aux_account) as auxiliaries, count(*) as all_lines,
        count(case when aux_account is null then 1 end) as lines,
        min(case when aux_account is null then journal_code || ' ' || entry_no end) as first_entry,
        max(case when aux_account is null then entry_date end) as last_day,
        cast(sum(case when aux_account is null then 0 else debit - credit end) as decimal(18,2)) as held,
        cast(sum(debit - credit) as decimal(18,2)) as balance,
        min(case when aux_account is null then source_file end) as source_file,
        min(case when aux_account is null then source_line end) as source_line
    from journal
    where entry_date <= $as_of and (entered_at is null or cast(entered_at as date) <= $as_of)
    group by account
) sums
where lines > 0 and auxiliaries > 0 and (all_lines - lines) * 100 >= $least_percent * all_lines
