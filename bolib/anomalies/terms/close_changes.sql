/* view: the change of each close from the one before, days on which an event changes the unit left out. */
select c.isin as name, d.day, cast(c.price - c.before as decimal(18,8)) as change, c.before as base
from (
    select isin, date, price, lag(price) over (partition by isin order by date) as before
    from day_closes
) c
join t2s_days d on d.date = c.date
left join (
    select distinct isin, ex_date from corporate_actions where type in ('SPLF', 'SPLR', 'BONU', 'SOFF', 'RHTS', 'CAPD')
) events on events.isin = c.isin and events.ex_date = c.date
where c.before is not null and events.isin is null
