/* view: the statements received of accounts (CASH) and of depositaries (CUSTODY holdings, MOVEMENTS, PENDING, PENALTIES) by
   the evening, and the last one of each account that came before: daily files hold none of the days before. */
select
    'CASH' as kind, account, currency, statement_no, from_date, to_date, opening, closing, part, false as carried, source_file,
    source_line
from statements
where to_date <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
union all
select
    'CUSTODY' as kind, c.account, cast(null as string) as currency, c.statement_no, c.date as from_date, c.date as to_date,
    cast(null as decimal(18,2)) as opening, cast(null as decimal(18,2)) as closing, cast(null as string) as part,
    false as carried, min(c.source_file) as source_file, min(c.source_line) as source_line
from custody_positions c
left join (select distinct source_file from statement_heads) h on h.source_file = c.source_file
where c.statement_no is not null and h.source_file is null
    and c.date <= $as_of and (c.known_at is null or cast(c.known_at as date) <= $as_of)
group by c.account, c.statement_no, c.date
union all
select
    kind, account, cast(null as string) as currency, statement_no, day as from_date, day as to_date,
    cast(null as decimal(18,2)) as opening, cast(null as decimal(18,2)) as closing, part, false as carried,
    min(source_file) as source_file, min(source_line) as source_line
from statement_heads
where day <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
group by kind, account, statement_no, day, part
union all
select
    c.kind, c.account, c.currency, c.statement_no, c.from_date, c.to_date, c.opening, c.closing, c.part, true as carried,
    c.file as source_file, c.line as source_line
from carried_statements c
