"""The depot section: what is left over comes first, sums are shown, names are escaped."""

import re

import report_day

from bolib import report


def text(shown) -> str:
    """Return what a reader sees, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", str(shown.html())).split())


def emptied(name: str):
    made = report_day.anomalies()
    made.tables[name] = made.tables[name].iloc[:0]
    return made


def test_each_holding_is_a_sum_and_what_does_not_agree_comes_first():
    shown = text(report.holdings_compared(report_day.anomalies()))
    assert "4 holdings compared: 2 explained, 2 not" in shown
    order = [shown.index(word) for word in ("SAF-CLI Acier", "SAF-US Cola", "SAF-EU Acier", "SAF-EU Verre")]
    assert order == sorted(order)
    assert "SAF-EU Acier 0 Explained 64 = 70 dealt − 6 lent (SL-1)" in shown
    assert "SAF-US Cola &lt;b&gt; −2 Not proven 98 = 100 dealt − 2 unexplained" in shown


def test_what_is_left_over_says_what_it_may_be_what_it_is_worth_and_since_when():
    shown = text(report.holdings_open(report_day.anomalies()))
    assert "2 holdings not explained; 1 aged 0 to 1 days, 1 aged 2 to 5" in shown
    assert shown.index("SAF-US") < shown.index("SAF-CLI")
    assert "−2 ours, not in their statement I-7 settled here, and may not have there −20.00 EUR 4" in shown


def test_an_account_is_one_click_from_the_chaser_of_its_depositary():
    drawn = str(report.depositaries_asked(report_day.anomalies()).html())
    assert '<a href="letters/s.fr.html">French</a>' in drawn and '<a href="letters/s.en.html">English</a>' in drawn
    assert drawn.count("<tr>") == 3 and drawn.count("<a href") == 2  # two accounts, nothing is asked of the other
    assert "Nothing is asked of any depositary." in text(report.depositaries_asked(emptied("depot_breaks")))


def test_clients_come_first_in_the_quantity_accounting():
    shown = text(report.quantity_accounting(report_day.anomalies()))
    assert "Acier Not proven 6 108 50 70 −6 −6" in shown
    assert shown.index("Acier") < shown.index("Cola") < shown.index("Verre")


def test_nothing_compared_says_so_and_nothing_left_over_is_said_otherwise():
    assert "nothing was compared" in text(report.holdings_compared(emptied("depot")))
    assert "Every holding stated is explained to the last unit." in text(report.holdings_open(emptied("depot_breaks")))
