/*
id: DEPOT-07
title: Which securities lent or borrowed are still out after the day agreed for their return?
rule: C3.loan.return
severity: MAJOR
key: loan_ref
date: to_date
owner: account
needs: [securities_loans, custody_positions, account_books]
message: "{loan_ref}: {quantity} {isin} on {account}, {verb} from {from_date}, due back {to_date}, {late}; {still} {apart}{or_else}."
*/
-- a return nobody needs leaves no trace in holdings: only what still lacks, or what a short sale still stands on, is told
select
    o.loan_ref, o.account, o.isin, coalesce(o.name, o.isin) as name, o.direction, o.quantity, o.from_date, o.to_date,
    now.day - due.day as days_late,
    coalesce(cast(now.day - due.day as string) || ' business days ago', 'before the calendar begins') as late,
    case o.direction when 'LENT' then 'lent' else 'borrowed' end as verb,
    case
        when o.outright and o.direction = 'LENT' then 'the custodian still states less by'
        when o.outright then 'the custodian still states more by'
        else 'the account is short beyond what is borrowed otherwise by'
    end as still,
    o.apart, coalesce(', unless they are those of ' || o.alike, '') as or_else, o.source_file, o.source_line
from loans_out o
join target_days now on now.date = $as_of
left join target_days due on due.date = o.to_date -- none where it is older than the calendar
