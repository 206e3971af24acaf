/*
id: FILING-12
title: On which purchases is the tax on financial transactions not the rate times the price?
rule: B-19
severity: MAJOR
key: trade_id
amount: difference
date: settlement_date
owner: book
needs: [trades, instruments]
thresholds: {tolerated: 0.01}
message: "{trade_id}: tax of {taxes} {currency} booked on a purchase of {gross_amount} of {isin}, {expected_tax} at {rate_percent} % (settlement {settlement_date})."
*/
select
    d.trade_id, d.book, d.isin, d.quantity, d.gross_amount, d.taxes, d.expected_tax,
    cast(d.taxes - d.expected_tax as decimal(18,2)) as difference, d.currency, d.rate_percent, d.trade_date,
    d.settlement_date, d.source_file, d.source_line
from ttf_on_deals d
left join listed_events e on e.regime = 'TTF' and e.object_id = d.isin and not e.in_scope
    and e.exemption_reason is not null and e.period = substr(cast(d.settlement_date as string), 1, 7)
where abs(d.taxes - d.expected_tax) > $tolerated and e.regime is null
