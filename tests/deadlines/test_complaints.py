"""Complaints: the clocks of a contested payment, and the real complaints of October 2014 by an independent count."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from drawn_day import drawn_day, found

from bolib.day import open_day
from bolib.deadlines import compute, produce

SHARED = Path(__file__).parents[3] / "shared/data/cfpb_complaints"
SOURCES = """
sources:
  complaints:
    files: complaints_2014-10-10_31.csv
    format: csv
    date: "%m/%d/%Y"
    columns:
      Complaint ID: complaint_id
      Product: subject
      Submitted via: channel
      Date received: sent_on
      Date sent to company: received_on
      Company response: outcome
    constants: {kind: BANKING}
"""


def test_a_complaint_that_contests_a_payment_owes_the_earliest_of_its_clocks():
    day = drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | kind    | received_on | contested_key | answered_on | source_file | amount | currency
        card         | PAYMENT | 2026-03-27  | 7401          |             | desk.csv    | 10.00  | EUR
        refunded     | PAYMENT | 2026-03-23  | 7402          |             | desk.csv    | 10.00  | EUR
        goods        | PAYMENT | 2026-03-23  | 7403          |             | desk.csv    | 10.00  | EUR
        debit        | PAYMENT | 2026-03-23  | SDD-1         |             | desk.csv    | 10.00  | EUR
        answered     | PAYMENT | 2026-03-02  | SDD-2         | 2026-03-13  | desk.csv    | 10.00  | EUR
    """, card_clearings="""
        arn  | cleared_on | authorisation_id
        7401 | 2026-03-20 | A1
        7402 | 2026-03-20 | A2
        7403 | 2026-03-20 | A3
    """, card_disputes="""
        dispute_id | arn  | unauthorised | refunded_on | reported_on | transaction_date | scheme | stage  | stage_on
        D2         | 7402 | true         | 2026-03-24  | 2026-03-23  | 2026-03-19       | VISA   | OPENED | 2026-03-24
        D3         | 7403 | false        |             | 2026-03-23  | 2026-03-19       | VISA   | OPENED | 2026-03-24
    """)  # fmt: skip
    result = produce(day)
    clocks = {(row["key"], row["rule"]): (str(row["due_date"]), row["status"]) for row in day.rows("deadlines")
              if row["object_type"] == "complaint" and row["rule"].startswith("E-")}  # fmt: skip
    assert clocks == {
        ("card", "E-03"): ("2026-03-30", "OVERDUE"),  # Friday to Monday
        ("refunded", "E-03"): ("2026-03-24", "DONE"),
        ("debit", "E-06.answer"): ("2026-04-07", "OPEN"),  # ten PSP days; 6 April is Easter Monday
        ("answered", "E-06.answer"): ("2026-03-16", "DONE"),
    }
    assert found(result, "COMPL-11") == ["card E-03"]
    first = {row["complaint_id"]: (row["rule"], row["behind"]) for row in day.rows("complaint_work")}
    assert first["card"] == ("E-03", "card payment") and first["debit"] == ("E-06.answer", None)
    assert first["goods"] == ("F-02.answer", "card dispute")


def test_a_holding_answer_gives_its_reason_and_a_final_day_within_35_business_days():
    """35 days of the bank after 3 March: 20 in March, 15 in April without Easter Monday, so 22 April."""
    day = drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | kind    | received_on | holding_answer_on | holding_reason   | holding_until | source_file
        whole        | PAYMENT | 2026-03-03  | 2026-03-20        | expert not heard | 2026-04-22    | desk.csv
        too late     | PAYMENT | 2026-03-03  | 2026-03-20        | expert not heard | 2026-04-23    | desk.csv
        silent       | PAYMENT | 2026-03-03  | 2026-03-20        |                  |               | desk.csv
        banking      | BANKING | 2026-03-03  | 2026-03-20        |                  |               | desk.csv
    """)  # fmt: skip
    result = produce(day)
    assert sorted(found(result, "COMPL-14")) == ["silent", "too late"]
    said = {row["key"]: row["message"] for row in result.findings.to_dict("records") if row["control"] == "COMPL-14"}
    assert "announces a day that is too late; the final answer is due 2026-04-22" in said["too late"]
    assert "is recorded without a reason and a final date" in said["silent"]


def test_a_complaint_is_linked_to_what_is_known_to_be_wrong():
    """Each kind of break the bank knows of, under every name a complaint may give it; dates and states by hand."""
    head = "complaint_id | kind | received_on | contested_key | linked_key | source_file | customer_id | subject\n"
    said = {
        "arn": "7401 | ", "dispute": " | D1", "payment": "7402 | ", "trade": " | T1", "instruction": " | I1",
        "own": "CARD-1 | ", "booked": " | T2", "unbooked": " | T3", "cancelled": " | T4", "e2e": "E2E-9 | ", "key": " | NOSTRO 7 3", "entry": " | NOSTRO G1", "incident": " | INC1",
        "estate": " | S1", "unheard": "NOBODY-KNOWS | ", "nothing": " | ",
    }  # fmt: skip
    rows = "\n".join(f"{name} | BANKING | 2026-03-20 | {keys} | desk.csv | C1 | {name}" for name, keys in said.items())
    day = drawn_day("deadlines", "2026-03-31", complaints=head + rows, card_disputes="""
        dispute_id | arn  | unauthorised | refunded_on | reported_on | transaction_date | scheme | stage  | stage_on
        D1         | 7401 | true         |             | 2026-03-23  | 2026-03-19       | VISA   | OPENED | 2026-03-24
    """, card_clearings="""
        arn  | cleared_on | authorisation_id
        7401 | 2026-03-20 | A1
        7402 | 2026-03-20 |
    """, trades="""
        trade_id | version | action | trade_date | entered_at
        T1       | 1       | NEW    | 2026-03-20 | 2026-03-20 09:00
        T2       | 1       | NEW    | 2026-03-20 | 2026-03-20 09:00
        T3       | 1       | NEW    | 2026-03-20 | 2026-03-20 09:00
        T4       | 1       | NEW    | 2026-03-20 | 2026-03-20 09:00
        T4       | 2       | CANCEL | 2026-03-20 | 2026-03-20 09:05
    """, bookings="""
        trade_id | version | trade_date
        T2       | 1       | 2026-03-20
    """, settlements="""
        instruction_id | trade_id | intended_settlement_date | settled_on | status | place
        I1             | T1       | 2026-03-24               |            | PENF   | SICVFRPP
        I2             | T2       | 2026-03-24               | 2026-03-24 | SETT   | SICVFRPP
    """, statement_lines="""
        account | statement_no | line_no | booking_date | value_date | amount | currency | reference | end_to_end_id
        NOSTRO  | 7            | 3       | 2026-03-20   | 2026-03-20 | 59.90  | EUR      | R1        | E2E-9
    """, ledger_lines="""
        account | entry_id | booking_date | value_date | amount | currency | reference
        NOSTRO  | G1       | 2026-03-20   | 2026-03-20 | 12.00  | EUR      | R2
        A00001  | G2       | 2026-03-20   | 2026-03-20 | 12.00  | EUR      | CARD-1
    """, incidents="""
        incident_id | aware_at         | major
        INC1        | 2026-03-18 09:00 | false
    """, estates="""
        estate_id | customer_id | died_on    | notified_on | balance_at_death | currency | direct_heir | minor | complex
        S1        | C9          | 2026-01-18 | 2026-01-22  | 900.00           | EUR      | true        | false | false
    """)  # fmt: skip
    result = produce(day)
    found_ = {row["complaint_id"]: (row["behind"], row["behind_key"], row["behind_state"], row["broken"])
              for row in day.rows("complaint_work")}  # fmt: skip
    dispute = ("card dispute", "D1", "OPENED since 2026-03-24, not refunded", True)
    fail = ("settlement", "I1", "not settled, due 2026-03-24", True)
    line = ("statement line", "NOSTRO 7 3", "no entry of ours has its reference", True)
    assert found_ == {
        "arn": dispute, "dispute": dispute, "trade": fail, "instruction": fail, "e2e": line, "key": line,
        "payment": ("card payment", "7402", "cleared on 2026-03-20, no authorisation", True),
        "unbooked": ("trade", "T3", "not booked in the back office", True),
        "cancelled": ("trade", "T4", "cancelled", False),
        "booked": ("settlement", "I2", "settled on 2026-03-24", False),
        "entry": ("entry", "NOSTRO G1", "on no statement by its reference", True),
        "own": ("entry", "A00001 G2", "booked on 2026-03-20", False),  # an account without statements is no nostro
        "incident": ("incident", "INC1", "known since 2026-03-18", True),
        "estate": ("estate", "S1", "not paid out", True),
        "unheard": (None, None, None, False), "nothing": (None, None, None, False),
    }  # fmt: skip
    broken = sorted(name for name, (*_, wrong) in found_.items() if wrong)
    assert sorted(found(result, "COMPL-13")) == broken


def test_holding_answers_repeats_and_the_mediator():
    # F-02: 15 PSP days of 2 March end on 23 March; a holding answer in time moves the end to 35 days, 21 April (banks
    # work on Good Friday and are closed on Easter Monday); one that comes late is late, and the final end the same
    day = drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | customer_id | kind    | subject | received_on | holding_answer_on | answered_on | outcome | mediator_named | source_file
        before       | C1          | PAYMENT | fees    | 2026-01-12  |                   | 2026-01-20  | refused | true           | desk.csv
        held         | C1          | PAYMENT | fees    | 2026-03-02  | 2026-03-20        |             |         |                | desk.csv
        held late    | C2          | PAYMENT | fees    | 2026-03-02  | 2026-03-24        |             |         |                | desk.csv
        never held   | C3          | PAYMENT | fees    | 2026-03-02  |                   |             |         |                | desk.csv
        refused      | C4          | PAYMENT | fees    | 2026-03-16  |                   | 2026-03-25  | refused | false          | desk.csv
        partly       | C5          | PAYMENT | fees    | 2026-03-16  |                   | 2026-03-25  | partly upheld |          | desk.csv
        upheld       | C6          | PAYMENT | fees    | 2026-03-16  |                   | 2026-03-25  | upheld  |                | desk.csv
    """)  # fmt: skip
    result = produce(day)
    clocks = {(row["key"], row["rule"]): (str(row["due_date"]), row["status"]) for row in day.rows("deadlines")}
    assert clocks["held", "F-02.answer"] == ("2026-03-23", "DONE")
    assert clocks["held", "F-02.final"] == clocks["held late", "F-02.final"] == ("2026-04-21", "OPEN")
    assert clocks["held late", "F-02.answer"] == ("2026-03-23", "LATE")
    assert clocks["never held", "F-02.answer"] == ("2026-03-23", "OVERDUE")
    assert ("never held", "F-02.final") not in clocks and ("before", "F-02.final") not in clocks
    assert found(result, "COMPL-03") == ["held late", "never held"]
    assert found(result, "COMPL-09") == ["partly", "refused"]
    assert found(result, "COMPL-10") == ["held"]
    [again] = [row for row in day.rows("complaint_work") if row["complaint_id"] == "held"]
    assert (again["earlier"], str(again["last_on"])) == (1, "2026-01-12")


def test_a_payment_contested_after_thirteen_months_is_told():
    day = drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | kind    | received_on | contested_key | source_file
        in time      | PAYMENT | 2026-03-27  | A             | desk.csv
        too late     | PAYMENT | 2026-03-29  | A             | desk.csv
    """, card_clearings="""
        arn | cleared_on
        A   | 2025-02-28
    """)  # fmt: skip
    # 13 months from 28 February 2025 end on 28 March 2026
    assert found(produce(day), "COMPL-12") == ["too late"]


def easter(year):
    """Return Easter Sunday, by the algorithm of Butcher."""
    a, b, c = year % 19, *divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def french_holidays(year):
    """Return the eleven holidays of France."""
    fixed = [date(year, *day) for day in ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))]
    return {*fixed, *(easter(year) + timedelta(days) for days in (1, 39, 50))}


def acknowledged_by(sent):
    """Return ten jours ouvrables after a day: neither Sundays nor holidays count."""
    day, left = sent, 10
    while left:
        day += timedelta(1)
        left -= day.weekday() != 6 and day not in french_holidays(day.year)
    return day


def answered_by(sent):
    """Return the same day-number two months later, or the last day of that month (December: 31, 30 February none here)."""
    year, month = divmod(sent.year * 12 + sent.month - 1 + 2, 12)
    for day in (sent.day, 30, 29, 28):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError(sent)


def test_every_figure_about_the_causes_is_the_count_of_its_published_rows():
    """C5 comes tomorrow; the answer to C2 does too, so that the day does not know it."""
    day = drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | kind       | subject | received_on | answered_on | outcome | source_file
        C1           | BANKING    | fees    | 2026-03-02  | 2026-03-20  | Upheld  | desk.csv
        C2           | BANKING    | fees    | 2026-03-12  | 2026-04-01  |         | desk.csv
        C3           | BANKING    | rates   | 2026-03-12  |             |         | desk.csv
        C4           | INVESTMENT | fees    | 2026-03-12  | 2026-03-13  | refused | desk.csv
        C5           | BANKING    | rates   | 2026-04-01  |             |         | desk.csv
        C6           | BANKING    | fees    | 2026-03-12  |             |         | desk.csv
        C7           | BANKING    | fees    | 2026-03-13  |             |         | desk.csv
    """)  # fmt: skip
    compute(day)
    names = ("cause", "kind", "subject", "complaints", "unanswered", "upheld")
    causes = [tuple(row[name] for name in names) for row in day.rows("complaint_causes")]
    assert sorted(causes) == [
        (1, "BANKING", "fees", 4, 3, 1), (2, "BANKING", "rates", 1, 1, 0), (3, "INVESTMENT", "fees", 1, 0, 0),
    ]  # fmt: skip
    received = day.rows("complaints_received")
    for cause, _, _, complaints, unanswered, upheld in causes:
        mine = [row for row in received if row["cause"] == cause]
        assert len(mine) == complaints and sum(bool(row["upheld"]) for row in mine) == upheld
        assert sum(row["answered_on"] is None for row in mine) == unanswered
    drawn = sorted(row["complaint_id"] for row in day.rows("complaint_examples"))
    assert drawn == ["C1", "C3", "C4", "C6", "C7"]  # three of a cause: what was upheld, then the last


def test_the_day_a_holding_answer_announces_is_a_clock_of_its_own_until_the_final_answer():
    day = drawn_day("deadlines", "2026-03-31", complaints="""
        complaint_id | kind    | received_on | holding_answer_on | holding_reason | holding_until | answered_on | source_file
        missed       | PAYMENT | 2026-03-03  | 2026-03-20        | expert heard   | 2026-03-28    |             | desk.csv
        today        | PAYMENT | 2026-03-03  | 2026-03-20        | expert heard   | 2026-03-31    |             | desk.csv
        kept         | PAYMENT | 2026-03-03  | 2026-03-20        | expert heard   | 2026-03-28    | 2026-03-28  | desk.csv
        a day late   | PAYMENT | 2026-03-03  | 2026-03-20        | expert heard   | 2026-03-28    | 2026-03-29  | desk.csv
        to be held   | PAYMENT | 2026-03-24  | 2026-04-01        | expert heard   | 2026-04-20    |             | desk.csv
        no day       | PAYMENT | 2026-03-03  | 2026-03-20        | expert heard   |               |             | desk.csv
    """)  # fmt: skip
    result = produce(day)
    announced = {row["key"]: row["status"] for row in day.rows("deadlines") if row["rule"] == "F-02.promised"}
    assert announced == {"missed": "OVERDUE", "today": "TODAY", "kept": "DONE", "a day late": "LATE"}
    assert sorted(found(result, "COMPL-15")) == ["a day late", "missed"]
    assert found(result, "COMPL-04") == []  # 35 business days end on 22 April
    first = {row["complaint_id"]: (row["rule"], str(row["due_date"])) for row in day.rows("complaint_work")}
    assert first["missed"] == ("F-02.promised", "2026-03-28") and first["no day"] == ("F-02.final", "2026-04-22")
    assert day.rows("unjudged") == []


@pytest.mark.skipif(not SHARED.exists(), reason="the real complaints are not beside the project")
def test_the_due_dates_of_the_real_complaints_are_those_of_an_independent_count(tmp_path):
    """The rule in force in 2014 was not the present one; the complaints are read as if sent 595 weeks later."""
    moved = timedelta(weeks=595)
    with open(SHARED / "complaints_2014-10-10_31.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 7248
    assert Counter(row["Timely response?"] for row in rows) == {"Yes": 7087, "No": 161}
    with open(tmp_path / "complaints_2014-10-10_31.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        for row in rows:
            days = {name: date(*map(int, (text[6:], text[:2], text[3:5]))) + moved for name, text in row.items()
                    if name in ("Date received", "Date sent to company")}  # fmt: skip
            out.writerow(row | {name: f"{day:%m/%d/%Y}" for name, day in days.items()})
            row["sent"] = days["Date received"]
    (tmp_path / "sources.yml").write_text(SOURCES)
    day = open_day("deadlines", "2027-03-31", str(tmp_path))
    compute(day)
    due = {(row["key"], row["rule"]): row["due_date"] for row in day.engine.query(
        "select key, rule, due_date from judged_clocks").to_pylist()}  # fmt: skip
    assert len(due) == 2 * 7248
    for row in rows:
        assert due[row["Complaint ID"], "F-01.ack"] == acknowledged_by(row["sent"])
        assert due[row["Complaint ID"], "F-01.answer"] == answered_by(row["sent"])
    by_product = {row["subject"]: row["complaints"] for row in day.engine.query(
        "select subject, complaints from complaint_causes").to_pylist()}  # fmt: skip
    assert by_product == Counter(row["Product"] for row in rows)
    # no source says when a complaint was answered: nothing is called overdue
    [late] = day.engine.query("select count(*) as n from deadlines where status = 'OVERDUE'").to_pylist()
    assert late["n"] == 0
