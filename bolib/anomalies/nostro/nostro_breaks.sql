/* view: every open line with its class and why; a line nothing answers to is expected for some days, then missing. One
   that stood twice when it was carried over still does: its twin was matched, and today's files no longer hold it. */
select
    o.side, o.key, o.block, o.account, o.currency, o.amount, o.date, o.booking_date, o.reference, o.party, o.text,
    now.day - day.day as age_days, coalesce(c.twin_key, o.twin_key) as twin_key, c.other_key, c.other_amount, c.difference,
    case when o.twin_key is not null and c.class <> 'DUPLICATE' then c.class else c.also end as also,
    o.source_file, o.source_line,
    case
        when o.twin_key is not null then 'DUPLICATE'
        when c.class is not null then c.class
        when o.side = 'LEFT' and now.day - day.day <= $nostro_expected_days then 'TIMING_EXPECTED'
        when o.side = 'LEFT' then 'MISSING_THEIRS'
        else 'MISSING_OURS'
    end as class,
    case
        when o.twin_key is not null then 'the same reference and amount as ' || o.twin_key
        when c.class is not null then c.explanation
        when o.side = 'LEFT' and now.day - day.day <= $nostro_expected_days
            then 'booked by us, expected on their statement'
        when o.side = 'LEFT' then 'booked by us, never on their statement'
        else 'on their statement, not booked by us'
    end || case when c.class is null and o.twin_key is null and c.explanation is not null then ': ' || c.explanation else '' end as explanation
from nostro_open o
join target_days now on now.date = $as_of
join target_days day on day.date = o.date
left join nostro_classes c on c.side = o.side and c.key = o.key
