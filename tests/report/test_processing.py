"""What the page says of own processing: the longest wait first, what came twice, and why something is not known."""

import pytest
import report_day
import report_work

from bolib import report
from bolib.report.figures import Figure

SHOWN = ("waiting", "slower", "repeated", "paths", "backlog", "stock")


def cells(shown, column: int) -> list[str]:
    """Return what a column of a drawn table shows."""
    return [row[column]["text"] for row in shown.values["rows"]]


def test_the_step_most_waited_for_comes_first_in_a_panel_of_its_kind():
    shown = report.waiting(report_day.deadline_report())
    first, second = shown.data
    assert (first["y"][0], first["text"]) == ("SETTLED", ["75 %", "25 %", ""])
    assert first["customdata"][0] == "38 waits, median 2.00 h, 95 % 9.00 h in opening hours"
    assert (first["yaxis"], second["yaxis"]) == ("y", "y2")
    assert "75 % are waited for SETTLED (half of the waits at most 2.00 h, 95 % at most 9.00 h)" in shown.plain


def test_what_was_lost_against_the_usual_comes_first():
    shown = report.slower(report_day.deadline_report())
    assert cells(shown, 6) == ["−0.60", "−0.60", "+0.50", "+0.50", "+1.00", "+1.00"]
    assert cells(shown, 0)[2] == "from beginning to end"


def test_what_is_done_twice_is_told_with_its_share_of_cases():
    shown = report.repeated(report_day.deadline_report())
    assert [cells(shown, column)[0] for column in (2, 3, 4, 5)] == ["40", "10", "25.00", "12"]


def test_a_way_counts_steps_that_follow_themselves_and_only_the_first_ten_are_drawn():
    shown = report.paths(report_day.deadline_report())
    assert cells(shown, 2) == [f"CAPTURED → {report_work.INERT} ×2 → SETTLED"]


def test_the_stock_is_drawn_by_kind_with_one_legend():
    shown = report.backlog(report_day.deadline_report())
    assert [trace["name"] for trace in shown.data if trace["showlegend"]] == ["Came", "Ended", "Open in the evening"]
    assert len(shown.data) == 6


def test_open_cases_are_told_by_the_last_step():
    shown = report.stock(report_day.deadline_report())
    assert [cells(shown, column) for column in (2, 3, 4, 5)] == [["2"], ["4.00"], ["31.50"], ["T7"]]


@pytest.mark.parametrize("name", SHOWN)
def test_without_events_every_display_says_so(name):
    made = report_day.deadline_report()
    for table in report_work.processing():
        made.tables[table] = made.tables[table].iloc[:0]
    shown = getattr(report, name)(made)
    assert not isinstance(shown, Figure)
    said = shown.values["empty"]
    assert "received" in said or "this month" in said


@pytest.mark.parametrize("name", SHOWN)
def test_words_of_the_users_are_shown_as_text(name):
    assert report_work.INERT not in str(getattr(report, name)(report_day.deadline_report()).html())


def test_a_share_is_rounded_not_cut():
    made = report_day.deadline_report()
    made.tables["process"].loc[1, ["cases", "rework"]] = [3, 2]
    assert "66.67" in cells(report.repeated(made), 4)
