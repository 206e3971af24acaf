"""The waterfall of what is left over, and what belongs to one deal, as drawn."""

from decimal import Decimal
from types import SimpleNamespace

import pyarrow as pa
from drawn import drawn

from bolib import report
from bolib.anomalies.unusual.steps import STEPS
from bolib.report.figures import PALETTE
from bolib.results import frame

ALERTS = """
    alert_id | severity | block     | key            | day        | kind     | state       | place   | currency | priority
    p        | MAJOR    | positions | SAF S0 <i>     | 2026-03-31 | POSITION | PROVISIONAL | GROUPED |          | 9
    s        | MINOR    | instalments | L1 7         | 2026-03-31 | SCHEDULE | OPEN        | SHOWN   | EUR      | 1
"""
POSITION = [
    ("before", 90_000, True),
    ("I1", 4_000, False),
    ("expected", 94_000, True),
    ("left", -500, False),
    ("now", 93_500, True),
]
SCHEDULE = [
    ("interest", 3, False),
    ("principal", 5, False),
    ("due", 8, True),
    ("beyond", 2, False),
    ("asked", 10, True),
]


def result(*told):
    rows = [
        {
            "alert_id": name,
            "rank": rank,
            "label": label,
            "amount": Decimal(amount),
            "level": level,
            "marked": label in ("left", "beyond"),
        }
        for name, steps in told
        for rank, (label, amount, level) in enumerate(steps, 1)
    ]
    causes = """
        object | rank | control | key      | sentence
        T2     | 1    | COH-01  | T2       | Which?
        T2     | 2    | JRN-21  | SEC <b>  | Which?
        T1     | 1    | COH-03  | T1       | Where?
        T1     | 2    | ORD-01  | T1       | Which?
        T1     | 3    | DEPOT-01 | SAF S0  | Which?
    """
    tables = {"alerts": frame(drawn("alerts", ALERTS)), "causes": frame(drawn("causes", causes))}
    return SimpleNamespace(tables=tables | {"alert_steps": frame(pa.Table.from_pylist(rows, schema=STEPS))})


def test_a_sum_is_built_up_from_where_the_step_before_ended_and_levels_from_nothing():
    schedule, position = report.unusual_residuals(result(("p", POSITION), ("s", SCHEDULE))).data
    assert position["base"] == [0.0, 90_000.0, 0.0, 94_000.0, 0.0]
    assert position["text"] == ["90,000", "+4,000", "94,000", "−500", "93,500"]
    assert schedule["base"] == [0.0, 3.0, 0.0, 8.0, 0.0]
    marked = [colours["marker"]["color"].index(PALETTE["critical"]) for colours in (schedule, position)]
    assert marked == [3, 3]


def test_a_small_move_beside_a_large_level_is_drawn_large_and_a_sum_from_nothing_is_not_cut():
    layout = report.unusual_residuals(result(("p", POSITION), ("s", SCHEDULE))).layout
    assert layout["xaxis"]["range"][0] == 0
    assert 80_000 < layout["xaxis2"]["range"][0] < 90_000 and layout["xaxis2"]["range"][1] > 94_000


def test_what_a_key_says_is_escaped_and_a_day_without_says_so():
    drawn_figure = report.unusual_residuals(result(("p", POSITION)))
    assert "<i>" not in str(drawn_figure.layout) + str(drawn_figure.html())
    assert "is what was expected of it" in str(report.unusual_residuals(result()).html())


def test_the_deal_with_the_most_findings_comes_first_with_who_showed_it_first():
    html = str(report.causes(result()).html())
    assert html.index("COH-03: Where?") < html.index("ORD-01 T1, DEPOT-01 SAF S0") < html.index("COH-01: Which?")
    assert "<b>" not in html
