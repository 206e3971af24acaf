"""Suspense: open items against a slow twin, the proof, proposals by hand, evergreen and lapping accounts."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from drawn_day import PARAMETERS, drawn_day, found
from drawn_ledger import judged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bolib.anomalies import accounts, journal, suspense
from bolib.anomalies.suspense.proposals import Terms
from bolib.errors import ParameterError
from bolib.rulebook import load_rulebook
from bolib.views import prepare, views

HEAD = "journal_code | entry_no | line_no | entry_date | account | debit | credit | letter | letter_date | document_ref | label\n"
RULE = load_rulebook(PARAMETERS / "rulebook").rules("C-16")[-1].parameters
PROPOSALS = [
    {"side": "ANY", "from_days": 61, "up_to": 50.00, "proposal": "write off", "percent": 0, "approver": "head"},
    {"side": "DEBIT", "from_days": 91, "up_to": None, "proposal": "provision", "percent": 50, "approver": "director"},
]


def day_of(*lines: str):
    """Return the day of the lines `NO | DATE | DEBIT | CREDIT | LETTER | LETTER DATE | DOCUMENT` of a suspense account."""
    rows = []
    for line in lines:
        number, on, debit, credit, letter, lettered, document = (cell.strip() for cell in line.split("|"))
        rows.append(
            f"OD | {number} | 1 | {on} | 472000 | {debit} | {credit} | {letter} | {lettered} | {document} | waits"
        )
    return drawn_day("anomalies", "2026-03-31", journal=HEAD + "\n".join(rows))


def test_items_are_open_until_their_letter_adds_up_to_nil():
    day = day_of(
        "1 | 2026-03-02 | 100.00 | 0.00 | A | 2026-03-10 | D1",
        "2 | 2026-03-10 | 0.00 | 100.00 | A | 2026-03-10 | D2",
        "3 | 2026-03-11 | 70.00 | 0.00 | B | 2026-03-20 | D3",
        "4 | 2026-03-20 | 0.00 | 60.00 | B | 2026-03-20 | D4",
        "5 | 2026-03-12 | 8.00 | 0.00 | | | D5",
        "6 | 2026-03-13 | 0.00 | 8.00 | | | D5",
    )
    result = judged(day)
    items = {row["item"]: row for row in result.tables["suspense_items"].to_dict("records")}
    assert set(items) == {"OD 3 1", "OD 4 1", "OD 5 1", "OD 6 1"}  # 5 and 6 are never netted, though they look a pair
    assert (items["OD 5 1"]["twin"], items["OD 6 1"]["twin"]) == ("OD 6 1", "OD 5 1")
    assert items["OD 3 1"]["age_days"] == 20 and items["OD 3 1"]["band"] == "11-30"
    [proof] = result.tables["suspense_proof"].to_dict("records")
    assert (proof["debits"], proof["credits"], proof["closing"], proof["gap"]) == (78, 68, 10, 0)
    assert found(result, "JRN-22") == ["472000 — B"]


LETTERS = st.sampled_from(["", "", "A", "B"])
LINES = st.tuples(st.integers(0, 60), st.integers(-3, 3).filter(bool), LETTERS)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LINES, min_size=1, max_size=8))
def test_the_open_items_always_make_the_balance(lines):
    drawn, letters, items = [], defaultdict(int), {}
    for number, (back, amount, letter) in enumerate(lines, 1):
        on, debit, credit = date(2026, 3, 31) - timedelta(days=back), max(amount, 0), max(-amount, 0)
        drawn.append(
            f"{number} | {on} | {debit}.00 | {credit}.00 | {letter} | {'2026-03-31' if letter else ''} | D{number}"
        )
        letters[letter] += amount
        items[f"OD {number} 1"] = letter, amount
    day = day_of(*drawn)
    journal.prepare(day)
    accounts.prepare(day)
    suspense.prepare(day)
    prepare(day.engine, views("anomalies"), {"suspense_proof"}, **day.bound)
    wanted = {item: amount for item, (letter, amount) in items.items() if not letter or letters[letter]}
    assert {row["item"]: row["amount"] for row in day.rows("suspense_items")} == wanted
    assert [row["gap"] for row in day.rows("suspense_proof")] == [0]


def test_stages_and_proposals_by_hand():
    terms = Terms.of(RULE, PROPOSALS)
    assert [terms.stage(age) for age in (0, 30, 31, 90, 91)] == [
        "WATCHED",
        "WATCHED",
        "ESCALATED",
        "ESCALATED",
        "LOSS_REVIEW",
    ]
    assert [terms.band(age) for age in (0, 5, 6, 30, 31, 61, 91, 900)] == [
        "0-5",
        "0-5",
        "6-10",
        "11-30",
        "31-60",
        "61-90",
        "91+",
        "91+",
    ]
    assert terms.proposal("CREDIT", 61, -5000)["proposal"] == "write off"
    assert terms.proposal("CREDIT", 61, -5001) is None
    assert terms.proposal("DEBIT", 91, 5001)["percent"] == 50
    assert terms.proposal("DEBIT", 60, 100) is None


def test_a_provision_is_a_percent_of_the_item_to_the_cent():
    day = day_of("1 | 2025-12-01 | 1000.05 | 0.00 | | | D1")
    day.parameters["suspense"] = PROPOSALS
    [item] = judged(day).tables["suspense_items"].to_dict("records")
    assert (item["stage"], item["proposal"], item["approver"]) == ("LOSS_REVIEW", "provision of 50 %", "director")
    assert item["provision"] == Decimal("500.02")  # 500.025, to the even cent


def test_a_wrong_proposal_is_one_line():
    with pytest.raises(ParameterError, match="suspense: expected the words side, from_days"):
        Terms.of(RULE, [{"side": "DEBIT"}])


def test_items_that_pay_for_one_another_are_told():
    """Each item is cleared on the day the next opens, for a little more: the balance stays, the items never grow old."""
    lines, opened = [], date(2026, 3, 2)
    for number in range(1, 5):
        cleared = opened + timedelta(days=7)
        letter, amount = "ABCD"[number - 1], 20_000 + 100 * number
        lines.append(f"{number} | {opened} | {amount}.00 | 0.00 | {letter} | {cleared} | D{number}")
        if number < 4:
            lines.append(f"{number + 10} | {cleared} | 0.00 | {amount}.00 | {letter} | {cleared} | P{number}")
        opened = cleared
    lines[-1] = lines[-1].replace("D | 2026-03-30", " | ")
    day = day_of(*lines)
    assert found(judged(day), "SUS-04") == ["472000"]


def test_items_cleared_apart_from_the_next_are_not():
    lines = []
    for number, opened in enumerate((date(2026, 3, 2), date(2026, 3, 12), date(2026, 3, 23)), 1):
        cleared = opened + timedelta(days=3)
        lines.append(f"{number} | {opened} | 20000.00 | 0.00 | {'ABC'[number - 1]} | {cleared} | D{number}")
        lines.append(f"{number + 10} | {cleared} | 0.00 | 20000.00 | {'ABC'[number - 1]} | {cleared} | P{number}")
    assert found(judged(day_of(*lines)), "SUS-04") == []
