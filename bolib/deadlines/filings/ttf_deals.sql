/* view: each purchase of a share subject to the tax on financial transactions, with the rate of its settlement day. */
select
    d.trade_id, d.book, d.isin, d.quantity, d.gross_amount, d.taxes, d.currency, d.trade_date, d.settlement_date,
    r.rate_percent, d.source_file, d.source_line
from filing_deals d
join ttf_rates r on d.settlement_date >= r.valid_from and d.settlement_date <= r.valid_to
where d.ttf and d.side = 'BUY'
