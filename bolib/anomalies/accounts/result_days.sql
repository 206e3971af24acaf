/* view: the results last published, book by book, beside what the journal put on the book's accounts that day;
   gains positive, in the book's currency. */
select
    p.date, p.book, p.currency, p.total, a.account as root,
    coalesce(cast(sum(
        case
            when j.account is null then 0
            when j.currency = p.currency and j.currency_amount is not null then
                case when j.debit <> 0 then -abs(j.currency_amount) else abs(j.currency_amount) end
            else j.credit - j.debit
        end
    ) as decimal(18,2)), cast(0 as decimal(18,2))) as recorded,
    count(j.account) as lines
from published_results p
join result_accounts a on a.book = p.book
left join journal j on j.entry_date = p.date and a.account = substring(j.account, 1, length(a.account))
    and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
group by p.date, p.book, p.currency, p.total, a.account
