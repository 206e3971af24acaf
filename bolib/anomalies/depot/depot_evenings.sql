/* view: the evenings of the last days on which each account's custodian stated holdings; rank 1 is the last. An account
   of which a book is held elsewhere too is left out: its own position is not known. */
select s.account, s.date as evening, row_number() over (partition by s.account order by s.date desc) as rank
from (
    select distinct c.account, c.date
    from custody_positions c
    join target_days day on day.date = c.date
    join target_days now on now.date = $as_of
    where c.date <= $as_of and now.day - day.day <= $depot_days
        and (c.known_at is null or cast(c.known_at as date) <= $as_of)
) s
left join depot_unlinked u on u.account = s.account
where u.account is null
