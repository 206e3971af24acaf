"""Three deals as both offices have them, the book of one a script: what the report makes of them, and its tables."""

from functools import cache

import pandas as pd
from drawn_day import drawn_day

from bolib.anomalies import produce
from bolib.results import Result

DEALS = """
    trade_id | version | action | book | isin | side | quantity | price | currency | gross_amount | net_amount | fees | trade_date | settlement_date | counterparty | entered_at
    MISSING  | 1       | NEW    | B    | X    | BUY  | 20       | 5.00  | EUR      | 100.00       | 100.00     | 0.00 | 2026-03-27 | 2026-03-31      | LEI          | 2026-03-27 09:00
    PRICE    | 1       | NEW    | B    | X    | BUY  | 30       | 5.00  | EUR      | 150.00       | 150.00     | 0.00 | 2026-03-30 | 2026-04-01      | LEI          | 2026-03-30 09:00
    COSTS    | 1       | NEW    | <script>window.broken = true</script> | X    | BUY  | 30       | 5.00  | USD      | 1150.00      | 1150.00    | 0.00 | 2026-03-30 | 2026-04-01      | LEI          | 2026-03-30 09:00
"""  # fmt: skip
BOOKED = """
    trade_id | version | action | book | isin | side | quantity | price   | currency | gross_amount | net_amount | fees | trade_date | settlement_date | counterparty | entered_at
    PRICE    | 1       | NEW    | B    | X    | BUY  | 30       | 5.10    | EUR      | 153.00       | 151.00     | 0.00 | 2026-03-30 | 2026-04-01      | LEI          | 2026-03-30 09:10
    COSTS    | 1       | NEW    | <script>window.broken = true</script> | X    | BUY  | 30       | 5.00    | USD      | 1150.00      | 1150.00    | 0.50 | 2026-03-30 | 2026-04-01      | LEI          | 2026-03-30 09:10
"""  # fmt: skip
OWNERS = """
    object_type | match | owner | team
    trade       | *     | ann   | Middle office
"""


@cache
def compared() -> Result:
    """Return the anomalies of three deals: one not booked, one at another price, one with another fee."""
    return produce(drawn_day("anomalies", "2026-03-31", trades=DEALS, bookings=BOOKED, owners=OWNERS))


def operations() -> dict[str, pd.DataFrame]:
    """Return the tables of operations, by name."""
    return {name: compared().tables[name] for name in ("differences", "trade_sums", "funnel", "operation_states")}
