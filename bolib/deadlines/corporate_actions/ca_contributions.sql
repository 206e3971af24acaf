/* view: what makes up a position at a record date, in the units of the day each part was dealt, with the splits since.
   HELD: what the deals of a book entitle it to. CROSSED: deliveries on the wrong side of the record date, + to be
   received by us. */
select
    e.ca_id, 'HELD' as part, m.account, m.book, cast(null as string) as reference, u.numerator, u.denominator,
    cast(sum(m.quantity) as decimal(18,6)) as quantity
from ca_judged_events e
join book_moves m on m.isin = e.isin
    and (e.quotation = 'PERCENT' and m.settlement_date <= e.record_date
         or e.quotation = 'UNIT' and m.trade_date < e.ex_date)
join ca_units u on u.ca_id = e.ca_id and m.trade_date >= u.from_date and m.trade_date < u.until_date
group by e.ca_id, m.account, m.book, u.numerator, u.denominator
union all
select
    c.ca_id, 'CROSSED' as part, c.account, c.book, c.reference, u.numerator, u.denominator,
    case
        when c.with_right and c.direction = 1 or not c.with_right and c.direction = -1 then c.unsettled
        else -c.unsettled
    end as quantity
from ca_crossings c
join ca_units u on u.ca_id = c.ca_id and c.trade_date >= u.from_date and c.trade_date < u.until_date
where c.unsettled <> 0
