/*
id: JRN-21
title: Which entries are not what the scheme of their operation says?
rule: C2.event.entries
severity: MAJOR
key: journal_code, entry_no
amount: amount
date: entry_date
owner: journal
needs: [accounting_scheme, settlements, trades, journal.event_id]
message: "{journal_code} {entry_no} for {event_id} ({event_type}): {faults} line(s) not as the scheme says; the first is {side} {root}, {amount} {currency} to be recorded, {recorded} recorded{late}."
*/
select
    journal_code, entry_no, event_id, trade_id, event_type, entry_date, settled_on, faults, root, side, amount, recorded, currency, late,
    source_file, source_line, event_file, event_line
from (
    select
        l.*, count(*) over (partition by l.journal_code, l.entry_no) as faults,
        row_number() over (partition by l.journal_code, l.entry_no order by l.line_no, l.root) as place
    from (
        select
            e.journal_code, e.entry_no, s.event_id, s.trade_id, s.event_type, e.entry_date, s.settled_on, s.line_no, s.root, s.side,
            s.amount, coalesce(f.recorded, cast(0 as decimal(18,2))) as recorded, s.currency, e.source_file, e.source_line,
            s.source_file as event_file, s.source_line as event_line,
            case when e.entry_date <> s.settled_on then ', on another date' else '' end as late
        from scheme_lines s
        join entries e on e.event_id = s.event_id
        left join entry_reversals r on r.journal_code = e.journal_code and r.entry_no = e.entry_no
        left join scheme_found f on f.journal_code = e.journal_code and f.entry_no = e.entry_no and f.line_no = s.line_no
        where r.entry_no is null and (f.recorded is null or f.recorded <> s.amount or e.entry_date <> s.settled_on)
        union all
        select
            f.journal_code, f.entry_no, f.event_id, f.trade_id, f.event_type, f.entry_date, f.settled_on, 999 as line_no, f.root, f.side,
            cast(0 as decimal(18,2)) as amount, f.recorded, f.currency, f.source_file, f.source_line, f.event_file,
            f.event_line, '' as late
        from scheme_unexpected f
        left join entry_reversals r on r.journal_code = f.journal_code and r.entry_no = f.entry_no
        where r.entry_no is null
    ) l
) told
where place = 1
