/* view: the holdings that are not explained this evening, so that tomorrow knows since when. */
select account, isin, residual, since
from depot_breaks
