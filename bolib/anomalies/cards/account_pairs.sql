/* view: clearings and entries of the account they debit that belong together. */
select
    'CARD_ACCOUNTS' as reconciliation, 'ACCOUNT ' || a.arn as match_id, s.side,
    case when s.side = 'LEFT' then a.arn else a.account || ' ' || a.entry_id end as key, 'ARN' as pass, 'AUTO' as status,
    cast(0 as decimal(18,2)) as residual, cast(null as string) as reason
from account_lines a
join (select 'LEFT' as side union all select 'RIGHT' as side) s on true
where a.booked = a.due and a.entries = 1
