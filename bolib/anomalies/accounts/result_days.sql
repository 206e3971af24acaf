/* view: what is said of each book's result, beside what the journal put on the book's accounts that day; gains positive,
   in the book's currency. */
select
    s.date, s.book, s.currency, s.total, s.stated_as, b.roots, coalesce(r.recorded, cast(0 as decimal(18,2))) as recorded,
    coalesce(r.lines, 0) as lines, r.source_file, r.source_line
from stated_results s
join (
    select
        book, min(account) || case count(*) when 1 then '' when 2 then ' and ' || max(account) else ' to ' || max(account) end
            as roots
    from result_accounts group by book
) b on b.book = s.book
left join (
    select
        j.entry_date, c.book, c.currency, count(*) as lines, min(j.source_file) as source_file,
        min(j.source_line) as source_line,
        cast(sum(
            case
                when j.currency = c.currency and j.currency_amount is not null then
                    case when j.debit <> 0 then -abs(j.currency_amount) else abs(j.currency_amount) end
                else j.credit - j.debit
            end
        ) as decimal(18,2)) as recorded
    from journal j
    -- each account once a book, though two of the roots may begin it
    join (
        select distinct s.date, s.book, s.currency, u.account
        from stated_results s
        join result_accounts a on a.book = s.book
        join account_days u on u.entry_date = s.date and a.account = substring(u.account, 1, length(a.account))
    ) c on c.account = j.account and c.date = j.entry_date
    where j.entered_at is null or cast(j.entered_at as date) <= $as_of
    group by j.entry_date, c.book, c.currency
) r on r.entry_date = s.date and r.book = s.book
