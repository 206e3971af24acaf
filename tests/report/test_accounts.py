"""The sections on journals, accounts and suspense: sums to the cent, what is not proven first, labels escaped."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
import report_day

from bolib import report


@pytest.fixture(scope="module")
def made():
    return report_day.anomalies()


def text(shown) -> str:
    """Return what a reader sees, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", str(shown.html())).split())


def test_a_journal_with_a_gap_in_its_numbers_is_not_proven(made):
    shown = text(report.journals(made))
    assert "OD Proven Divers 1 1 0 1,000.05 1,000.05 0.00" in shown
    assert "SEC Not proven Titres 3 0 1 18.00 18.00 0.00" in shown
    assert "All journals 4 1 1 1,018.05 1,018.05 0.00" in shown


def test_an_account_that_the_journal_does_not_explain_comes_first(made):
    shown = text(report.account_sheets(made))
    assert "3 accounts, in EUR, debit positive; 1 account not wholly justified, shown first" in shown
    order = [shown.index(word) for word in ("112100 Nostro", "303100 &lt;script&gt;", "472000 Attente")]
    assert order == sorted(order)
    # 100 + 14 - 4 = 110, and the balance says 109
    assert "Makes 110.00 Closing 31 Mar 2026 109.00 Unexplained 1.00" in shown
    assert "Sub-ledger 2 operations differ, 4.50 apart" in shown


def test_an_account_without_a_balance_of_the_day_is_not_proven_and_says_what_moved_it_since(made):
    sheets = made.tables["account_sheets"].copy()
    stopped = sheets["account"] == "303100"
    sheets.loc[stopped, ["missing", "lines_since", "moved_since"]] = [True, 2, Decimal("-7.50")]
    shown = text(report.account_sheets(replace(made, tables=made.tables | {"account_sheets": sheets})))
    assert "2 accounts not wholly justified, shown first" in shown
    assert "Since, no balance 2 lines, −7.50 net" in shown


def test_what_stands_beside_the_ledger_says_how_much_differs_and_what_nobody_compares(made):
    shown = text(report.ledger_comparisons(made))
    assert "the result of the day is not compared, for no account of it is named" in shown
    assert "NOSTRO-EUR-01 with 112100 Not proven 3 2 10.00 5.50 EUR" in shown


def test_debits_and_credits_in_suspense_are_never_netted(made):
    shown = text(report.suspense_by_age(made))
    assert "472000 0 to 5 days 2 4.00 4.00 0.00" in shown
    assert "472000 91+ days 1 1,000.05 0.00 500.02" in shown
    assert "1,004.05 4.00 – 1,000.05 0.00 Proven" in shown


def test_the_oldest_item_comes_first_with_what_is_proposed_and_who_signs(made):
    html = str(report.suspense_items(made).html())
    shown = text(report.suspense_items(made))
    assert shown.index("OD 1 1") < shown.index("SEC 3 2") < shown.index("SEC 4 2")
    assert "provision of 50 %: 500.02; head of accounting signs" in shown
    assert report_day.INERT not in html


def test_a_day_without_a_journal_says_so(made):
    tables = {name: made.tables[name].iloc[:0] for name in ("journal_totals", "account_sheets", "suspense_items")}
    empty = replace(made, tables=made.tables | tables)
    assert "No journal was received" in text(report.journals(empty))
    assert "no account is justified" in text(report.account_sheets(empty))
    assert "No item is open." in text(report.suspense_items(empty))


def test_a_result_within_its_tolerance_is_shown_as_tolerated_and_one_beyond_it_as_not_proven(sample_result):
    shown = text(report.ledger_comparisons(sample_result("anomalies")))
    assert "CREDIT-EUR on 2026-03-30 with 603107 and 703107 Tolerated 1 1 10,199.13 10,194.66 EUR" in shown
    assert "GOV-EUR on 2026-03-30 with 603106 and 703106 Not proven 1 1 −11,248.48 −2,184.41 EUR" in shown
