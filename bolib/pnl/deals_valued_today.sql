/* view: the deals of the day against the close: what they are worth and the cash they cost, to the cent each. */
select
    book, isin, currency, kind, trade_id, version, quantity, dealt_price, price, cash_gross, cash_accrued, cash_fees,
    cash_taxes, cast(case kind when 'TRADE' then clean_value + cash_gross end as decimal(18,2)) as margin,
    cast(case kind when 'TRADE' then market_value - clean_value + cash_accrued end as decimal(18,2)) as carry,
    source_file, source_line
from deal_values
