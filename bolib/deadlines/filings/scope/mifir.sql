/* Deals in what is traded on an EU venue; an instrument of which no EU market is known may be traded there too. */
select
    'MIFIR' as regime, d.trade_id as object_id, d.event_on,
    case when dealt.venue is not null or main.venue is not null then 'IN' else 'UNKNOWN' end as scope,
    d.gross_amount as amount, d.currency,
    case
        when dealt.venue is not null then 'dealt on ' || d.venue
        when main.venue is not null then 'main market ' || d.market
        when d.market is not null then 'main market ' || d.market || ', outside the EU'
        else 'no main market known'
    end as told
from filing_deals d
left join eu_venues dealt on dealt.venue = d.venue
left join eu_venues main on main.venue = d.market
where d.event_on <= $as_of
