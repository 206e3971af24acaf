/* view: what stands on our own accounts tonight, by currency: the last closing each correspondent stated, and what our
   record has moved since. */
select
    s.currency, count(*) as accounts, min(s.account) as account, min(s.to_date) as stated_on,
    cast(sum(s.closing + coalesce(m.moved, 0)) as decimal(18,2)) as balance, min(s.source_file) as source_file,
    min(s.source_line) as source_line
from (
    select t.*, row_number() over (partition by account order by to_date desc, statement_no desc) as place
    from statements t
    where to_date <= $as_of
) s
left join (
    select l.account, l.currency, cast(sum(l.amount) as decimal(18,2)) as moved
    from ledger_lines l
    join (select account, max(to_date) as to_date from statements where to_date <= $as_of group by account) t
        on t.account = l.account and l.booking_date > t.to_date
    where l.booking_date <= $as_of
    group by l.account, l.currency
) m on m.account = s.account and m.currency = s.currency
where s.place = 1
group by s.currency
