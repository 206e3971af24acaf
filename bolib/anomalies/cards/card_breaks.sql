/* view: authorisations (left) and clearings (right) that do not agree, with why. */
select
    'CARDS' as reconciliation, arn as key, 'RIGHT' as side, class, amount, currency, age_days,
    case
        when class = 'DUPLICATE' then 'presented again: ' || first_arn || ' was the first of ' || authorisation_id
        when class = 'FX' and type <> 'PRESENTMENT' then lower(type) || ' in another currency than the payment'
        when class = 'FX' then 'cleared in another currency than it was authorised in'
        when class = 'AMOUNT' and type = 'PRESENTMENT' then 'cleared ' || cast(amount as string) || ', authorised ' || cast(authorised as string)
        when class = 'AMOUNT' then lower(type) || ' of ' || cast(amount as string) || ', presented ' || cast(presented as string)
            || case when given_back > amount then ', given back in all ' || cast(given_back as string) else '' end
        when type <> 'PRESENTMENT' then lower(type) || ' of a payment that was never presented'
        when could_be is not null then 'names no authorisation; ' || could_be || ' is the only one of this card and amount'
        else 'names no authorisation the bank has'
    end as explanation
from card_judged where class is not null
union all
select
    'CARDS', authorisation_id, 'LEFT', case when age_days <= $card_expected_days then 'TIMING_EXPECTED' else 'MISSING_THEIRS' end,
    amount, currency, age_days,
    case when age_days <= $card_expected_days then 'authorised, expected to be presented' else 'authorised, never presented' end
from uncleared
