/* view: the lines of the nostros that belong together, or may, as results: one row a line of either side. */
select
    'NOSTRO' as reconciliation, match_id, side, key, pass, status, residual, reason
from nostro_matches
