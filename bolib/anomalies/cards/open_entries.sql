/* view: the entries of the ledger under clearings and days of cash machines that are open this evening. */
select distinct
    e.account, e.entry_id, e.booking_date, e.amount, e.currency, e.reference, e.source_file as file, e.source_line as line
from booked_entries e
left join open_clearings c on c.account = e.account and c.arn = e.reference
left join machine_judged m on m.atm = e.account and m.date = e.booking_date and m.currency = e.currency
where c.arn is not null or m.atm is not null
