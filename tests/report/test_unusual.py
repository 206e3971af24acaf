"""What no rule foresaw, as drawn: counts around the pair, the strip of amounts, series with their band, what is folded."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pyarrow as pa
from drawn import drawn

from bolib import report
from bolib.anomalies.unusual.pictures import COUNTS, POINT
from bolib.results import frame

DAY = date(2026, 3, 31)
ALERTS = """
    alert_id | severity | block  | key    | day        | kind   | state       | place    | cause     | sentence       | field    | value   | other   | other_value | usual_amount | low   | high   | known | score | scope          | amount  | currency | priority | chance         | source_file | source_line
    a1       | MAJOR    | trades | T1 1   | 2026-03-31 | RARE   | OPEN        | SHOWN    |           | said <b>once</b> | book   | <i>     | isin    | S0          |              |       |        |       | 9.50  | trades: x & y  | 100.00  | EUR      | 9        | no history yet | trades.csv  | 7
    a2       | MAJOR    | trades | T2 1   | 2026-03-31 | AMOUNT | OPEN        | SHOWN    |           | said           | amount   | 5000.00 | kind    | EQ S0       | 100.00       | 50.00 | 200.00 | 12    | 8.00  | trades: amount | 5000.00 | EUR      | 99       | no history yet |             |
    a3       | MAJOR    | prices | S0 day | 2026-03-31 | MOVE   | PROVISIONAL | SHOWN    |           | said           | price    | 110     | isin    | S0          | 80.00        | -500.00 | 500.00 | 59  | 12.00 | prices: move   |         | EUR      | 1        | no history yet |             |
    a4       | MINOR    | events | step   | 2026-03-31 | RARE   | OPEN        | GROUPED  | COH-01 T1 | grouped        | activity | A       | source  | B           |              |       |        |       | 7.00  | events: z      |         |          | 1        | no history yet |             |
    a5       | MINOR    | card_authorisations | AU1 | 2026-03-31 | AMOUNT | OPEN | ACCEPTED | accepted by ann | of tok_4970101234567890 | amount | 90.00 | kind | tok | 1.00 | 1.00  | 2.00   | 9     | 5.00  | card: tok_4970101234567890 | 90.00 | EUR | 1    | no history yet |             |
"""


def result(text=ALERTS, counts=(), points=()):
    """Return a result with these alerts, and what their pictures are drawn from."""
    tables = {
        "alerts": frame(drawn("alerts", text)),
        "alert_counts": frame(pa.Table.from_pylist(list(counts), schema=COUNTS)),
        "alert_points": frame(pa.Table.from_pylist(list(points), schema=POINT)),
    }
    return SimpleNamespace(tables=tables, day=SimpleNamespace(parameters={"unusual_days": 5}, as_of=DAY))


PAIR = {"alert_id": "a1", "field": "book", "other": "isin"}
CELLS = [
    PAIR | {"value": "<i>", "other_value": "S0", "count": 0, "marked": True},
    PAIR | {"value": "<i>", "other_value": "S1", "count": 3, "marked": False},
    PAIR | {"value": "EQ", "other_value": "S0", "count": 1200, "marked": False},
    PAIR | {"value": "EQ", "other_value": "S1", "count": 0, "marked": False},
]
POINTS = [
    {"alert_id": "a2", "day": DAY, "value": Decimal("100.00"), "marked": False},
    {"alert_id": "a2", "day": DAY, "value": Decimal("5000.00"), "marked": True},
    {"alert_id": "a3", "day": date(2026, 3, 30), "value": Decimal(100), "marked": False},
    {"alert_id": "a3", "day": DAY, "value": Decimal(110), "marked": True},
]


def test_the_first_in_rank_comes_first_and_the_others_are_counted_and_folded():
    html = str(report.alerts(result(counts=CELLS)).html())
    assert html.index("alert-a2") < html.index("alert-a1") < html.index("alert-a3")
    assert "alert-a4" not in html
    assert "3 alerts of the last 5 business days; 1 grouped, 1 accepted" in html
    assert "Grouped under an earlier alert or a control&#39;s finding: 1" in html
    assert "COH-01 T1" in html


def test_values_are_escaped_and_card_numbers_masked():
    html = str(report.alerts(result(counts=CELLS)).html())
    assert "said &lt;b&gt;once&lt;/b&gt;" in html
    assert "<i>" not in html
    assert "4970101234567890" not in html


def test_the_counts_around_a_pair_mark_its_own_place_and_shade_the_rest():
    html = str(report.alerts(result(counts=CELLS)).html())
    assert '<td class="number level0 marked">0</td>' in html
    assert '<td class="number level5">1,200</td>' in html
    assert '<td class="number level1">3</td>' in html


def test_an_amount_stands_beside_its_kind_and_what_would_not_be_told():
    drawn_figure = report.unusual_amounts(result(points=POINTS))
    band, usual, odd = drawn_figure.data
    assert (band["x"], usual["x"], odd["x"]) == ([50.0, 200.0], [100.0], [5000.0])
    assert odd["customdata"] == ["5,000.00 on 31 Mar 2026"]


def test_a_price_has_its_past_its_limit_and_its_odd_day():
    drawn_figure = report.unusual_series(result(points=POINTS))
    low, high, line, odd = drawn_figure.data
    assert (low["y"], high["y"]) == ([95.0], [105.0])
    assert (line["y"], odd["y"]) == ([100.0, 110.0], [110.0])
    assert "S0: left its market" in str(drawn_figure.layout["annotations"])


def test_a_day_without_alerts_says_so():
    none = ALERTS.strip().splitlines()[0]
    empty = result(none)
    assert "Nothing of the last 5 business days is unlike" in str(report.alerts(empty).html())
    assert "No amount of the last days is far" in str(report.unusual_amounts(empty).html())
    assert "no result parted from its estimate" in str(report.unusual_series(empty).html())
