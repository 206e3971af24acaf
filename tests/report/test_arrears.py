"""Client instalments on the page: who is behind, the aged balance, roll rates and defaults, from a drawn day."""

import pandas as pd
import pytest
from report_day import deadline_report

from bolib.report import aged_balance, arrears, arrears_history, defaults, roll_rates


@pytest.fixture(scope="module")
def result():
    return deadline_report()


def test_a_loan_behind_opens_on_its_instalments_its_counters_and_its_next_step(result):
    shown = str(arrears(result).html())
    # 111.00 due on 10 February, 60.00 paid on 12 March: 51.00 left, and all of the second instalment
    assert "10 Feb 2026 → 31 Mar 2026 = 49 days − 6 days of pause = 43" in shown
    assert "162.00 EUR" in shown and "51.00" in shown and "vulnerable" in shown
    assert "Nothing until 2 Mar 2028: over-indebtedness was admitted" in shown
    assert "after the formal notice of 5 Jan 2026" in shown
    assert "<script>" not in shown


def test_the_largest_amount_comes_first_and_a_paid_loan_is_not_there(result):
    shown = str(arrears(result).html())
    places = [shown.index(f'id="arrears-{loan}"') for loan in ("L2", "L3", "L1")]
    assert places == sorted(places) and "arrears-L4" not in shown


def test_the_aged_balance_adds_up_to_the_unpaid_instalments(result):
    figure = aged_balance(result)
    today = sum(trace["y"][-1] for trace in figure.data)
    assert today == pytest.approx(float(result.tables["unpaid_instalments"]["unpaid"].sum()))
    assert "2,292.00" in str(figure.html())  # 1,920.00 of L2, 210.00 of L3, 162.00 of L1


def test_roll_rates_are_shares_of_the_band_they_start_from(result):
    shown = str(roll_rates(result).html())
    # at the end of February L1 was 12 days behind, its pause left out, L3 80 and L2 110; L4 was not
    assert "Roll rates since 28 Feb 2026" in shown
    assert shown.count("100.0 %") == 4 and shown.count("1 of 1") == 4
    assert 'href="#evenings?28+Feb+2026=1-29&amp;31+Mar+2026=30-59&amp;rows=1"' in shown


def test_what_rolled_stands_loan_by_loan_on_every_evening(result):
    shown = str(arrears_history(result).html())
    assert shown.index("31 Mar 2026") < shown.index("28 Feb 2026")
    assert ">1-29<small" in shown and 'href="#arrears-L1"' in shown and ">L4<" not in shown  # never past due


def test_a_default_shows_what_own_funds_bear(result):
    shown = str(defaults(result).html())
    # L2 is material since 10 November: day 91 is 9 February 2026; L3 since 10 December: 11 March
    assert "9 Feb 2026" in shown and "0 %, 25 % from 9 Feb 2029" in shown and "9 Feb 2033" in shown
    assert "11 Mar 2026" in shown and "0 %, 35 % from 11 Mar 2028" in shown
    assert all(f'href="#rule-{rule}"' in shown for rule in ("D-01", "D-09", "D-11"))


def test_nothing_behind_says_what_was_checked(result):
    empty = {name: rows.iloc[:0] for name, rows in result.tables.items() if isinstance(rows, pd.DataFrame)}
    nothing = type(result)(**{**vars(result), "tables": empty})
    assert "No instalment is past due: all loans were checked." in str(arrears(nothing).html())
    assert "all loans were checked" in str(aged_balance(nothing).html())
    assert "No loan is in default" in str(defaults(nothing).html())
    assert "No loan to follow" in str(roll_rates(nothing).html())
    assert "No loan was past due" in str(arrears_history(nothing).html())
