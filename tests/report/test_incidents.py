"""What the page says of incidents: the hour on the clocks of the place, the worst first, and what was looked at."""

from datetime import datetime

import report_day
import report_work

from bolib import report


def cells(shown, column: int) -> list[str]:
    """Return what a column of a drawn table shows."""
    return [row[column]["text"] for row in shown.values["rows"]]


def test_what_is_owed_comes_with_its_hour_in_paris_the_overdue_first():
    shown = report.incidents_to_declare(report_day.deadline_report())
    assert cells(shown, 0) == ["I1", "I2"]
    assert cells(shown, 2) == ["30 Mar 2026, 14:15", "13 Apr 2026"]
    assert shown.values["rows"][0][0]["href"] == "#deadline-H-06.initial-I1"
    assert report_work.INERT not in str(shown.html())


def test_nothing_owed_says_what_was_looked_at_and_nothing_received_says_so():
    made = report_day.deadline_report()
    known = made.tables["incident_reports"]
    made.tables["incident_reports"] = known[known["status"] == "DONE"]
    assert report.incidents_to_declare(made).values["empty"].endswith("each of its reports sent (1 clock looked at).")
    made.day.present = set()
    assert "No incidents were received" in report.incidents_to_declare(made).values["empty"]


def test_losses_are_shown_by_type_the_largest_first():
    shown = report.incident_losses(report_day.deadline_report())
    assert cells(shown, 0) == ["Execution", "Without a Basel event type"]
    assert cells(shown, 3) == ["48,310.00", "–"]


def test_a_moment_is_written_with_its_hour_and_a_day_without():
    assert report.numerals.moment(datetime(2026, 3, 30, 14, 5)) == "30 Mar 2026, 14:05"
    assert report.numerals.moment(None) == "–"
