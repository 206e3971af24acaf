/* view: what each cash machine says of a day against the ledger of its cash; `loaded` and `dispensed` differences are
   ledger less machine. A difference that the day before or after undoes is a matter of cut-off. */
select
    d.*,
    case
        when lag(d.age_days) over (partition by d.atm, d.currency order by d.date) - d.age_days <= 1
            then lag(d.difference) over (partition by d.atm, d.currency order by d.date)
    end as before,
    case
        when d.age_days - lead(d.age_days) over (partition by d.atm, d.currency order by d.date) <= 1
            then lead(d.difference) over (partition by d.atm, d.currency order by d.date)
    end as after
from (
    select
        coalesce(c.atm, l.account) as atm, coalesce(c.date, l.booking_date) as date, coalesce(c.currency, l.currency) as currency,
        c.loaded, c.dispensed, l.received, l.given, now.day - day.day as age_days,
        case when c.atm is null then false else true end as counted, case when l.account is null then false else true end as booked,
        coalesce(l.received, cast(0 as decimal(18,2))) - coalesce(c.loaded, cast(0 as decimal(18,2)))
            - (coalesce(l.given, cast(0 as decimal(18,2))) - coalesce(c.dispensed, cast(0 as decimal(18,2)))) as difference,
        c.source_file, c.source_line, l.source_file as ledger_file, l.source_line as ledger_line
    from (
        select atm, date, currency, loaded, dispensed, source_file, source_line
        from known_counts
        where atm in (select account from booked_entries)
    ) c
    full outer join (
        select
            account, booking_date, currency, cast(sum(case when amount > 0 then amount else 0 end) as decimal(18,2)) as received,
            cast(sum(case when amount < 0 then -amount else 0 end) as decimal(18,2)) as given,
            min(source_file) as source_file, min(source_line) as source_line
        from booked_entries
        where account in (select atm from known_counts)
        group by account, booking_date, currency
    ) l on l.account = c.atm and l.booking_date = c.date and l.currency = c.currency
    join target_days now on now.date = $as_of
    join target_days day on day.date = coalesce(c.date, l.booking_date)
) d
