/* view: each entry as a whole: its largest debit and credit, another account where it has more, what it moves. */
select
    journal_code, entry_no, min(case when debit > 0 and down = 1 then account end) as debited,
    min(case when credit > 0 and up = 1 then account end) as credited,
    min(case when (debit = 0 or down > 1) and (credit = 0 or up > 1) then account end) as other_account,
    count(*) as lines, cast(sum(debit) as decimal(18,2)) as amount, min(entry_date) as entry_date,
    min("user") as author, min(origin) as origin, min(currency) as currency, min(event_id) as event_id,
    min(entered_at) as entered_at, max(reverses) as reverses, min(source_file) as source_file,
    min(source_line) as source_line
from (
    select
        j.*,
        row_number() over (partition by j.journal_code, j.entry_no order by j.debit desc, j.line_no) as down,
        row_number() over (partition by j.journal_code, j.entry_no order by j.credit desc, j.line_no) as up
    from journal j
    where j.entry_date <= $as_of and cast(coalesce(j.known_at, j.entered_at, $as_of) as date) <= $as_of
) ranked
group by journal_code, entry_no
