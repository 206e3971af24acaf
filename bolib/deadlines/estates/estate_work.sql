/* view: each estate not closed, with what the law still asks of it and the papers that have not come. */
select
    e.estate_id, e.customer_id, e.died_on, e.notified_on,
    case when e.blocked_on <= $as_of then e.blocked_on end as blocked_on, e.balance_at_death, e.currency,
    e.fees_charged, l.fee_at_most, l.reason, e.funeral_paid, l.funeral_at_most,
    case when e.assets_paid_on <= $as_of then e.assets_paid_on end as assets_paid_on,
    case when e.tax_list_sent_on <= $as_of then e.tax_list_sent_on end as tax_list_sent_on,
    case when e.last_claim_on <= $as_of then e.last_claim_on end as last_claim_on,
    coalesce(p.papers, 0) as papers, e.source_file, e.source_line
from estates e
left join estate_limits l on l.estate_id = e.estate_id
left join (
    select estate_id, cast(count(*) as bigint) as papers from missing_papers group by estate_id
) p on p.estate_id = e.estate_id
where e.notified_on <= $as_of and (e.closed_on is null or e.closed_on > $as_of)
    and (e.known_at is null or cast(e.known_at as date) <= $as_of)
