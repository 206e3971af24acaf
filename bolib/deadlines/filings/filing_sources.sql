/* view: the first day of the tables from which the scope of each regime is computed again; empty where they have none. */
select regime, min(first_day) as source_from
from (
    select 'MIFIR' as regime, min(event_on) as first_day from filing_deals
    union all select 'EMIR', min(event_on) from filing_deals
    union all select 'TTF', min(settlement_date) from filing_deals
    union all select 'SHORT', min(trade_date) from filing_deals
    union all select 'HOLDING', min(trade_date) from filing_deals
    union all select 'SFTR', min(from_date) from securities_loans
    union all select 'FICOBA', min(opened_on) from accounts
    union all select 'CRS', min(opened_on) from accounts
    union all select 'FATCA', min(opened_on) from accounts
    union all select 'COSI', min(date) from cash_operations
) sources
group by regime
