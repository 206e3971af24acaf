/*
id: PNL-06
title: Which positions have no price of the day?
rule: PC.prices
severity: CRITICAL
key: book, isin
date: date
owner: book
needs: [prices, trades]
thresholds: {}
message: "{book} holds {quantity} {isin} without a price of {date}: last price of {price_date}, {price_age_days} business days old. The position is shown unpriced."
*/
select date, book, isin, quantity, price_date, price_age_days, currency
from positions
where price is null
