/* view: what each penalty is multiplied from; a factor that is missing is left empty, and said in `why`. */
select
    q.*,
    case
        when q.charged is null then 'depository not known to charge penalties or not'
        when not q.end_told then 'cancelled on a day no step tells'
        when not q.match_told then 'matched at a moment no step tells'
        when not q.told then 'no step tells quantity and reason of that evening'
        when q.direction is null and q.type = 'LMFP' then 'who instructed last is not told'
        when q.fault is null then 'no reason given'
        when q.direction is null then 'reason does not say who failed'
        when q.lack = 'SECURITIES' and q.penalty_class is null then 'no penalty class of the instrument'
        when q.lack = 'SECURITIES' and q.kind is null then 'growth market instrument dealt elsewhere, its class there not told'
        when q.charge_rate is null and q.lack = 'CASH' then 'no overnight rate of the currency known for the day'
        when q.charge_rate is null then 'no rate of the class known for the day'
        when q.price is null then 'no price of the day'
        when q.rate is null or q.book_rate is null then 'no rate of exchange of the day'
    end as why
from (
    select
        c.instruction_id, c.date, c.charged_on, c.type, c.reason, c.fault, c.direction, c.lack, c.told, c.charged,
        c.match_told, c.end_told, c.isin, c.counterparty, c.instructed, c.source_file, c.source_line, c.penalty_class, c.kind,
        c.charged_in_currency as currency, c.price_date,
        case when c.instructed = 0 then cast(c.amount as decimal(18,6)) else c.quantity end as quantity,
        c.price, c.multiplier, c.divisor, r.charge_rate, r.charge_divisor, r.rule, x.rate, b.rate as book_rate
    from (
        select
            k.*, i.penalty_class, t.previous_open as price_date,
            case
                when k.lack = 'CASH' then k.currency
                when g.penalty_class is null or m.mic is not null then i.penalty_class
                else g.elsewhere
            end as kind,
            case when k.instructed = 0 then cast(1 as decimal(18,8)) else p.price end as price,
            case when k.instructed = 0 then cast(1 as decimal(18,6)) else i.multiplier end as multiplier,
            cast(case when k.instructed > 0 and i.quotation = 'PERCENT' then 100 else 1 end as bigint) as divisor,
            case when k.instructed = 0 then k.currency else p.currency end as price_currency,
            coalesce(
                k.charged_in,
                case when k.payment = 'APMT' then k.currency else p.currency end
            ) as charged_in_currency
        from penalty_cases k
        left join instruments i on i.isin = k.isin
        left join target_days t on t.date = k.date
        left join penalty_prices p on p.isin = k.isin and p.date = t.previous_open
        left join (select distinct penalty_class, elsewhere from growth_markets) g on g.penalty_class = i.penalty_class
        left join growth_markets m on m.penalty_class = i.penalty_class and m.mic = k.trade_venue
            and k.date >= m.valid_from and k.date <= m.valid_to
    ) c
    left join penalty_rates r on r.lack = c.lack and r.kind = c.kind
        and c.date >= r.valid_from and c.date <= r.valid_to
    left join penalty_exchange x on x.currency = c.price_currency and x.date = c.price_date
    left join penalty_exchange b on b.currency = c.charged_in_currency and b.date = c.price_date
) q
