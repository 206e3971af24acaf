/* The instalments of the loans that are looked at one by one. */
select d.* from arrears_dues d join followed_loans f on f.loan = d.loan
