"""What a drill says in numbers: shares, standing of each control, false alarms, and when it has passed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bolib import PROJECT
from bolib.drill import Drilled, Request
from bolib.drill.certificate import Share, certified
from bolib.drill.faults import Fault
from bolib.drill.groups import NotPlanted
from bolib.drill.judgement import Stray, Verdict
from bolib.drill.planting import Planted
from bolib.drill.record import manner, sentence, shares
from bolib.drill.replay import Alert, Replay
from bolib.rulebook import load_rulebook

DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def book():
    return load_rulebook(PROJECT / "parameters" / "rulebook")


def checked(control: str, rule: str = "C-24", status: str = "ran", missing: tuple = ()) -> dict:
    said = {"title": f"{control}?", "severity": "MAJOR", "rule": rule, "missing": list(missing)}
    return {"control": control, "status": status, **said}


def alert(control: str, key: str = "T1") -> Alert:
    return Alert(control, "anomalies", "MAJOR", key, f"{control} {key}", frozenset({key}), frozenset({"side"}))


def heard(id: str, *controls: str, expected: tuple[str, ...] = (), decoy: bool = False) -> Verdict:
    fault = Fault(id, id, "wrong side", "trades", field="side", caught_by=expected, decoy=decoy)
    found = Verdict(Planted(fault, DAY, id, frozenset({id})))
    for control in controls:
        found.hear(alert(control, id), DAY)
    return found


def drilled(*verdicts: Verdict, strays: tuple[Stray, ...] = (), left: tuple = (), checks: tuple = ()) -> Drilled:
    checks = checks or (checked("C-1"), checked("C-2"))
    clean = {DAY: Replay(DAY, [], {"anomalies": list(checks)})}
    return Drilled(Request(DAY), list(verdicts), list(strays), list(left), clean, 1, [DAY])


def status(found, control: str) -> tuple[str, str | None]:
    return next((row["status"], row["why"]) for row in found.controls if row["control"] == control)


def test_a_control_that_finds_a_fault_is_proven_and_one_that_does_not_is_blind(book):
    found = certified(drilled(heard("a", "C-1", expected=("C-1",)), heard("b", expected=("C-2",))), book)
    assert status(found, "C-1") == ("PROVEN", None)
    assert status(found, "C-2") == ("BLIND", "did not find b")
    assert (found.recall, found.passed) == (Share(1, 2, 95), False)
    assert sentence(found).startswith(
        "1 of 2 planted faults of 1 kinds were found. 1 of 2 controls are proven, blind: C-2."
    )
    assert sentence(found).endswith(
        "Below what is asked: faults found that a control exists for, faults found, of all."
    )


def test_a_control_is_also_proven_by_a_fault_it_was_not_asked_for_but_not_by_a_decoy(book):
    found = certified(drilled(heard("a", "C-2", expected=("C-1",)), heard("d", "C-1", decoy=True)), book)
    assert status(found, "C-2") == ("PROVEN", None)
    assert status(found, "C-1") == ("BLIND", "did not find a")


def test_why_a_control_is_not_proven(book):
    checks = (
        checked("OFF-1", status="off", missing=("trades",)),
        checked("LATER-1", rule="A-11"),
        checked("NONE-1"),
        checked("UNFIT-1"),
    )
    unfit = NotPlanted(Fault("u", "u", "x", "trades", caught_by=("UNFIT-1",)), "no row of the day fits it")
    found = certified(drilled(checks=checks, left=(unfit,)), book)
    assert status(found, "OFF-1") == ("OFF", "without trades")
    assert status(found, "LATER-1") == ("NOT_IN_FORCE", "its rule is in force from 2027-07-01")
    assert status(found, "NONE-1") == ("NOT_PROVEN", "no fault is declared for it")
    assert status(found, "UNFIT-1") == ("NOT_PROVEN", "no row of the day fits it")
    assert (found.tried, found.passed) == (2, True)  # nothing was asked, nothing was missed


def test_precision_counts_every_new_finding_once(book):
    one = heard("a", "C-1", expected=("C-1",))
    strays = (Stray(DAY, alert("C-2", "x")), Stray(DAY, alert("C-2", "d"), "d"))
    found = certified(drilled(one, strays=strays), book)
    assert (found.precision, len(found.false_alarms)) == (Share(1, 3, 60), 2)
    assert not found.passed


def test_statistical_alerts_of_nothing_are_counted_by_copy_and_day_and_four_are_allowed(book):
    found = [heard(f"f{n}", "C-1", "C-2", expected=("C-1", "C-2")) for n in range(10)]
    strays = [Stray(DAY, alert("ODD-01", f"x{n}")) for n in range(5)]
    apart = [replace(stray, copy=n % 2) for n, stray in enumerate(strays)]
    few = certified(drilled(*found, strays=(*apart, Stray(DAY, alert("C-9", "y")))), book)
    assert (few.noise, few.passed) == (3, True)
    many = certified(drilled(*found, strays=tuple(strays)), book)
    assert (many.noise, many.passed) == (5, False)
    assert sentence(many).endswith("Too many statistical alerts without a cause.")
    assert "5 at most in a copy and day; 4 are allowed" in manner(many)


def test_how_faults_were_found_in_words(book):
    found = certified(drilled(heard("a", "C-1", expected=("C-1",)), heard("b", expected=("C-2",))), book)
    assert manner(found).startswith(
        "Of 1 faults found 1 were on the day they happened, and 1 with the field that is wrong."
    )


def test_what_the_bank_was_lent_is_said_with_how_faults_were_found(book):
    found = drilled(heard("a", "C-1", expected=("C-1",)))
    assert manner(certified(replace(found, lent="The drill lent a limit."), book)).endswith(" The drill lent a limit.")
    assert manner(certified(found, book)).endswith("are allowed.")


def test_decoys_are_no_faults(book):
    found = certified(drilled(heard("d", decoy=True), heard("a", "C-1", expected=("C-1",))), book)
    assert (found.recall_over_all, found.passed) == (Share(1, 1, 85), True)
    assert [one["label"] for one in shares(found)][-1] == "Decoys left in peace"


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 100))
def test_a_share_is_met_exactly_from_what_is_asked(part, rest, asked):
    whole = part + rest
    assert Share(part, whole, asked).met == (whole == 0 or part / whole >= asked / 100 - 1e-12)
    assert replace(Share(part, whole, asked), asked=0).met
