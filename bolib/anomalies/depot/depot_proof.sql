/* view: quantity accounting of each security over all accounts: what the bank holds for clients + its own + loans and
   events = what depositaries hold, or else `gap`. `client_gap` is what lacks in accounts that hold for clients. */
select
    d.isin, min(d.name) as name, max(d.evening) as evening, cast(sum(d.clients) as decimal(18,6)) as clients,
    cast(sum(d.dealt - d.receipts + d.deliveries) as decimal(18,6)) as own,
    cast(sum(d.explained) as decimal(18,6)) as explained, cast(sum(d.theirs) as decimal(18,6)) as theirs,
    cast(sum(d.residual) as decimal(18,6)) as gap,
    cast(sum(case when d.clients <> 0 and d.residual < 0 then d.residual else 0 end) as decimal(18,6)) as client_gap
from depot d
group by d.isin
