/*
id: JRN-09
title: Which entries were written by hand at night or on a closed day?
rule: C2.entry.hours
severity: MINOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entered_on
owner: journal
thresholds: {earliest: "05:00", latest: "21:00"}
needs: [journal.origin, journal.entered_at]
message: "{journal_code} {entry_no}: written by {entered_by} {entered_at}, {moment}: {debit}, {label}."
*/
select
    e.journal_code, e.entry_no, e.entry_date, e.entered_by, e.entered_at, cast(e.entered_at as date) as entered_on,
    e.approved_by, e.debit, e.document_ref, e.label, e.source_file, e.source_line,
    case
        when c.date is not null then 'on a day the bank is closed' when d.open then 'outside working hours'
        else 'on a weekend or holiday'
    end as moment
from entries e
join target_days d on d.date = cast(e.entered_at as date)
left join own_closing_days c on c.date = d.date
where e.origin = 'MANUAL' and (
    not d.open or c.date is not null or substring(cast(e.entered_at as string), 12, 5) < $earliest
    or substring(cast(e.entered_at as string), 12, 5) > $latest
)
