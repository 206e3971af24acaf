/*
id: COH-17
title: Which settlement instructions in force were approved by nobody, or by their own author?
rule: H-07
severity: CRITICAL
key: lei, market, valid_from
date: valid_from
owner: counterparty
needs: [ssis]
message: "{lei} on {market} since {valid_from}: account {account} at {agent_bic}, changed by {changed_by}, {why}."
*/
select
    lei, market, valid_from, account, agent_bic, pset_bic, changed_by, approved_by,
    case when approved_by is null then 'approved by nobody' else 'approved by its author' end as why, source_file,
    source_line
from ssi_spans
where valid_from <= $as_of and (valid_to is null or $as_of <= valid_to) and (next_from is null or $as_of < next_from)
    and (approved_by is null or approved_by = changed_by)
