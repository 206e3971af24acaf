"""Complaints, cards and estates on the page: each file opens on its facts, its clocks, their arithmetic and ladder."""

import pytest
from report_clients import clients
from report_day import deadline_report

from bolib.report import (
    cash_counts,
    cash_machines,
    complaint_causes,
    complaints,
    complaints_received,
    deadlines_by_rule,
    disputes,
    estates,
    lateness,
    quiet_accounts,
    standing,
)


@pytest.fixture(scope="module")
def result():
    drawn = deadline_report()
    return type(drawn)(**{**vars(drawn), "tables": {**drawn.tables, **clients()}})


def test_a_complaint_opens_on_its_clocks_their_ladder_and_what_lies_behind(result):
    shown = str(complaints(result).html())
    # received on Friday 27 March: the refund of the payment is due on Monday, the answer after it
    assert "1 PSP business day from 27 Mar 2026" in shown and "30 Mar 2026 <small>1 day over</small>" in shown
    assert "card dispute D1: OPENED since 2026-03-27, not refunded" in shown
    assert "settlement I1: not settled, due 2026-03-24" in shown
    assert "1 time, last on 12 Jan 2026" in shown and "fees, again" in shown  # C2, after C3
    assert "Holding answer" in shown and "35 PSP business days from 2 Mar 2026" in shown
    assert "Reached: step 2 of 3: head of payments" in shown and "Next: step" in shown
    assert shown.index('id="complaint-C1"') < shown.index('id="complaint-C2"') and "complaint-C3" not in shown
    assert "<script>" not in shown


def test_the_causes_of_complaints_lead_to_their_rows_with_the_clock_of_the_answer(result):
    fees = complaint_causes(result).values["rows"][0]  # C3 about banking; C2, of the same words, is about a payment
    assert [cell["href"] for cell in fees[3:6]] == [
        "#received?Cause=1&rows=1", "", "#received?Cause=1&Upheld=yes&rows=1",
    ]  # fmt: skip
    first, *_, last = complaints_received(result).values["rows"]
    assert [cell["text"] for cell in first[:3]] == ["1", "C3", "12 Jan 2026"]
    assert first[1]["note"].startswith("desk.csv:")
    assert (first[3]["href"], first[3]["note"]) == ("#rule-F-01.answer", "2 months from 12 Jan 2026 → 12 Mar 2026")
    assert [cell["text"] for cell in last[:2]] == ["3", "C2"] and last[4]["text"] == "–"
    assert complaints_received(result).values["place"] == "received"


def test_a_dispute_says_whose_move_it_is_and_who_waits_for_the_money(result):
    shown = str(disputes(result).html())
    assert "VISA, opened: the issuer&#39;s move; refund owed now" in shown
    assert "MASTERCARD, representment: the issuer&#39;s move; waits for the outcome" in shown
    # a dispute of one's own and the refund of it stand together; 30 days of 10 March end on 9 April
    assert "1 PSP business day from 27 Mar 2026" in shown and "30 calendar days from 10 Mar 2026 → 9 Apr 2026" in shown
    assert "<script>" not in shown


def test_an_estate_says_what_is_missing_and_what_may_be_charged(result):
    shown = str(estates(result).html())
    assert "send the list to the tax office, get 1 paper, close" in shown
    assert "900.00, at most 743.00 (1 % of the balance, and at most 857.00)" in shown
    assert "3,900.00, at most 5,965.00" in shown and "asked 10 Feb 2026" in shown
    assert "15 calendar days from 6 Mar 2026 → 21 Mar 2026" in shown and "Reached: step 2 of 2: tax" in shown
    assert "<script>" not in shown


def test_a_quiet_account_shows_the_deposit_and_the_notice_that_was_sent(result):
    shown = str(quiet_accounts(result).html())
    assert "120 months from 30 Mar 2016 → 30 Mar 2026" in shown and "15 Sep 2025" in shown
    assert "G-14.inactive.notice" not in shown  # sent in time: it runs no more


def test_the_standing_counts_an_object_once_by_its_most_pressing_clock(result):
    shown = str(standing(result, "complaint").html())
    # C1 is overdue by its refund, C2 runs until the end of its 35 days
    assert "k.dubois" in shown and shown.count(">106.74<") == 2 and shown.count(">24.00<") == 1
    assert "0-1" in shown  # one day overdue, by the bands of H-09
    assert "Nothing is overdue." in str(standing(result, "instalment").html())


def test_the_trend_of_a_kind_stands_in_its_own_section(result):
    assert "Complaints" in str(lateness(result, "complaint").html())
    assert "omplaint" not in str(lateness(result).html())
    assert "G-14.inactive" in str(deadlines_by_rule(result).html())
    assert "quiet account" in str(lateness(result, "quiet_account").html())  # its ten years ended on Monday
    assert "Nothing fell due in the past 12 weeks." in str(lateness(result, "guarantee").html())
    assert "quiet account" not in str(lateness(result).html())


def test_a_cash_machine_leads_to_its_counts_and_their_arithmetic(result):
    short, broken = cash_machines(result).values["rows"]
    assert (short[4]["text"], short[4]["href"]) == ("−500.00", "#counts?Machine=ATM-1&Adds+up=no&rows=1")
    assert (broken[5]["text"], broken[5]["href"]) == ("1", "#counts?Machine=ATM-2&Opens+as+counted=no&rows=1")
    assert short[5]["href"] == broken[4]["href"] == ""
    first, second, *right = cash_counts(result).values["rows"]
    assert [first[0]["text"], first[2]["note"], first[4]["note"]] == ["ATM-1", "700.00 + 0.00 − 100.00", "−500.00"]
    assert [second[0]["text"], second[5]["text"], second[5]["note"]] == ["ATM-2", "no", "before: 700.00 on 30 Mar 2026"]
    assert first[4]["href"] == second[5]["href"] == "#rule-E2.atm.count"
    assert [(row[4]["text"], row[5]["text"]) for row in right] == [("yes", "yes")] * 2


def test_without_rows_each_section_says_what_was_checked(result):
    empty = {name: rows.iloc[:0] for name, rows in result.tables.items()}
    nothing = type(result)(**{**vars(result), "tables": empty})
    assert "is answered" in str(complaints(nothing).html()) and "No dispute runs" in str(disputes(nothing).html())
    assert "No estate is open" in str(estates(nothing).html()) and "No account comes near" in str(quiet_accounts(nothing).html())
    assert "No complaint was received" in str(complaint_causes(nothing).html())
    assert "No complaint was received" in str(complaints_received(nothing).html())
