/* view: what came in on each event and account until the evening of the day. */
select
    ca_id, account, max(received_on) as received_on, cast(sum(quantity) as decimal(18,6)) as quantity_received,
    cast(sum(amount) as decimal(18,2)) as amount_received, cast(sum(tax) as decimal(18,2)) as tax_received,
    min(currency) as currency_received, max(currency) as other_currency,
    max(source_file) as source_file, max(source_line) as source_line
from ca_receipts
where received_on <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)
group by ca_id, account
