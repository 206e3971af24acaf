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
        arn  | cleared_on
        7401 | 2026-03-20
        7402 | 2026-03-20
        7403 | 2026-03-20
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
