/* view: the open items, each with its age in calendar days, its owner, and another item of the same document that would
   clear it. */
select
    i.account, i.aux_account, i.item, i.entry_date, i.amount, i.side, i.label, i.document_ref, i.party, i.letter, i.entered_by,
    a.age_days, a.band, coalesce(own.owner, every.owner) as owner, t.twin, i.source_file, i.source_line
from suspense_lines i
join item_ages a on a.date = i.entry_date
left join owners own on own.object_type = 'account' and own.match = i.account
left join owners every on every.object_type = 'account' and every.match = '*'
left join (
    select x.item, min(y.item) as twin
    from suspense_lines x
    join suspense_lines y on y.account = x.account and y.amount = -x.amount and not y.cleared
        and coalesce(y.event_id, y.document_ref) = coalesce(x.event_id, x.document_ref)
    where not x.cleared
    group by x.item
) t on t.item = i.item
where not i.cleared
