/* view: each event and account concerned: what the deals entitle it to, what its custodian holds, what crossed the
   record date, what was lent and what came in. `held` is empty for an account that no book deals for, `stated` where
   no holding is stated that evening. */
with concerned as (
    select ca_id, account from ca_counted
    union
    select v.ca_id, v.account from ca_evenings v
    join stated_holdings h on h.account = v.account and h.isin = v.isin and h.date = v.date
    union
    select ca_id, account from ca_received
    union
    select l.ca_id, l.account from elections l
),
held as (
    select ca_id, account, cast(sum(quantity) as decimal(18,6)) as quantity
    from ca_counted
    where part = 'HELD'
    group by ca_id, account
),
crossed as (
    select
        ca_id, account,
        cast(sum(case kind when 'TRANSFORMATION' then 0 else quantity end) as decimal(18,6)) as claimed,
        cast(sum(case kind when 'TRANSFORMATION' then quantity else 0 end) as decimal(18,6)) as transformed
    from ca_claims
    group by ca_id, account
)
select
    e.ca_id, c.account, e.isin, e.name, e.type, e.ex_date, e.record_date, e.pay_date, e.amount, e.currency, e.ratio_new,
    e.ratio_old, e.market_deadline, coalesce(e.new_isin, e.isin) as new_isin, e.quotation, e.multiplier,
    t.tax_rate, t.tax_rule, t.payment_rule, t.default_option,
    cast($entitlement_tolerance as decimal(18,2)) as tolerance, e.record_date > $as_of as to_come,
    case when j.ca_id is not null and b.account is not null then coalesce(h.quantity, 0) end as held,
    case when v.ca_id is not null then coalesce(s.quantity, 0) end as stated,
    coalesce(x.claimed, 0) as claimed, coalesce(x.transformed, 0) as transformed, coalesce(l.quantity, 0) as lent,
    r.received_on, r.quantity_received, r.amount_received, r.tax_received, r.currency_received, r.other_currency,
    coalesce(r.source_file, e.source_file) as source_file, coalesce(r.source_line, e.source_line) as source_line
from concerned c
join known_events e on e.ca_id = c.ca_id
join ca_terms t on t.ca_id = c.ca_id
left join ca_judged_events j on j.ca_id = c.ca_id
left join (select distinct account from book_accounts) b on b.account = c.account
left join held h on h.ca_id = c.ca_id and h.account = c.account
left join crossed x on x.ca_id = c.ca_id and x.account = c.account
left join ca_evenings v on v.ca_id = c.ca_id and v.account = c.account
left join stated_holdings s on s.date = v.date and s.account = v.account and s.isin = v.isin
left join ca_lent l on l.ca_id = c.ca_id and l.account = c.account
left join ca_received r on r.ca_id = c.ca_id and r.account = c.account
