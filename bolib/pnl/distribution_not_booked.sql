/*
id: PNL-15
title: Which securities distributed were not booked?
rule: PC.distributions
severity: MAJOR
key: ca_id, book
date: ex_date
owner: book
needs: [corporate_actions, trades]
thresholds: {days: 5}
message: "{ca_id}: {book} held {isin} before {ex_date} and has no deal in {new_isin} since; {ratio_new} are due for {ratio_old}."
*/
select c.ca_id, l.book, c.isin, c.new_isin, c.type, c.ex_date, c.ratio_new, c.ratio_old, c.source_file, c.source_line
from corporate_actions c
join target_days ex on ex.date = c.ex_date
join target_days now on now.date = $as_of
join evenings e on e.isin = c.isin and e.date = $as_of
join lot_rows l on l.isin = c.isin and l.state = e.state and l.kind = 'POSITION' and l.quantity <> 0
    and l.day < ex.day and l.until_day >= ex.day
left join (select distinct book, isin, day from deal_versions) d
    on d.book = l.book and d.isin = c.new_isin and d.day >= ex.day
where c.type in ('SOFF', 'RHTS') and c.new_isin is not null and d.isin is null
  and now.day >= ex.day and now.day - ex.day <= $days
