/* view: what is said of each book's result: the official one last published, else the desk's estimate of the last day
   before this one, with what was adjusted since; gains positive, in the book's currency. */
select date, book, currency, total, 'official result' as stated_as from published_results
union all
select
    f.date, f.book, f.currency, cast(f.amount + coalesce(a.amount, 0) as decimal(18,2)) as total,
    case when a.book is null then 'estimate of the desk' else 'estimate of the desk, adjusted' end as stated_as
from pnl_flash f
join (select max(date) as date from pnl_flash where date < $as_of) last on last.date = f.date
left join published_results p on p.book = f.book and p.date = f.date
left join (
    select date, book, currency, cast(sum(amount) as decimal(18,2)) as amount from adjustments group by date, book, currency
) a on a.date = f.date and a.book = f.book and a.currency = f.currency
where p.book is null
