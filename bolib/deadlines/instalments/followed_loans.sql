/* Loans of which the instalments are looked at one by one: past due, or with one to pay soon. */
select d.loan from counted_days d where d.day = $as_of and d.amount_past_due > 0
union
select d.loan from arrears_dues d where d.due_on >= $as_of
