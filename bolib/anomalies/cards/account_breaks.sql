/* view: clearings (left) and the account they debit (right) that do not agree, with why. */
select
    'CARD_ACCOUNTS' as reconciliation, arn as key, 'LEFT' as side,
    case
        when booked is null then 'MISSING_THEIRS' when entries > 1 and booked <> due then 'DUPLICATE'
        when booked = -due then 'SIGN' else 'AMOUNT'
    end as class,
    due as amount, currency, age_days,
    case
        when booked is null then 'cleared, not on account ' || account
        when entries > 1 then cast(entries as string) || ' entries on account ' || account || ', ' || cast(booked as string) || ' in all'
        when booked = -due then 'on account ' || account || ' with the other sign'
        else 'on account ' || account || ' for ' || cast(booked as string)
    end as explanation
from account_lines
where booked is null or booked <> due
