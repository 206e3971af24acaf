"""Alerts of every place as the report functions ask for them, with what their pictures are drawn from."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa
from drawn import drawn

from bolib.anomalies.unusual.pictures import COUNTS, POINT
from bolib.anomalies.unusual.steps import STEPS
from bolib.results import frame

DAY = date(2026, 3, 31)
ALERTS = """
    alert_id | severity | block  | key    | day        | kind   | state       | place    | cause     | sentence       | field    | value   | other   | other_value | usual_amount | low   | high   | known | score | scope          | amount  | currency | priority | chance         | source_file | source_line
    a1       | MAJOR    | trades | T1 1   | 2026-03-31 | RARE   | OPEN        | SHOWN    |           | said <b>once</b> | book   | <i>     | isin    | S0          |              |       |        |       | 9.50  | trades: x & y  | 100.00  | EUR      | 9        | no history yet | trades.csv  | 7
    a2       | MAJOR    | trades | T2 1   | 2026-03-31 | AMOUNT | OPEN        | SHOWN    |           | said           | amount   | 5000.00 | kind    | EQ <script>window.broken = true</script> | 100.00       | 50.00 | 200.00 | 12    | 8.00  | trades: amount | 5000.00 | EUR      | 99       | no history yet |             |
    a3       | MAJOR    | prices | S0 day | 2026-03-31 | MOVE   | PROVISIONAL | SHOWN    |           | said           | price    | 110     | isin    | S0          | 80.00        | -500.00 | 500.00 | 59  | 12.00 | prices: move   |         | EUR      | 1        | no history yet |             |
    a4       | MINOR    | events | step   | 2026-03-31 | RARE   | OPEN        | GROUPED  | COH-01 T1 | grouped        | activity | A       | source  | B           |              |       |        |       | 7.00  | events: z      |         |          | 1        | no history yet |             |
    a5       | MINOR    | card_authorisations | AU1 | 2026-03-31 | AMOUNT | OPEN | ACCEPTED | accepted by ann | of tok_4970101234567890 | amount | 90.00 | kind | tok | 1.00 | 1.00  | 2.00   | 9     | 5.00  | card: tok_4970101234567890 | 90.00 | EUR | 1    | no history yet |             |
"""  # fmt: skip
PAIR = {"alert_id": "a1", "field": "book", "other": "isin"}
CELLS = [
    PAIR | {"value": "<i>", "other_value": "S0", "count": 0, "marked": True},
    PAIR | {"value": "<i>", "other_value": "S1", "count": 3, "marked": False},
    PAIR | {"value": "EQ", "other_value": "S0", "count": 1200, "marked": False},
    PAIR | {"value": "EQ", "other_value": "S1", "count": 0, "marked": False},
]
CAUSES = """
    object | rank | control | key   | sentence
    T1     | 1    | COH-01  | T1    | the other <i>side
    T1     | 2    | JRN-20  | T1 E1 | the entry too
"""
POINTS = [
    {"alert_id": "a2", "day": DAY, "value": Decimal("100.00"), "marked": False},
    {"alert_id": "a2", "day": DAY, "value": Decimal("5000.00"), "marked": True},
    {"alert_id": "a3", "day": date(2026, 3, 30), "value": Decimal(100), "marked": False},
    {"alert_id": "a3", "day": DAY, "value": Decimal(110), "marked": True},
]


def unusual(text: str = ALERTS, counts: list[dict] = CELLS, points: list[dict] = POINTS) -> dict[str, pd.DataFrame]:
    """Return the tables of these alerts, by name."""
    return {
        "alerts": frame(drawn("alerts", text)),
        "alert_counts": frame(pa.Table.from_pylist(counts, schema=COUNTS)),
        "alert_points": frame(pa.Table.from_pylist(points, schema=POINT)),
        "alert_steps": frame(STEPS.empty_table()),
        "causes": frame(drawn("causes", CAUSES)),
    }
