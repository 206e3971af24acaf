"""Recovery on the page: next steps with their dates, limitation, protected borrowers, guarantees, from a drawn day."""

import pytest
from report_day import deadline_report

from bolib.report import guarantees, limitations, protected_borrowers, recovery


@pytest.fixture(scope="module")
def result():
    return deadline_report()


def test_a_step_says_from_when_until_when_and_after_what(result):
    shown = str(recovery(result).html())
    # L2 is overdue since 10 November: day 120 is 10 March, day 150 is 9 April; 30 days after the notice end on 4 February
    assert "Termination (déchéance du terme)" in shown and "10 Mar 2026" in shown and "9 Apr 2026" in shown
    assert "formal notice of 5 Jan 2026" in shown and "a person decides" in shown
    # L1: 43 days count from 16 February; the letter was due on the 30th, 18 March, the formal notice only from the 45th
    assert ">Letter<" in shown and "18 Mar 2026" in shown and "Formal notice (mise en demeure)" not in shown


def test_a_protected_borrower_has_no_step(result):
    rows = result.tables["recovery_work"]
    assert rows.loc[rows["loan_id"] == "L3", "step"].isna().all()
    shown = str(protected_borrowers(result).html())
    assert "C3" in shown and "2 Mar 2028" in shown and "88,000.00" in shown
    first = protected_borrowers(result).values["rows"][0]
    assert first[0]["note"] == "insolvency_cases.csv:2"
    assert (first[4]["href"], first[4]["note"]) == ("#rule-D-25.stop", "24 months from 2 Mar 2026 → 2 Mar 2028")


def test_limitation_counts_from_the_oldest_unpaid_instalment_by_the_kind_of_borrower(result):
    shown = str(limitations(result).html())
    assert "10 Feb 2028" in shown and "D-19" in shown  # consumer credit: 2 years
    assert "10 Nov 2030" in shown and "D-21" in shown  # a company: 5 years
    assert "24 months from 10 Feb 2026 → 10 Feb 2028" in shown and "60 months from 10 Nov 2025 → 10 Nov 2030" in shown


def test_a_guarantee_behind_a_loan_in_arrears_is_shown_with_its_end(result):
    shown = str(guarantees(result).html())
    assert "G1" in shown and "15 Mar 2026" in shown
    first = guarantees(result).values["rows"][0]
    assert first[0]["note"] == "guarantees.csv:2" and first[4]["href"] == "#rule-D.guarantee.expiry"
