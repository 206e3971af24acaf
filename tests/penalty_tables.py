"""Tables of cash penalties as the page reads them: two months, a difference, a day left out, one not computable."""

import pandas as pd
from drawn import drawn

from bolib.results import frame
from bolib.tables.results import RESULTS
from bolib.views import complete

LINES = """
    instruction_id | date       | type | quantity | reference_price | rate_bp    | amount | currency | direction | reported | difference | cause        | why                   | charged_on | counterparty | reason
    I1             | 2026-03-04 | SEFP | 248000   | 101.638         | 0.66666667 | 16.80  | EUR      | CREDIT    | 35.20    | 18.40      | UNEXPLAINED  | no single factor      | 2026-03-04 | L1           | MONY
    I1             | 2026-03-05 | SEFP | 248000   | 101.884         | 0.66666667 | 16.84  | EUR      | CREDIT    | 16.84    | 0.00       |              |                       | 2026-03-05 | L1           | MONY
    I2             | 2026-02-05 | LMFP | 1000     | 10.00           | 1.00000000 | 1.00   | EUR      | DEBIT     |          | 1.00       | DAYS         | this day not reported | 2026-02-06 | L2           |
    I3             | 2026-02-05 | SEFP |          |                 |            |        |          |           | 3.22     |            | NOT_COMPUTED | no price of the day   | 2026-02-05 |              | LACK
"""
NETS = """
    month   | counterparty | name            | currency | to_pay | to_receive | net   | reported_net | difference | disputed | differences | not_computed
    2026-03 | L1           | <b>Bank</b> One | EUR      | 0.00   | 33.64      | 33.64 | 52.04        | 18.40      | 18.40    | 1           | 0
    2026-02 | L2           | Bank Two        | EUR      | 1.00   | 0.00       | -1.00 |              | 1.00       | 1.00     | 1           | 0
    2026-02 |              |                 |          |        |            |       |              |            |          | 0           | 1
"""
MONTHS = """
    month   | appeal_until | report_on  | payment_on | days_left
    2026-02 | 2026-03-13   | 2026-03-19 | 2026-03-25 | -12
    2026-03 | 2026-04-14   | 2026-04-20 | 2026-04-24 | 10
"""
PENDING = """
    counterparty | name     | currency | type | reason | direction | instructions | a_day | so_far | not_computed
    L1           | Bank One | EUR      | SEFP | MONY   | CREDIT    | 1            | 16.80 | 421.20 | 0
"""
MONEY = "decimal(18,2)"
TYPES = dict.fromkeys(
    ("to_pay", "to_receive", "net", "reported_net", "difference", "disputed", "a_day", "so_far"), MONEY
)
TYPES |= dict.fromkeys(("appeal_until", "report_on", "payment_on"), "date")
TYPES |= dict.fromkeys(("days_left", "differences", "not_computed", "instructions"), "bigint")
TYPES |= dict.fromkeys(("month", "counterparty", "name", "currency", "type", "reason", "direction"), "varchar")


NETS_HEAD, PENDING_HEAD, LINES_HEAD = (text.strip().splitlines()[0] for text in (NETS, PENDING, LINES))


def penalty_tables(lines: str = LINES, nets: str = NETS, pending: str = PENDING) -> dict[str, pd.DataFrame]:
    """Return the tables the section on penalties shows; with the heads alone, those of a day without any."""
    drawings = {"penalties_net": nets, "penalty_months": MONTHS, "penalties_pending": pending}
    tables = {name: frame(drawn(name, text, TYPES)) for name, text in drawings.items()}
    computed = complete(RESULTS["penalties_computed"], drawn("penalties_computed", lines))
    return tables | {"penalties_computed": frame(computed)}
