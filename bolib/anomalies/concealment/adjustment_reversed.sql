/*
id: CON-05
title: Which manual adjustments of the result were taken back within days?
rule: C3.adjustment.reversed
severity: MAJOR
key: adjustment_id, twin
amount: amount
date: date
owner: book
needs: [adjustments]
thresholds: {within_days: 5, looked_back_days: 10}
message: "{book}: {amount} {currency} on {date} ({adjustment_id}, {author}: {reason}) taken back on {twin_date} ({twin}, {twin_author}: {twin_reason})."
*/
select
    a.adjustment_id, b.adjustment_id as twin, a.book, a.amount, a.currency, a.date, b.date as twin_date, a.reason,
    b.reason as twin_reason, a.author, b.author as twin_author, a.approver, a.source_file, a.source_line,
    b.source_file as twin_file, b.source_line as twin_line
from adjustments a
join adjustments b on b.book = a.book and b.currency = a.currency and b.amount = -a.amount
    and (b.date > a.date or b.date = a.date and b.adjustment_id > a.adjustment_id)
join target_days now on now.date = $as_of
join target_days made on made.date = a.date
join target_days undone on undone.date = b.date
where a.amount <> 0 and b.date <= $as_of and undone.day - made.day <= $within_days
    and now.day - undone.day < $looked_back_days
