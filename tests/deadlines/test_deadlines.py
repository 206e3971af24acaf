"""The deadlines of a few drawn objects: due dates and days worked out by hand on the calendar of spring 2026.

Good Friday is 3 April, Easter Monday 6 April; T2S settles on both, TARGET and French banks do not on the Monday.
"""

import shutil
from collections import Counter
from datetime import date

import yaml
from drawn_day import PARAMETERS, drawn_day, found

from bolib.deadlines import produce, summary
from bolib.rulebook import load_rulebook

SETTLEMENTS = """
    instruction_id | trade_id | amount  | currency | intended_settlement_date | settled_on | status | place    | matched_at
    on time        | T1       | 100.00  | EUR      | 2026-03-26               | 2026-03-26 | SETT   | SICVFRPP | 2026-03-25 09:00
    late           | T2       | 200.00  | EUR      | 2026-03-26               | 2026-03-30 | SETT   | SICVFRPP | 2026-03-25 09:00
    failing        | T3       | 300.00  | EUR      | 2026-03-24               |            | PENF   | SICVFRPP | 2026-03-23 09:00
    unmatched      | T4       | 400.00  | USD      | 2026-03-30               |            | NMAT   | SICVFRPP |
    in New York    | T5       | 450.00  | USD      | 2026-03-30               |            | NMAT   | DTCYUS33 |
    today          | T6       | 500.00  | EUR      | 2026-03-31               |            | MACH   | SICVFRPP | 2026-03-30 09:00
    later          | T7       | 600.00  | EUR      | 2026-04-07               |            | MACH   | SICVFRPP | 2026-03-30 09:00
    cancelled      | T8       | 700.00  | EUR      | 2026-03-26               |            | CANC   | SICVFRPP |
    settled after  | T9       | 800.00  | EUR      | 2026-03-30               | 2026-04-01 | SETT   | SICVFRPP | 2026-03-25 09:00
"""
COMPLAINTS = """
    complaint_id | kind       | sent_on    | received_on | acknowledged_on | holding_answer_on | answered_on | source_file
    late ack     | BANKING    | 2026-03-16 | 2026-03-18  |                 |                   |             | desk.csv
    in time      | BANKING    | 2026-03-16 | 2026-03-18  | 2026-03-20      |                   |             | desk.csv
    answered     | BANKING    | 2026-03-16 | 2026-03-18  |                 |                   | 2026-03-27  | desk.csv
    held         | PAYMENT    |            | 2026-03-02  |                 | 2026-03-20        |             | desk.csv
    overdue      | PAYMENT    |            | 2026-03-02  |                 |                   |             | desk.csv
    investment   | INVESTMENT | 2026-03-02 | 2026-03-20  |                 |                   |             | desk.csv
    of tomorrow  | BANKING    |            | 2026-04-01  |                 |                   |             | desk.csv
"""


def rows(day, *columns, **wanted):
    """Return the named columns of the deadlines that have the wanted values, in order of key and rule."""
    kept = [row for row in day.rows("deadlines") if all(row[name] == value for name, value in wanted.items())]
    return [
        tuple(str(row[name]) for name in columns) for row in sorted(kept, key=lambda row: (row["key"], row["rule"]))
    ]


def test_a_settlement_is_due_on_its_intended_date():
    day = drawn_day("deadlines", "2026-03-31", settlements=SETTLEMENTS)
    produce(day)
    assert rows(day, "key", "status", "days_left", rule="A-50") == [
        ("failing", "OVERDUE", "-5"),
        ("in New York", "OVERDUE", "-1"),
        ("late", "LATE", "-2"),
        ("later", "OPEN", "5"),
        ("on time", "DONE", "0"),
        ("settled after", "OVERDUE", "-1"),
        ("today", "TODAY", "0"),
        ("unmatched", "OVERDUE", "-1"),
    ]


def test_a_depository_on_t2s_purges_what_is_past_due_and_others_are_left_alone():
    day = drawn_day("deadlines", "2026-03-31", settlements=SETTLEMENTS, settlement_events="""
        instruction_id | at               | status
        failing        | 2026-03-23 09:00 | MACH
        failing        | 2026-03-25 16:00 | PENF
        failing        | 2026-03-26 16:00 | PENF
    """)  # fmt: skip
    produce(day)
    # 60 settlement days after the last change, 25 March: 4 in March, 22 in April, 21 in May, 13 in June
    assert rows(day, "key", "trigger_date", "due_date", rule="A2.matched.purge") == [
        ("failing", "2026-03-25", "2026-06-17"),
        ("settled after", "2026-03-30", "2026-06-22"),
    ]
    assert rows(day, "key", "due_date", rule="A2.unmatched.purge") == [("unmatched", "2026-04-27")]


def test_the_clocks_of_a_complaint_follow_from_its_kind():
    day = drawn_day("deadlines", "2026-03-31", complaints=COMPLAINTS)
    produce(day)
    assert rows(day, "key", "rule", "due_date", "status", "days_left", object_type="complaint") == [
        ("answered", "F-01.ack", "2026-03-27", "DONE", "0"),
        ("answered", "F-01.answer", "2026-05-16", "DONE", "50"),
        ("held", "F-02.answer", "2026-03-23", "DONE", "1"),
        ("held", "F-02.final", "2026-04-21", "OPEN", "14"),
        ("in time", "F-01.ack", "2026-03-27", "DONE", "6"),
        ("in time", "F-01.answer", "2026-05-16", "OPEN", "46"),
        ("investment", "F-03.ack", "2026-04-01", "OPEN", "1"),
        ("investment", "F-03.answer", "2026-05-20", "OPEN", "50"),
        ("late ack", "F-01.ack", "2026-03-27", "OVERDUE", "-3"),
        ("late ack", "F-01.answer", "2026-05-16", "OPEN", "46"),
        ("overdue", "F-02.answer", "2026-03-23", "OVERDUE", "-6"),
    ]


def test_controls_find_what_is_late_and_the_verdict_says_so():
    result = produce(drawn_day("deadlines", "2026-03-31", settlements=SETTLEMENTS, complaints=COMPLAINTS))
    assert found(result, "SETTLE-01") == ["failing", "in New York", "settled after", "unmatched"]
    assert found(result, "COMPL-01") == ["late ack"]
    assert found(result, "COMPL-03") == ["overdue"]
    assert result.verdict.text.startswith(
        "Deadlines of 31 March 2026: overdue 6: 4 settlements, 2 complaints; due today 1 settlement; "
        "due in 5 days 2: 1 complaint, 1 settlement. "
    )
    assert [item["value"] for item in result.headline] == ["6", "1", "2", "0"]


def test_the_five_most_numerous_kinds_are_named_and_the_others_counted():
    numbers = {"trade": 1, "filing": 4, "estate": 1, "incident": 2, "loan": 3, "entitlement": 2, "complaint": 2}
    rows = [{"object_type": kind, "objects": number} for kind, number in numbers.items()]
    assert summary._said(rows) == (
        "15: 4 filings, 3 loans, 2 complaints, 2 entitlements, 2 incidents, 2 more of 2 kinds"
    )
    assert summary._said(rows[1:]).endswith("2 incidents, 1 more of another kind")
    assert summary._said(rows[:1]) == "1 trade" and summary._said([]) == "nothing"


def test_a_threshold_is_changed_by_the_id_of_its_control():
    changes = {"SETTLE-01": {"tolerated_days": 1}}
    result = produce(drawn_day("deadlines", "2026-03-31", changes, settlements=SETTLEMENTS))
    assert found(result, "SETTLE-01") == ["failing"]


def test_a_source_without_any_answer_gives_one_finding_and_no_claim():
    old = "\n".join(f"C{n:03} | PAYMENT | fees | 2026-01-05 | export.csv |" for n in range(60))
    new = "\n".join(f"D{n:03} | PAYMENT | fees | 2026-03-30 | export.csv |" for n in range(40))
    mine = "mine | PAYMENT | fees | 2026-01-05 | desk.csv | 2026-02-20"
    head = "complaint_id | kind | subject | received_on | source_file | answered_on"
    day = drawn_day("deadlines", "2026-03-31", complaints="\n".join((head, old, new, mine)))
    result = produce(day)
    assert found(result, "COMPL-08") == ["export.csv"]
    assert found(result, "COMPL-03") == []  # `mine` was answered late, but more than 20 days ago
    assert rows(day, "key", status="OVERDUE") == []
    assert len(rows(day, "key", status="OPEN")) == 40
    [unjudged] = day.rows("unjudged")
    assert (unjudged["rule"], unjudged["clocks"]) == ("F-02.answer", 60)
    assert (
        "100 more come from sources that never record an answer; 60 of their clocks have run out" in result.verdict.text
    )
    received = day.rows("complaints_received")  # each of them is published, judged or not
    assert len(received) == 101
    assert Counter(row["not_judged"] for row in received) == {"F-02.answer": 60, None: 41}
    others = {row["complaint_id"] for row in received if not row["not_judged"]}
    assert {row["key"] for row in day.rows("deadlines")} == others


def test_few_complaints_without_an_answer_are_overdue_not_silent():
    result = produce(drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | kind    | received_on | source_file
        one          | PAYMENT | 2026-01-05  | desk.csv
    """))  # fmt: skip
    assert (found(result, "COMPL-03"), found(result, "COMPL-08")) == (["one"], [])


def test_a_limit_of_the_banks_own_is_a_second_clock_and_a_finding_of_its_own(tmp_path):
    rules = tmp_path / "rulebook"
    shutil.copytree(PARAMETERS / "rulebook", rules)
    limit = {
        "rule": "F-01.answer",
        "delay": 10,
        "unit": "days",
        "citation": "Procedure 7",
        "valid_from": date(2026, 3, 11),
    }
    (rules / "own.yml").write_text(yaml.safe_dump({"stricter": [limit]}), encoding="utf-8")
    day = drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | kind    | received_on | acknowledged_on | source_file
        within       | BANKING | 2026-03-24  | 2026-03-25      | desk.csv
        beyond       | BANKING | 2026-03-18  | 2026-03-20      | desk.csv
        too old      | BANKING | 2026-03-10  | 2026-03-12      | desk.csv
    """)  # fmt: skip
    day.rulebook = load_rulebook(rules)
    result = produce(day)
    assert rows(day, "key", "due_date", "status", rule="F-01.answer.own") == [
        ("beyond", "2026-03-28", "OVERDUE"),
        ("within", "2026-04-03", "OPEN"),
    ]
    assert len(rows(day, "key", rule="F-01.answer", status="OPEN")) == 3
    assert found(result, "DEADLINE-01") == ["beyond F-01.answer.own"]
    assert result.verdict.text.startswith("Deadlines of 31 March 2026: overdue nothing;")


def test_the_settlement_cycle_of_a_venue_changes_with_the_trade_date():
    deals = """
        trade_id  | version | action | venue | trade_date | settlement_date | entered_at
        Easter    | 1       | NEW    | XPAR  | 2026-04-02 | 2026-04-08      | 2026-04-02 09:00
        T+3       | 1       | NEW    | XPAR  | 2026-04-02 | 2026-04-09      | 2026-04-02 09:00
        New York  | 1       | NEW    | XNYS  | 2026-04-02 | 2026-04-07      | 2026-04-02 15:00
        elsewhere | 1       | NEW    | XXXX  | 2026-04-02 | 2026-04-30      | 2026-04-02 09:00
        last T+2  | 1       | NEW    | XPAR  | 2027-10-08 | 2027-10-12      | 2027-10-08 09:00
        T+1 now   | 1       | NEW    | XPAR  | 2027-10-11 | 2027-10-13      | 2027-10-11 09:00
    """
    result = produce(drawn_day("deadlines", "2027-10-11", trades=deals))
    assert found(result, "SETTLE-03") == ["New York", "T+1 now", "T+3"]
    assert found(result, "SETTLE-04") == ["XXXX"]
    said = result.findings.loc[result.findings["key"] == "T+1 now", "message"].iloc[0]
    assert "A-02: 1 TARGET day from 11 Oct 2027 → 12 Oct 2027" in said


def test_fails_are_aged_in_the_bands_of_the_rule_on_own_funds():
    day = drawn_day("deadlines", "2026-03-31", settlements=SETTLEMENTS)
    result = produce(day)
    bands = [(row["band"], row["currency"], row["instructions"], str(row["amount"])) for row in day.rows("ageing")]
    assert sorted(bands) == [("0-4", "EUR", 1, "800.00"), ("0-4", "USD", 2, "850.00"), ("5-15", "EUR", 1, "300.00")]
    assert found(result, "SETTLE-02") == []  # `payment` is not drawn: nothing is known to be against payment


def test_nothing_received_is_never_an_empty_success():
    result = produce(drawn_day("deadlines", "2026-03-31"))
    assert result.findings.empty and result.tables["deadlines"].empty
    assert {item["status"] for item in result.checked} == {"off"}
    assert result.verdict.text.endswith("No control ran, for want of tables.")
