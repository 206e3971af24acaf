/*
id: JRN-15
title: Who writes on accounts that others keep?
rule: C2.user.unusual
severity: MINOR
key: entered_by, account
amount: debit
currency: EUR
date: entry_date
owner: journal
thresholds: {nats: 7.5, most: 3}
needs: [journal.user]
message: "{entered_by} wrote {seen} time(s) on {account}, last on {entry_date}, where {expected} were to be expected: {debit} in all."
*/
select
    r.one as entered_by, r.other as account, r.seen, r.expected, r.nats, max(e.entry_date) as entry_date,
    cast(sum(e.debit) as decimal(18,2)) as debit, min(e.journal_code || ' ' || e.entry_no) as first_entry, min(e.source_file) as source_file,
    min(e.source_line) as source_line
from entry_rarity r
join entries e on e.entered_by = r.one and (e.debit_account = r.other or e.credit_account = r.other)
where r.kind = 'PERSON' and r.nats >= $nats and r.seen <= $most and coalesce(e.origin, 'MANUAL') <> 'AUTO'
group by r.one, r.other, r.seen, r.expected, r.nats
