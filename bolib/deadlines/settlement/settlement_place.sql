/*
id: SETTLE-13
title: Which deals are to settle where their venue does not settle?
rule: A2.place
severity: MINOR
key: trade_id
amount: net_amount
date: trade_date
owner: trade
needs: [trades, instruments]
thresholds: {looked_back_days: 20}
message: "{trade_id}: dealt on {venue} on {trade_date}, to settle at {pset_bic}; the venue's place is {designated}, or by election {elective}."
*/
select
    t.trade_id, t.version, t.book, t.isin, t.side, t.quantity, t.net_amount, t.currency, t.venue, t.trade_date,
    t.settlement_date, t.pset_bic, p.designated, p.elective, t.source_file, t.source_line
from known_trades t
join instruments i on i.isin = t.isin
join venue_places p on p.venue = t.venue and p.trade_date = t.trade_date and p.asset_class = i.asset_class
    and p.place = p.designated
left join venue_places allowed on allowed.venue = t.venue and allowed.trade_date = t.trade_date
    and allowed.asset_class = i.asset_class and allowed.place = substr(t.pset_bic, 1, 8)
join t2s_days now on now.date = $as_of
join t2s_days dealt on dealt.date = t.trade_date
where t.pset_bic is not null and allowed.place is null and now.day - dealt.day <= $looked_back_days
