/* view: what was accepted by account and day; sizes, never netted. */
select
    d.account, d.currency, d.date, count(*) as lines, cast(sum(abs(d.residual)) as decimal(18,2)) as accepted,
    min(t.source_file) as source_file, min(t.source_line) as source_line
from tolerated d
join nostro_theirs t on t.key = d.theirs
group by d.account, d.currency, d.date
