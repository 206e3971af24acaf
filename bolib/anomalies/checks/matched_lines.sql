/* view: the rows of both sides that were matched without a person, where a person may find the match wrong: accounts at
   correspondents, card payments and the accounts they debit, holdings, days of cash machines and deals. `said` is what is to be
   checked where it is no line of a file: the sum that makes a holding, the cash of a day. */
select 'NOSTRO' as reconciliation, m.match_id, m.side, m.key, m.pass, m.residual, o.amount, o.currency, cast(null as string) as said
from nostro_matches m
join (
    select 'LEFT' as side, key, amount, currency from nostro_ours
    union all select 'RIGHT' as side, key, amount, currency from nostro_theirs
) o on o.side = m.side and o.key = m.key
where m.status = 'AUTO'
union all
select p.reconciliation, p.match_id, p.side, p.key, p.pass, p.residual, o.amount, o.currency, cast(null as string) as said
from (
    select reconciliation, match_id, side, key, pass, status, residual from card_pairs
    union all select reconciliation, match_id, side, key, pass, status, residual from account_pairs
) p
join (
    select 'CARDS' as reconciliation, 'LEFT' as side, authorisation_id as key, amount, currency from known_authorisations
    union all select 'CARDS' as reconciliation, 'RIGHT' as side, arn as key, amount, currency from card_lines
    union all select 'CARD_ACCOUNTS' as reconciliation, 'LEFT' as side, arn as key, due as amount, currency from account_lines
    union all
    select 'CARD_ACCOUNTS' as reconciliation, 'RIGHT' as side, account || ' ' || entry_id as key, amount, currency
    from booked_entries
) o on o.reconciliation = p.reconciliation and o.side = p.side and o.key = p.key
where p.status = 'AUTO'
union all
select
    p.reconciliation, p.match_id, p.side, p.key, p.pass, p.residual, cast(null as decimal(18,2)) as amount,
    cast(null as string) as currency, d.arithmetic as said
from depot_pairs p
join depot d on d.account || ' ' || d.isin = p.key
union all
select
    p.reconciliation, p.match_id, p.side, p.key, p.pass, p.residual, m.loaded - m.dispensed as amount, m.currency,
    'loaded ' || cast(m.loaded as string) || ', dispensed ' || cast(m.dispensed as string) as said
from machine_pairs p
join machine_lines m on 'ATM ' || m.atm || ' ' || cast(m.date as string) || ' ' || m.currency = p.match_id
union all
select p.reconciliation, p.match_id, p.side, p.key, p.pass, p.residual, r.amount, r.currency, cast(null as string) as said
from trade_pairs p
join trade_rows r on r.trade_id = p.key and r.side = p.side
