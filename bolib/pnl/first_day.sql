/* view: the day before the first result: positions are taken on at its close. */
select date, day from pnl_days where day = (select min(day) from pnl_days)
