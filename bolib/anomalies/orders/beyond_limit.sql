/*
id: ORD-08
title: What goes beyond a limit of its trader, book or counterparty?
rule: C3.limit
severity: CRITICAL
key: subject, kind, what
amount: gross_eur
currency: reported_currency
date: date
owner: trade
needs: [trades, limits, fx_rates]
thresholds: {looked_back_days: 10}
message: "{subject} ({role}), {what}: {gross_eur} EUR gross, beyond the limit of {limit_amount} {limit_currency} ({kind}, since {valid_from}, approved by {approved_by})."
*/
select
    u.subject, u.role, u.kind, u.what, u.date, u.gross_eur, 'EUR' as reported_currency, l.gross as limit_amount,
    l.currency as limit_currency, l.valid_from, l.approved_by, l.limit_file, l.limit_line
from limit_uses u
join limits_in_euros l on l.subject = u.subject and l.kind = u.kind and l.valid_from <= u.date
    and (l.valid_to is null or u.date <= l.valid_to) and (l.next_from is null or u.date < l.next_from)
join t2s_days now on now.date = $as_of
join t2s_days used on used.date = u.date
where now.day - used.day < $looked_back_days
    and (
        u.currency = l.currency and u.gross_amount > l.gross
        or (u.currency <> l.currency or u.gross_amount is null) and u.gross_eur > l.cash_gross
    )
