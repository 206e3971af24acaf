/* view: the lines of the correspondents' statements, ready to match; what was open before, and is neither said
   again today nor withdrawn, is carried over under the same key. */
select
    s.account || ' ' || s.currency as block,
    s.account || ' ' || s.statement_no || ' ' || cast(s.line_no as string) as key, s.amount, s.value_date as date,
    s.reference, s.end_to_end_id as batch, s.counterparty as party, s.account, s.currency, s.booking_date, s.text,
    false as carried, cast(null as string) as twin_key, s.source_file, s.source_line
from statement_lines s
where s.booking_date <= $as_of and (s.known_at is null or cast(s.known_at as date) <= $as_of)
union all
select
    c.account || ' ' || c.currency as block, c.key, c.amount, c.date, c.reference, c.batch, c.party, c.account,
    c.currency, c.booking_date, c.text, true as carried, c.twin_key, c.file as source_file, c.line as source_line
from carried_lines c
where c.side = 'RIGHT'
