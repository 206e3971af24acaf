"""The clocks of incidents, worked out by hand: moments in UTC, Paris an hour ahead until 29 March, then two."""

from datetime import date
from decimal import Decimal

import pytest
from drawn_day import drawn_day, found

from bolib.deadlines import produce
from bolib.errors import ParameterError

CLASSIFIED = "classification"
INITIAL, INTERMEDIATE, FINAL = "initial notification", "intermediate report", "final report"
HEAD = "incident_id | aware_at | classified_at | major | initial_at | intermediate_at | final_at | cause | loss | currency | event_type"


def reported(*lines: str, as_of: str = "2026-03-31", **parameters):
    """Return the day of incidents drawn without their empty last cells, with other parameters of the bank."""
    rows = [line + " |" * (HEAD.count("|") - line.count("|")) for line in lines]
    day = drawn_day("deadlines", as_of, incidents="\n".join((HEAD, *rows)))
    day.parameters |= parameters
    return day, produce(day)


def clocks(day, *columns: str) -> dict[tuple[str, str], tuple]:
    """Return the named columns of each report owed, by incident and stage."""
    return {
        (row["incident_id"], row["stage"]): tuple(str(row[name])[:16] for name in columns)
        for row in day.rows("incident_reports")
    }


def test_the_initial_notification_falls_due_at_the_earlier_of_its_two_clocks():
    day, _ = reported(
        "quick    | 2026-03-24 08:00 | 2026-03-24 10:00 | true",
        "in a day | 2026-03-24 08:00 | 2026-03-25 06:00 | true",
        "late     | 2026-03-24 08:00 | 2026-03-25 08:01 | true",
        "no class | 2026-03-24 08:00 |                  | true",
    )
    assert clocks(day, "rule", "due_at") == {
        ("quick", CLASSIFIED): ("H-06.classificat", "2026-03-25 08:00"),
        ("quick", INITIAL): ("H-06.initial", "2026-03-24 14:00"),  # 4 hours after classification
        ("in a day", CLASSIFIED): ("H-06.classificat", "2026-03-25 08:00"),
        ("in a day", INITIAL): ("H-06.awareness", "2026-03-25 08:00"),  # 24 hours of awareness come first
        ("late", CLASSIFIED): ("H-06.classificat", "2026-03-25 08:00"),
        ("late", INITIAL): ("H-06.initial", "2026-03-25 12:01"),  # classified a minute too late: 4 hours all the same
        ("no class", CLASSIFIED): ("H-06.classificat", "2026-03-25 08:00"),
        ("no class", INITIAL): ("H-06.awareness", "2026-03-25 08:00"),
    }


def test_the_intermediate_report_is_counted_from_the_submission_of_the_initial_one():
    day, result = reported(
        "in time | 2026-03-16 08:00 | 2026-03-16 10:00 | true | 2026-03-16 13:00 | 2026-03-19 13:00",
        "late    | 2026-03-16 08:00 | 2026-03-16 10:00 | true | 2026-03-16 11:00 | 2026-03-19 11:01",
        "owed    | 2026-03-27 08:00 | 2026-03-27 10:00 | true | 2026-03-27 13:00",
        "not yet | 2026-03-31 05:00 | 2026-03-31 06:00 | true",
    )
    wanted = {"in time": "DONE", "late": "LATE", "owed": "OVERDUE"}
    assert {key: status for (key, stage), (status,) in clocks(day, "status").items() if stage == INTERMEDIATE} == wanted
    # 13:00 UTC of Friday, 72 hours of which the clocks skip one: 15:00 in Paris is 13:00 UTC on Monday
    assert clocks(day, "due_at")["owed", INTERMEDIATE] == ("2026-03-30 13:00",)
    assert found(result, "INCID-03") == ["late", "owed"]


def test_the_final_report_follows_by_quantieme_and_a_closed_day_gives_until_noon():
    day, result = reported(
        "open day | 2026-02-16 08:00 | 2026-02-16 10:00 | true | 2026-02-16 12:00 | 2026-02-19 12:00",
        "saturday | 2026-01-28 08:00 | 2026-01-28 10:00 | true | 2026-01-28 12:00 | 2026-01-31 10:00",
        "at night | 2026-02-26 20:00 | 2026-02-26 21:00 | true | 2026-02-26 22:00 | 2026-02-28 23:30",
        "on time  | 2026-01-28 08:00 | 2026-01-28 10:00 | true | 2026-01-28 12:00 | 2026-01-31 10:00 | 2026-03-02 11:00",
        "too late | 2026-01-28 08:00 | 2026-01-28 10:00 | true | 2026-01-28 12:00 | 2026-01-31 10:00 | 2026-03-02 11:01",
    )
    final = {key: row for (key, stage), row in clocks(day, "due_date", "due_at", "status").items() if stage == FINAL}
    assert final == {
        "open day": ("2026-03-19", "None", "OVERDUE"),  # a Thursday, until its end
        "saturday": ("2026-03-02", "2026-03-02 11:00", "OVERDUE"),  # no 31 February: Saturday 28; Monday noon in Paris
        "at night": ("2026-04-01", "None", "OPEN"),  # sent on 1 March, on the clocks of Paris
        "on time": ("2026-03-02", "2026-03-02 11:00", "DONE"),
        "too late": ("2026-03-02", "2026-03-02 11:00", "LATE"),
    }
    assert found(result, "INCID-04") == ["open day", "saturday", "too late"]


WEEKEND = "weekend | 2026-03-27 20:00 | 2026-03-27 21:00 | true"


def test_relief_is_only_for_those_the_regulation_gives_it_to():
    bank, _ = reported(WEEKEND)
    assert clocks(bank, "rule", "due_at")["weekend", INITIAL] == ("H-06.initial", "2026-03-28 01:00")
    other, _ = reported(WEEKEND, entity="OTHER")
    # due in the night to Saturday: Monday noon in Paris, on summer time
    assert clocks(other, "rule", "due_at")["weekend", INITIAL] == ("H-06.initial.rel", "2026-03-30 10:00")
    with pytest.raises(ParameterError, match="entity: expected one of CREDIT_INSTITUTION.*OTHER, found BANQUE"):
        reported(WEEKEND, entity="BANQUE")


def test_what_is_not_major_has_no_clock_and_what_is_not_classified_has_one():
    day, result = reported(
        "minor     | 2026-03-24 08:00 | 2026-03-24 10:00 | false",
        "forgotten | 2026-03-28 22:10 |                  | false",
        "new       | 2026-03-31 05:40 |                  | false",
    )
    assert clocks(day, "status", "due_at") == {
        ("forgotten", CLASSIFIED): ("OVERDUE", "2026-03-29 22:10"),
        ("new", CLASSIFIED): ("OPEN", "2026-04-01 05:40"),
    }
    assert found(result, "INCID-01") == ["forgotten"]


def test_what_was_not_known_on_the_day_is_not_used():
    line = "major | 2026-03-24 08:00 | 2026-03-25 10:00 | true | 2026-03-25 11:00 | 2026-03-27 11:00 | 2026-03-28 11:00"
    before, _ = reported(line, as_of="2026-03-23")
    assert clocks(before, "status") == {}
    same, _ = reported(line, as_of="2026-03-24")
    assert clocks(same, "status") == {("major", CLASSIFIED): ("OPEN",)}
    after, _ = reported(line, as_of="2026-03-26")
    assert clocks(after, "status") == {
        ("major", CLASSIFIED): ("LATE",), ("major", INITIAL): ("DONE",), ("major", INTERMEDIATE): ("OPEN",),
    }  # fmt: skip


def test_incidents_of_before_the_rules_owe_nothing_and_stop_nothing():
    day, result = reported("old | 2024-12-30 08:00 | 2024-12-30 10:00 | true | | | | outage | 900000.00 | EUR | BDSF")
    assert clocks(day, "status") == {}
    assert {key: row for row in day.rows("incident_thresholds") for key in [row["loss_set_from"]]} == {
        None: {"incident_id": "old", "loss_set_from": None, "major_loss_from": None, "significant_from": None,
               "own_funds": None, "own_funds_date": None},
    }  # fmt: skip
    assert not [name for name in result.findings["control"] if name.startswith("INCID")]


def test_a_day_of_before_the_rules_can_be_run():
    day, result = reported("old | 2024-06-03 08:00 | 2024-06-03 10:00 | true", as_of="2024-06-05")
    assert (clocks(day, "status"), found(result, "INCID-02")) == ({}, [])


LOSS = "loss | 2026-03-18 10:00 | 2026-03-18 12:00 | false | | | | error | {} | {} | EDPM"


@pytest.mark.parametrize(
    ("own_funds", "loss", "significant"),
    [
        (118_000_000, "590000.00", True),  # 0.5 %
        (118_000_000, "589999.99", False),
        (1_900_000, "9500.00", False),  # 0.5 % is 9,500: the floor of 10,000 is higher
        (1_900_000, "10000.00", True),
    ],
)
def test_an_incident_is_significant_from_a_share_of_own_funds_and_never_below_the_floor(own_funds, loss, significant):
    _, result = reported(LOSS.format(loss, "EUR"), cet1=[{"date": date(2025, 12, 31), "amount": own_funds}])
    assert found(result, "INCID-05") == ["loss"] * significant


def test_own_funds_are_those_last_known_before_the_incident():
    known = [{"date": date(2025, 12, 31), "amount": 100_000_000}, {"date": date(2026, 3, 20), "amount": 10_000_000}]
    day, _ = reported(LOSS.format("60000.00", "EUR"), cet1=known)
    [threshold] = day.rows("incident_thresholds")
    assert (threshold["significant_from"], threshold["own_funds_date"]) == (Decimal("500000.00"), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("currency", "own_funds", "reason"),
    [
        ("EUR", None, "parameters/deadlines.yml gives no CET1 of their date"),
        ("EUR", [{"date": date(2026, 3, 20), "amount": 1}], "parameters/deadlines.yml gives no CET1 of their date"),
        ("USD", [{"date": date(2025, 12, 31), "amount": 1}], "the loss is not in EUR"),
    ],
)
def test_a_loss_that_cannot_be_compared_with_own_funds_is_said_to_be_unjudged(currency, own_funds, reason):
    _, result = reported(LOSS.format("900000.00", currency), cet1=own_funds)
    assert (found(result, "INCID-05"), found(result, "INCID-06")) == ([], [reason])


def test_incidents_of_one_cause_within_six_months_are_recurring():
    _, result = reported(
        "one   | 2025-09-30 10:00 | 2025-09-30 12:00 | false | | | | Wrong Account | 100.00 | EUR | EDPM",
        "two   | 2026-03-30 10:00 | 2026-03-30 12:00 | false | | | | wrong account | 50.00  | EUR | EDPM",
        "three | 2025-09-30 10:00 | 2025-09-30 12:00 | false | | | | too far apart | 50.00  | EUR | EDPM",
        "four  | 2026-03-31 10:00 | 2026-03-31 12:00 | false | | | | too far apart | 50.00  | EUR | EDPM",
    )
    assert found(result, "INCID-08") == ["wrong account"]
    [finding] = result.findings[result.findings["control"] == "INCID-08"].to_dict("records")
    assert finding["amount"] == Decimal("150.00")
    assert "from 2025-09-30 to 2026-03-30 (one to two)" in finding["message"]
