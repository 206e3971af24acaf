/* view: what does not agree, one row a line, with its class and in words why. */
select
    'NOSTRO' as reconciliation, b.key, b.side, b.class, b.amount, b.currency, b.age_days, w.owner,
    case b.class
        when 'DUPLICATE' then 'the same reference and amount as ' || b.twin_key
        when 'AMOUNT' then b.other_key || ' has the same reference and ' || cast(b.other_amount as string)
        when 'TIMING' then b.other_key || ' has the same reference and amount, on a date too far'
        when 'TIMING_EXPECTED' then 'booked by us, expected on their statement'
        when 'MISSING_THEIRS' then 'booked by us, never on their statement'
        else 'on their statement, not booked by us'
    end as explanation
from nostro_breaks b
left join owners w on w.object_type = 'account' and w.match = '*'
