/* view: each event as last told by the evening of the day, with how its security is quoted. */
select
    e.ca_id, e.isin, e.type, e.ex_date, e.record_date, e.pay_date, e.amount, coalesce(e.currency, i.currency) as currency,
    e.ratio_new, e.ratio_old, e.market_deadline, e.new_isin, i.name, i.asset_class, i.quotation, i.multiplier,
    e.source_file, e.source_line
from (
    select
        c.*,
        row_number() over (
            partition by c.ca_id
            order by coalesce(c.known_at, timestamp '1900-01-01 00:00:00') desc, c.source_file, c.source_line desc
        ) as rank
    from corporate_actions c
    where c.known_at is null or cast(c.known_at as date) <= $as_of
) e
join instruments i on i.isin = e.isin
where e.rank = 1
