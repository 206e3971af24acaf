/* The lines of statements under the key a break has. */
select
    s.account || ' ' || s.statement_no || ' ' || cast(s.line_no as string) as key, s.account, s.reference,
    s.end_to_end_id, s.booking_date, s.source_file, s.source_line
from statement_lines s
where s.booking_date <= $as_of
