/* The overdue ledger: each instalment past due, with what is left of it. */
select
    i.loan_id, i.customer_id, i.instalment_no, i.due_on, now.day - due.day as days, i.unpaid, i.unpaid_principal,
    i.unpaid_interest, i.unpaid_fees, i.last_instalments, i.currency, i.source_file, i.source_line
from instalments_left i
join ledger_days due on due.date = i.due_on
join ledger_days now on now.date = $as_of
where i.due_on < $as_of
