/* view: what was presented of each authorisation, by currency, this evening or before. */
select b.authorisation_id, b.currency, cast(sum(b.amount) as decimal(18,2)) as presented
from (
    select authorisation_id, amount, currency from card_lines where type = 'PRESENTMENT'
    union all
    select authorisation_id, amount, currency from recalled_presentments
) b
where b.authorisation_id is not null
group by b.authorisation_id, b.currency
