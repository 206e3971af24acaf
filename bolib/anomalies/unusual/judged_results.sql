/* view: what parts the front office's estimate from the official result, of each book and day published so far. */
select
    'pnl_books' as block, cast(b.date as string) || ' ' || b.book as key, b.date as day,
    now.day - d.day < $unusual_days as judged, b.book as kind, cast(null as string) as wider, b.difference as amount
from published_books b
join target_days d on d.date = b.date
join target_days now on now.date = $as_of
where b.date < $as_of
