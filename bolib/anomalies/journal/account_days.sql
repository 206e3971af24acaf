/* view: what each account received on each date of entry, how much of it by interfaces and by hand, and on how many
   lines for an auxiliary account. */
select
    j.account, j.entry_date, min(j.account_label) as account_label, count(*) as lines,
    count(j.aux_account) as aux_lines,
    cast(sum(j.debit) as decimal(18,2)) as debit, cast(sum(j.credit) as decimal(18,2)) as credit,
    cast(sum(case when j.origin = 'AUTO' then 1 else 0 end) as bigint) as auto_lines,
    cast(sum(case when j.origin = 'MANUAL' then 1 else 0 end) as bigint) as manual_lines
from journal j
where j.entry_date <= $as_of and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
group by j.account, j.entry_date
