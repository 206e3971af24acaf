/* view: lines in another currency than the euro, with the rate of their day; no more of them than the kernel needs. Both
   amounts are unsigned: a side may be written with a minus, and the sign of the currency's may stand with the credit. */
select
    j.journal_code, j.entry_no, j.line_no, abs(j.currency_amount) as gross, r.rate,
    cast(abs(j.debit + j.credit) as decimal(18,2)) as booked, cast($floor as decimal(18,2)) as tolerated
from journal j
join euro_rates r on r.date = j.entry_date and r.currency = j.currency
where j.currency <> 'EUR' and j.currency_amount is not null and j.entry_date <= $as_of
    and cast(coalesce(j.known_at, j.entered_at, $as_of) as date) <= $as_of
