/*
id: PNL-04
title: Which prices have stopped moving?
rule: PC.prices
severity: MAJOR
key: isin
amount: market_value
date: date
owner: book
needs: [prices, trades]
thresholds: {unmoved_days: 5}
message: "{isin} {name}: the price {price} has not moved for {days} business days; {book} holds {quantity}."
*/
select
    cast($as_of as date) as date, isin, name, min(book) as book, currency, price,
    today - coalesce(last_other_day, 0) - 1 as days,
    cast(sum(quantity) as decimal(18,6)) as quantity, cast(sum(market_value) as decimal(18,2)) as market_value
from priced
where price is not null and last_other_day is not null and today - last_other_day - 1 >= $unmoved_days
group by isin, name, currency, price, today, last_other_day
