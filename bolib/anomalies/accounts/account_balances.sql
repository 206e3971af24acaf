/* view: each account, each day: opening, movements and closing, debit positive, beside what the journal says moved it
   since the day before. Due: what it had closed at; nil for an account of the result in a new fiscal year, whose result
   goes to the accounts that carry it. Proven: it opens at what is due, and the journal moved it by the same amounts. */
select
    b.date, b.account, coalesce(u.account_label, r.chart_label) as account_label, r.side, r.kind, b.opening, b.debit, b.credit,
    b.closing, b.journal_debit, b.journal_credit, b.last_date, b.last_closing, b.due, b.span, b.cut, b.ends, b.journal_lines,
    coalesce(b.opening = b.due, true) and b.debit = b.journal_debit and b.credit = b.journal_credit as proven,
    b.source_file, b.source_line
from (
    select
        t.date, t.account, t.opening, t.debit, t.credit, t.closing, t.last_date, t.last_closing, t.source_file, t.source_line,
        t.span, t.cut, t.ends,
        case
            when t.cut and t.last_date is null then cast(0 as decimal(18,2))
            -- several accounts may take it, a profit one and a loss another: together they take all of it
            when c.moved = c.total then t.opening
            when c.total is not null then coalesce(t.last_closing, cast(0 as decimal(18,2))) + c.total
            else t.last_closing
        end as due,
        coalesce(m.debit, cast(0 as decimal(18,2))) as journal_debit,
        coalesce(m.credit, cast(0 as decimal(18,2))) as journal_credit, coalesce(m.lines, 0) as journal_lines
    from balance_days t
    left join carried_results c on t.kind = 'CARRIED' and t.opens_year and c.year = t.year
    left join (
        select
            t.account, t.date, cast(sum(a.debit) as decimal(18,2)) as debit, cast(sum(a.credit) as decimal(18,2)) as credit,
            cast(sum(a.lines) as bigint) as lines
        from balance_days t
        join account_days a on a.account = t.account
        join account_spans s on s.account = a.account and s.date = a.entry_date and s.span = t.span
        -- the last balance of a year answers for all that is left of the year
        where (a.entry_date <= t.date or t.ends)
            and (a.entry_date > t.last_date or (t.last_date is null and (a.entry_date >= t.date or t.cut)))
        group by t.account, t.date
    ) m on m.account = t.account and m.date = t.date
    union all
    select
        j.date, j.account, j.opening, j.debit, j.credit, j.closing, cast(null as date) as last_date,
        cast(null as decimal(18,2)) as last_closing, cast(null as string) as source_file, cast(null as bigint) as source_line,
        j.span, false as cut, false as ends, cast(null as decimal(18,2)) as due, j.debit as journal_debit,
        j.credit as journal_credit, cast(0 as bigint) as journal_lines
    from journal_balances j
) b
left join account_roots r on r.account = b.account
left join accounts_used u on u.account = b.account
