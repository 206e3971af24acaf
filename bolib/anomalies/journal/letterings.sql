/* view: each letter of each account: what the lines it holds together add up to. */
select
    j.account, j.aux_account, j.letter, count(*) as lines, cast(sum(j.debit) as decimal(18,2)) as debit,
    cast(sum(j.credit) as decimal(18,2)) as credit, max(j.letter_date) as letter_date,
    count(j.letter_date) as dated_lines, max(j.entry_date) as last_date, min(j.source_file) as source_file,
    min(j.source_line) as source_line
from journal j
where j.letter is not null and j.entry_date <= $as_of and (j.letter_date is null or j.letter_date <= $as_of)
    and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
group by j.account, j.aux_account, j.letter
