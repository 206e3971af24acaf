/* view: each operation of a sub-ledger and of its account of the general ledger, by reference, from the day both have
   begun; amounts in the sub-ledger's currency, received positive. */
select
    r.ledger, r.sub_account, r.currency, i.reference, cast(sum(i.sub_amount) as decimal(18,2)) as sub_amount,
    cast(sum(i.ledger_amount) as decimal(18,2)) as ledger_amount, min(i.sub_date) as sub_date,
    min(i.ledger_date) as ledger_date, min(i.sub_entry) as sub_entry, min(i.entry) as entry, min(i.sub_file) as sub_file,
    min(i.sub_line) as sub_line, min(i.source_file) as source_file, min(i.source_line) as source_line
from (
    select
        l.account as sub_account, l.currency, coalesce(l.reference, l.entry_id) as reference, l.amount as sub_amount,
        cast(0 as decimal(18,2)) as ledger_amount, l.booking_date as sub_date, cast(null as date) as ledger_date,
        l.entry_id as sub_entry, cast(null as string) as entry, l.source_file as sub_file, l.source_line as sub_line,
        cast(null as string) as source_file, cast(null as bigint) as source_line
    from ledger_lines l
    join subledger_accounts a on a.sub_account = l.account and a.currency = l.currency
    join (select account, min(entry_date) as began from account_days group by account) f
        on f.account = a.ledger and l.booking_date >= f.began
    where l.booking_date <= $as_of
    union all
    select
        a.sub_account, a.currency, coalesce(j.event_id, j.document_ref) as reference, cast(0 as decimal(18,2)) as sub_amount,
        case
            when j.currency = a.currency and j.currency_amount is not null then
                case when j.debit <> 0 then abs(j.currency_amount) else -abs(j.currency_amount) end
            else j.debit - j.credit
        end as ledger_amount,
        cast(null as date) as sub_date, j.entry_date as ledger_date, cast(null as string) as sub_entry,
        j.journal_code || ' ' || j.entry_no as entry, cast(null as string) as sub_file, cast(null as bigint) as sub_line,
        j.source_file, j.source_line
    from journal j
    join subledger_accounts a on a.ledger = j.account
    join (select account, min(booking_date) as began from ledger_lines group by account) f
        on f.account = a.sub_account and j.entry_date >= f.began
    where j.entry_date <= $as_of and (j.entered_at is null or cast(j.entered_at as date) <= $as_of)
) i
join subledger_accounts r on r.sub_account = i.sub_account and r.currency = i.currency
group by r.ledger, r.sub_account, r.currency, i.reference
