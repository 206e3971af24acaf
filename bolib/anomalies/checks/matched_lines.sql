/* view: the rows of both sides that were matched without a person, where a person may find the match wrong: accounts at
   correspondents, card payments and the accounts they debit. Sums by day and holdings agree or do not. */
select 'NOSTRO' as reconciliation, m.match_id, m.side, m.key, m.pass, m.residual, o.amount, o.currency
from nostro_matches m
join (
    select 'LEFT' as side, key, amount, currency from nostro_ours
    union all select 'RIGHT' as side, key, amount, currency from nostro_theirs
) o on o.side = m.side and o.key = m.key
where m.status = 'AUTO'
union all
select p.reconciliation, p.match_id, p.side, p.key, p.pass, p.residual, o.amount, o.currency
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
