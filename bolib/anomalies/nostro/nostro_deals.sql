/* view: the deals of which a line is open, with the parts their amount is made of. */
select
    d.trade_id, d.side, d.currency, d.gross_amount, d.taxes, d.accrued_interest, d.settlement_date,
    coalesce(i.ttf, false) as ttf
from bo_deals d
join (select distinct deal from nostro_lines where open and deal is not null) o on o.deal = d.trade_id
left join instruments i on i.isin = d.isin
