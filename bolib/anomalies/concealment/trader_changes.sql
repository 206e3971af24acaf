/* view: the same as moves of a base of which one basis point is one euro: the usual size of a day is the median of those before. */
select trader as name, day, gross_eur as change, cast(10000 as decimal(18,2)) as base from trader_gross
