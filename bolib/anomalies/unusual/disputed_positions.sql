/* view: positions whose difference is what the two offices dispute of one deal: the back office and the custodian agree. */
select x.account || ' ' || x.isin as position, d.trade_id
from disputed_deals d
join book_accounts b on b.book = d.book
join depot x on x.account = b.account and x.isin = d.isin and x.residual = -d.residual
