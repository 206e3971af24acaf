/*
id: JRN-14
title: Which entries join accounts that hardly ever meet?
rule: C2.pair.seldom
severity: MINOR
key: journal_code, entry_no
amount: debit
currency: EUR
date: entry_date
owner: journal
thresholds: {nats: 7.5, most: 3}
needs: [journal]
message: "{journal_code} {entry_no} of {entry_date}: {debit_account} against {credit_account}, seen in {seen} entries where {expected} were to be expected: {debit}, {label}."
*/
select
    e.journal_code, e.entry_no, e.entry_date, e.debit, e.debit_account, e.credit_account, r.seen, r.expected, r.nats,
    e.entered_by, e.document_ref, e.label, e.source_file, e.source_line
from entries e
join entry_rarity r on r.kind = 'ACCOUNTS' and r.one = e.debit_account and r.other = e.credit_account
where r.nats >= $nats and r.seen <= $most and e.reverses is null and coalesce(e.origin, 'MANUAL') <> 'AUTO'
