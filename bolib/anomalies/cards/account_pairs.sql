/* view: clearings and the entries of the account they debit that belong together; several entries may sum to what is due. */
select
    'CARD_ACCOUNTS' as reconciliation, 'ACCOUNT ' || arn as match_id, 'LEFT' as side, arn as key, 'ARN' as pass, 'AUTO' as status,
    cast(0 as decimal(18,2)) as residual, cast(null as string) as reason
from account_lines
where booked = due
union all
select
    'CARD_ACCOUNTS' as reconciliation, 'ACCOUNT ' || a.arn as match_id, 'RIGHT' as side, e.account || ' ' || e.entry_id as key,
    'ARN' as pass, 'AUTO' as status, cast(0 as decimal(18,2)) as residual, cast(null as string) as reason
from account_lines a
join booked_entries e on e.account = a.account and e.reference = a.arn and e.currency = a.currency
where a.booked = a.due
