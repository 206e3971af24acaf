/* Deals in derivatives, listed ones included. */
select
    'EMIR' as regime, d.trade_id as object_id, d.event_on, 'IN' as scope, d.gross_amount as amount, d.currency,
    lower(d.asset_class) || ' ' || d.isin as told
from filing_deals d
where d.asset_class in ('OPTION', 'FUTURE') and d.event_on <= $as_of
