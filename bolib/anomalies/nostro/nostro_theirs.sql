/* view: the lines of the correspondents' statements, ready to match. */
select
    s.account || ' ' || s.currency as block,
    s.account || ' ' || s.statement_no || ' ' || cast(s.line_no as string) as key, s.amount, s.value_date as date,
    s.reference, cast(null as string) as batch, s.counterparty as party, s.account, s.currency, s.booking_date, s.text,
    s.statement_no, s.source_file, s.source_line
from statement_lines s
where s.booking_date <= $as_of and (s.known_at is null or cast(s.known_at as date) <= $as_of)
