/* The loans that are looked at one by one, by the names users know. */
select l.loan_id from arrears_loans l join followed_loans f on f.loan = l.loan
