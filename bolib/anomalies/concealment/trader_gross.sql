/* view: the gross amount each trader dealt in a day, in euros; a day with a currency without a rate is not known. */
select
    trader, trade_date, day, cast(sum(cash_gross) as decimal(18,2)) as gross_eur, cast(sum(deals) as bigint) as deals
from trader_cash
group by trader, trade_date, day
having count(*) = count(cash_gross)
