"""What a reader sees of operations: differences by class, the funnel and its operations, the checks before booking."""

import re
from dataclasses import replace

import pytest
from drawn_day import drawn_day
from report_operations import DEALS, compared

from bolib import report
from bolib.anomalies import produce


@pytest.fixture(scope="module")
def result():
    """Return the anomalies of the three deals."""
    return compared()


def text(display) -> str:
    """Return what a display says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(display.html())))


def test_differences_are_classified_owned_and_say_what_blocks(result):
    rows = result.tables["differences"].to_dict("records")
    assert {(row["trade_id"], row["class"], row["field"], row["blocking"], row["owner"]) for row in rows} == {
        ("MISSING", "MISSING_BACK", "record", True, "ann"),
        ("PRICE", "ECONOMIC", "price", True, "ann"),
        ("PRICE", "ECONOMIC", "gross_amount", True, "ann"),
        ("COSTS", "OTHER", "fees", False, "ann"),
    }
    said = text(report.office_differences(result))
    assert "Not in the back office: to be settled before booking 1 · 100 EUR" in said
    assert "No effect on the economics: not blocking 1 · 1.1 k USD" in said or "not blocking 1 · 1.2 k USD" in said


def test_one_office_alone_is_compared_with_nothing():
    result = produce(drawn_day("anomalies", "2026-03-31", trades=DEALS))
    assert result.tables["differences"].empty
    assert "only one of them was received" in text(report.office_differences(result))
    assert all(result.tables[name].empty for name in ("breaks", "matches", "trade_sums"))
    assert "nothing was compared" in text(report.deals_compared(result))


def test_every_deal_is_counted_once_by_what_came_of_it_and_the_verdict_counts_deals_apart(result):
    said = text(report.deals_compared(result))
    assert "not in the back office, or an earlier version there EUR 1 −100.00 – –" in said
    assert "apart by a fee USD 1 −1,150.00 1 −1,150.00" in said
    assert "All deals EUR 2 −250.00 1 −151.00 All deals USD 1 −1,150.00 1 −1,150.00" in said
    assert {row["key"] for row in result.tables["breaks"].to_dict("records")} == {"MISSING", "PRICE", "COSTS"}
    assert "2 deals differ between the offices; nothing reconciled" in result.verdict.text
    assert "front and back office 0 3 0.0 %" in text(report.matching_quality(result))


def test_the_funnel_says_all_its_operations_and_draws_those_under_way(result):
    figure = report.funnel(result)
    assert "3 operations, each in exactly one state: 3 under way" in text(figure)
    drawn = {trace["name"]: sum(trace["x"]) for trace in figure.data}
    assert drawn == {"Overdue": 1, "Due today": 2, "In time": 0}
    said = text(report.operations_by_state(result))
    assert "Dealt, not booked 1 · 100 EUR" in said and "Booked, not confirmed 2" in said


def test_a_day_without_operations_says_so(result):
    none = replace(result, tables=result.tables | {"operation_states": result.tables["operation_states"][:0]})
    assert "nothing is followed" in text(report.operations_by_state(none))


def test_checks_say_which_control_watches_where_and_what_is_missing(result):
    said = text(report.checks_before_booking(result))
    assert "SETTLE-03 (deadlines)" in said and "PNL-16 (pnl)" in said
    assert "not received: fee_grid" in said
    assert re.search(r"C10 Known to both offices COH-01, COH-02 Ran 1", said)


ASIDE = """
    source | file       | line | column       | value | reason                                                     | raw
    trades | trades.csv | 7    | gross_amount | 1.00  | gross_amount is not quantity x price x multiplier          | T7
    trades | trades.csv | 8    | gross_amount | 2.00  | gross_amount is not quantity x price x multiplier          | T8
    trades | trades.csv | 9    | isin         | X     | the check digit of the ISIN is wrong                       | T9
"""


def test_a_check_the_load_makes_counts_what_was_set_aside_for_it_and_one_made_elsewhere_counts_nothing():
    said = text(report.checks_before_booking(produce(drawn_day("anomalies", "2026-03-31", set_aside=ASIDE))))
    told = {name: re.search(rf"{name} .*?LOAD-05 Ran (\d)", said)[1] for name in ("C02", "C06", "C14")}
    assert told == {"C02": "1", "C06": "1", "C14": "0"}
    assert re.search(r"F07 Not confirmed for days SETTLE-11 \(deadlines\) Elsewhere –", said)
