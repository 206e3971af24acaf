/* The payments of the loans that are looked at one by one. */
select r.* from arrears_receipts r join followed_loans f on f.loan = r.loan
