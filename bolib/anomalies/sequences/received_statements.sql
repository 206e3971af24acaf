/* view: the statements received of accounts (CASH) and of holdings and movements of securities (CUSTODY) by the evening,
   and the last one of each account that came before: daily files hold none of the days before. */
select
    'CASH' as kind, account, currency, statement_no, from_date, to_date, opening, closing, false as carried, source_file,
    source_line
from statements
where to_date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    'CUSTODY' as kind, account, cast(null as string) as currency, statement_no, date as from_date, date as to_date,
    cast(null as decimal(18,2)) as opening, cast(null as decimal(18,2)) as closing, false as carried,
    min(source_file) as source_file, min(source_line) as source_line
from custody_positions
where statement_no is not null and date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
group by account, statement_no, date
union all
select
    c.kind, c.account, c.currency, c.statement_no, c.from_date, c.to_date, c.opening, c.closing, true as carried,
    c.file as source_file, c.line as source_line
from carried_statements c
