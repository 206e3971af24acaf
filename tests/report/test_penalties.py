"""Cash penalties on the page: each month with its dates, each net opening on its lines, and what was checked when none."""

from types import SimpleNamespace

import pytest
from drawn_day import PARAMETERS
from penalty_tables import LINES_HEAD, NETS_HEAD, PENDING_HEAD, penalty_tables

from bolib import report
from bolib.rulebook import load_rulebook


def result_of(**drawn: str) -> SimpleNamespace:
    day = SimpleNamespace(rulebook=load_rulebook(PARAMETERS / "rulebook"))
    return SimpleNamespace(tables=penalty_tables(**drawn), day=day)


@pytest.fixture(scope="module")
def result() -> SimpleNamespace:
    return result_of()


def test_the_newest_month_stands_first_with_its_dates_and_each_net_opens_on_its_days(result):
    html = str(report.penalties_by_month(result).html())
    assert html.index("March 2026") < html.index("February 2026")
    assert "until 14 Apr 2026 (10 penalty days left)" in html and "until 13 Mar 2026 (12 penalty days ago)" in html
    assert "33.64 EUR to receive" in html and "\N{MINUS SIGN}1.00 EUR to pay" in html
    assert "&lt;b&gt;Bank&lt;/b&gt; One" in html and "Unknown counterparty" in html
    assert "1 instruction not computable" in html and "not compared" in html
    assert html.index("Unexplained: no single factor") < html.index("5 Mar 2026")  # differences first
    assert "0.6667" in html and 'href="#rule-A-33"' in html


def test_differences_are_listed_by_size_with_their_cause_and_the_last_day_of_appeal(result):
    html = str(report.penalty_differences(result).html())
    assert html.index("Unexplained") < html.index("Days: this day not reported")
    assert "+18.40" in html and "14 Apr 2026" in html and "13 Mar 2026" in html
    assert "I3" not in html


def test_what_is_pending_and_what_is_unknown_are_told(result):
    assert "+16.80" in str(report.pending_penalties(result).html())
    html = str(report.penalties_unknown(result).html())
    assert "No price of the day" in html and "I3" in html


def test_days_are_drawn_with_what_is_received_above_and_what_is_paid_below(result):
    figure = report.penalties_by_day(result)
    received, paid = figure.data
    assert (received["x"], received["y"]) == (["2026-02-06", "2026-03-04", "2026-03-05"], [0.0, 16.80, 16.84])
    assert paid["y"] == [-1.0, 0.0, 0.0]


def test_where_there_is_nothing_the_page_says_what_was_looked_at():
    nothing = result_of(lines=LINES_HEAD, nets=NETS_HEAD, pending=PENDING_HEAD)
    assert "No penalty was computed or reported" in str(report.penalties_by_month(nothing).html())
    assert "reported at the same amount" in str(report.penalty_differences(nothing).html())
    assert "Nothing that a depository charges for" in str(report.pending_penalties(nothing).html())
    assert "Every penalty could be computed" in str(report.penalties_unknown(nothing).html())
    assert report.penalties_by_day(nothing).data == []
