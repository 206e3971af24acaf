/* view: what was accepted by account and day; sizes, never netted. `own_cap` is the cap of the currency, where it has one. */
select
    d.account, d.currency, d.date, count(*) as lines, cast(sum(abs(d.residual)) as decimal(18,2)) as accepted,
    min(c.cap) as own_cap, min(t.source_file) as source_file, min(t.source_line) as source_line
from tolerated d
join nostro_theirs t on t.key = d.theirs
left join tolerated_caps c on c.currency = d.currency
group by d.account, d.currency, d.date
