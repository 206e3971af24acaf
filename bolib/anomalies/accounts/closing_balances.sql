/* view: each account's closing balance, the last on the day or before it, and what the journal moved since. Missing: the
   day has none, and the account was not left at nil, as a new fiscal year leaves those of the result. */
select
    b.account, b.account_label, b.side, b.kind, b.span, b.date, b.closing, coalesce(m.lines, 0) as lines_since,
    coalesce(m.moved, cast(0 as decimal(18,2))) as moved_since,
    b.date < $as_of and ((b.closing <> 0 and not b.ends) or m.account is not null) as missing, b.source_file, b.source_line
from (
    select a.*, row_number() over (partition by a.account order by a.date desc) as place from account_balances a
) b
left join (
    select
        l.account, cast(sum(a.lines) as bigint) as lines, cast(sum(a.debit - a.credit) as decimal(18,2)) as moved
    from (select account, max(date) as date from balance_days group by account) l
    join account_days a on a.account = l.account and a.entry_date > l.date
    join account_spans s on s.account = a.account and s.date = a.entry_date and not s.past
    group by l.account
) m on m.account = b.account
where b.place = 1
