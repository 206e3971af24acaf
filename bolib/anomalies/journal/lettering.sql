/*
id: JRN-22
title: Which lines are lettered together and do not add up to nil?
rule: C2.lettering
severity: MAJOR
key: account, aux_account, letter
amount: difference
currency: EUR
date: last_date
owner: account
needs: [journal]
message: "{account} {aux_account}, letter {letter}: debit {debit}, credit {credit} on {lines} line(s){undated}."
*/
select
    account, aux_account, letter, lines, debit, credit, debit - credit as difference, letter_date, last_date, source_file,
    source_line, case when dated_lines < lines then ', not all with the date of the lettering' else '' end as undated
from letterings
where debit <> credit or dated_lines < lines
