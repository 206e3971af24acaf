/* view: what each book adds to the holding an account is entitled on; an instruction that is replaced is left out. */
select
    p.ca_id, p.account, b.book, cast(sum(b.quantity) as decimal(18,6)) as quantity, p.amount, p.currency, p.multiplier,
    p.quotation, p.type, p.ratio_new, p.ratio_old, p.tax_rate
from ca_positions p
join (
    select ca_id, account, book, quantity from ca_counted where part = 'HELD'
    union all
    select n.ca_id, n.account, n.book, -n.quantity as quantity
    from ca_counted n
    join ca_claims c on c.ca_id = n.ca_id and c.reference = n.reference and c.kind = 'TRANSFORMATION'
    where n.part = 'CROSSED'
) b on b.ca_id = p.ca_id and b.account = p.account
group by
    p.ca_id, p.account, b.book, p.amount, p.currency, p.multiplier, p.quotation, p.type, p.ratio_new, p.ratio_old,
    p.tax_rate
