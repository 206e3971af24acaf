/*
id: COH-23
title: Which settlement accounts changed shortly before they are used?
rule: C3.ssi.changed
severity: MAJOR
key: lei, market, valid_from
amount: amount
date: valid_from
owner: counterparty
needs: [ssis, trades]
thresholds: {changed_days: 5}
message: "{lei} on {market}: {account} at {agent_bic} replaces {account_before} at {agent_before} since {valid_from}, changed by {changed_by}; {deals} deal(s) in {currency} settle by it from {first_on} on. Confirm it by a channel known before."
*/
select
    n.lei, n.market, n.valid_from, n.account, n.agent_bic, o.account as account_before, o.agent_bic as agent_before,
    n.changed_by, n.approved_by, d.currency, count(*) as deals, min(d.settlement_date) as first_on,
    cast(sum(d.net_amount) as decimal(18,2)) as amount, n.source_file, n.source_line
from ssi_spans n
join ssi_spans o on o.lei = n.lei and o.market = n.market and o.next_from = n.valid_from
    and (o.account <> n.account or coalesce(o.agent_bic, '') <> coalesce(n.agent_bic, ''))
join target_days changed on changed.date = n.valid_from
join target_days now on now.date = $as_of
join deal_ssis d on d.counterparty = n.lei and d.venue = n.market and d.valid_from = n.valid_from
    and d.settlement_date >= $as_of
where now.day - changed.day <= $changed_days and n.valid_from <= $as_of
group by
    n.lei, n.market, n.valid_from, n.account, n.agent_bic, o.account, o.agent_bic, n.changed_by, n.approved_by,
    d.currency, n.source_file, n.source_line
