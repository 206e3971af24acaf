/* The row each clock was read from: what a person enters once, such as a loan, stands for all that is counted on it.
   A month of penalties is computed from many rows, and what only the scope of a regime brings has none: neither is here. */
select d.object_type, d.key, min(r.source_file || ':' || cast(r.source_line as string)) as source
from (select distinct object_type, key from deadlines) d
join (
    select 'instruction' as object_type, instruction_id as key, source_file, source_line from settlements
    union all
    select 'allocation', trade_id, source_file, source_line from known_trades
    union all
    select 'market_claim', ca_id || ' ' || reference, source_file, source_line from ca_claims
    union all
    select 'entitlement', p.ca_id || ' ' || p.account, c.source_file, c.source_line
    from ca_positions p
    join corporate_actions c on c.ca_id = p.ca_id
    union all
    select 'election', e.ca_id || ' ' || e.account, c.source_file, c.source_line
    from ca_elections e
    join corporate_actions c on c.ca_id = e.ca_id
    union all
    select 'filing', key, coalesce(source_file, filed_file), coalesce(source_line, filed_line) from filing_states
    union all
    select 'document', 'W-8 ' || customer_id, source_file, source_line from customers
    union all
    select 'incident', incident_id, source_file, source_line from incidents
    union all
    select 'loan', loan_id, source_file, source_line from loans
    union all
    select 'instalment', loan_id || '/capital', source_file, source_line from loans
    union all
    select 'instalment', loan_id || '/' || cast(instalment_no as string), source_file, source_line from instalments
    union all
    select 'promise', loan_id || ' ' || cast(done_on as string), source_file, source_line from promises
    union all
    select 'guarantee', guarantee_id, source_file, source_line from guarantees
    union all
    select 'insolvency_case', customer_id || ' ' || cast(filed_on as string), source_file, source_line
    from insolvency_cases
    union all
    select 'complaint', complaint_id, source_file, source_line from complaints
    union all
    select 'dispute', dispute_id, source_file, source_line from card_disputes
    union all
    select 'refund', dispute_id, source_file, source_line from card_disputes
    union all
    select 'estate', estate_id, source_file, source_line from estates
    union all
    select 'quiet_account', account, source_file, source_line from accounts
) r on r.object_type = d.object_type and r.key = d.key
where r.source_line is not null
group by d.object_type, d.key
