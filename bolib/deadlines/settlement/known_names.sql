/* view: what counterparties and securities are called, by their code. */
select lei as code, name from counterparties
union all
select isin as code, name from instruments
