/* view: the lines for the kernel that says why one is open: those that are, and those matched under the reference of
   one that is; was a sum suggested for it? */
select
    o.side, o.key, o.block, o.currency, o.amount, o.date, o.reference, o.party, o.deal,
    case when m.key is null then true else false end as open, case when s.key is null then false else true end as summed
from (
    select 'LEFT' as side, key, block, currency, amount, date, reference, party, batch as deal from nostro_ours
    union all select 'RIGHT' as side, key, block, currency, amount, date, reference, party, batch as deal from nostro_theirs
) o
left join nostro_matches m on m.side = o.side and m.key = o.key and m.status = 'AUTO'
left join (
    select distinct side, key from nostro_matches where status = 'SUGGESTED' and pass = 'SUM'
) s on s.side = o.side and s.key = o.key
left join (
    select distinct side, block, reference from nostro_open where reference is not null
) r on r.side = o.side and r.block = o.block and r.reference = o.reference
where m.key is null or r.reference is not null
