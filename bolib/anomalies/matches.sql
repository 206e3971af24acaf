/* view: what belongs together on two sides, or may, whatever the reconciliation: one row a line of either side. */
select reconciliation, match_id, side, key, pass, status, residual, reason from nostro_pairs
union all select reconciliation, match_id, side, key, pass, status, residual, reason from card_pairs
union all select reconciliation, match_id, side, key, pass, status, residual, reason from account_pairs
union all select reconciliation, match_id, side, key, pass, status, residual, reason from machine_pairs
union all select reconciliation, match_id, side, key, pass, status, residual, reason from depot_pairs
union all select reconciliation, match_id, side, key, pass, status, residual, reason from trade_pairs
