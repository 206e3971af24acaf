/*
id: FILING-13
title: Which customers gave no self-certification of their tax residence?
rule: B-15
severity: MAJOR
key: customer_id
date: last_opened_on
owner: document
needs: [customers, accounts]
message: "{customer_id}: no self-certification of tax residence, though an account was opened on {last_opened_on}; residence on file: {residence}."
*/
select
    customer_id, accounts, last_opened_on, coalesce(tax_residence, 'none') as residence, source_file, source_line
from client_documents
where document = 'Self-certification'
