/*
id: CON-09
title: Which explanations does one trader give again and again?
rule: C3.explanation.reused
severity: MINOR
key: trader, explanation
amount: gross_amount
date: last_day
owner: trade
needs: [trades]
thresholds: {own_times: 3, times: 25, looked_back_days: 20}
message: "{trader} explains {deals} changes or late entries with the same words since {first_day}: \"{explanation}\"; other traders who use them: {others}."
*/
select
    u.trader, u.explanation, u.deals, u.gross_amount, u.currency, u.first_day, u.last_day, w.traders - 1 as others,
    u.first_deal, u.last_deal
from (
    select
        t.trader, t.explanation, cast(count(*) as bigint) as deals, min(cast(t.entered_at as date)) as first_day,
        max(cast(t.entered_at as date)) as last_day, min(t.trade_id) as first_deal, max(t.trade_id) as last_deal,
        case when count(distinct t.currency) = 1 then cast(sum(t.gross_amount) as decimal(18,2)) end as gross_amount,
        case when count(distinct t.currency) = 1 then min(t.currency) end as currency
    from trades t
    join target_days now on now.date = $as_of
    join target_days entered on entered.date = cast(t.entered_at as date)
    where t.explanation is not null and t.from_book is null and now.day - entered.day < $looked_back_days
        and cast(coalesce(t.known_at, t.entered_at) as date) <= $as_of
    group by t.trader, t.explanation
) u
join (
    select explanation, count(distinct trader) as traders
    from trades
    where explanation is not null and cast(coalesce(known_at, entered_at) as date) <= $as_of
    group by explanation
) w on w.explanation = u.explanation
where w.traders = 1 and u.deals >= $own_times or u.deals >= $times
