/* view: the result of each book and day beside its gross exposure of the evening before. */
select r.book as name, d.day, r.total as change, x.exposure as base
from pnl_books r
join pnl_days d on d.date = r.date
join exposures_by_day x on x.book = r.book and x.day = d.day - 1
