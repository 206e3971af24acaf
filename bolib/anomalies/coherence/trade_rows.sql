/* view: every deal of either office, each once, by what came of the comparison: MATCHED, the class of its break, or
   CANCELLED where the other office never had it and need not. LEFT is the front office; a purchase is paid, so negative. */
select
    d.side, d.trade_id, d.version, d.amount, d.currency, d.settlement_date,
    coalesce(c.class, 'MATCHED') as class
from (
    select
        'LEFT' as side, trade_id, version, currency, settlement_date,
        case when side = 'BUY' then -net_amount else net_amount end as amount
    from fo_deals
    union all
    select
        'RIGHT' as side, trade_id, version, currency, settlement_date,
        case when side = 'BUY' then -net_amount else net_amount end as amount
    from bo_deals
) d
left join (
    select coalesce(g.trade_id, u.trade_id) as trade_id, coalesce(g.class, 'CANCELLED') as class
    from trade_gaps g
    full join unpaired_deals u on u.trade_id = g.trade_id
) c on c.trade_id = d.trade_id
