/* view: the lines that are open this evening, whole, so that tomorrow can carry them over. */
select
    o.side, o.key, o.account, o.currency, o.amount, o.date, o.booking_date, o.reference, b.batch, o.party, o.text,
    case when c.class = 'DUPLICATE' then c.twin_key end as twin_key, o.source_file as file, o.source_line as line
from nostro_open o
join (
    select 'LEFT' as side, key, batch from nostro_ours
    union all select 'RIGHT' as side, key, batch from nostro_theirs
) b on b.side = o.side and b.key = o.key
left join nostro_breaks c on c.side = o.side and c.key = o.key
