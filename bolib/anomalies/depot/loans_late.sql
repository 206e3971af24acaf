/* view: loans of securities past the day agreed for their return, by the last evening of their account's custodian, with
   what is left over of their position (`residual`) and what the account owes beyond all it borrows otherwise (`short`). */
select
    l.loan_ref, l.account, l.isin, d.name, l.direction, l.quantity, l.from_date, l.to_date, d.residual,
    cast(d.receipts - d.dealt - d.deliveries - coalesce(b.quantity, 0) as decimal(18,6)) as short, l.source_file,
    l.source_line
from securities_loans l
join depot d on d.account = l.account and d.isin = l.isin
left join (
    select e.account, e.evening, o.isin, cast(sum(o.quantity) as decimal(18,6)) as quantity
    from depot_evenings e
    join securities_loans o on o.account = e.account and o.from_date <= e.evening
        and (o.to_date is null or o.to_date > e.evening)
    where o.direction = 'BORROWED' and (o.known_at is null or cast(o.known_at as date) <= $as_of)
    group by e.account, e.evening, o.isin
) b on b.account = l.account and b.evening = d.evening and b.isin = l.isin
where l.to_date <= d.evening and (l.known_at is null or cast(l.known_at as date) <= $as_of)
