/*
id: PNL-03
title: Does a small unexplained part come back day after day?
rule: PC.explained
severity: MAJOR
key: book
amount: unexplained_over_20_days
date: date
owner: book
needs: [trades, prices]
thresholds: {floor_over_20_days: 200}
message: "{book}: {unexplained_over_20_days} {currency} unexplained over 20 business days, above {floor_over_20_days}."
*/
with recent as (
    select
        date, book, currency,
        cast(sum(unexplained) over (
            partition by book order by date rows between 19 preceding and current row
        ) as decimal(18,2)) as unexplained_over_20_days
    from pnl_books
)
select date, book, currency, unexplained_over_20_days, $floor_over_20_days as floor_over_20_days
from recent
where date = $as_of and abs(unexplained_over_20_days) > $floor_over_20_days
