"""What is shown of corporate actions: every sum, every row that did not come as due, and what was checked when none."""

import re
from html import unescape

import report_day

from bolib import report


def text(display) -> str:
    """Return what a reader sees of a display, in one line."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", str(display.html())).split()))


def emptied(name: str):
    """Return a day without the rows of one table."""
    result = report_day.deadline_report()
    result.tables[name] = result.tables[name].iloc[:0]
    return result


def test_what_did_not_come_as_due_is_listed_the_worst_first_with_its_cause():
    shown = text(report.entitlements(report_day.deadline_report()))
    assert shown.startswith("5 entitlements on 5 events: 1 expected, 1 missing, 2 different, 1 late.")
    # 850.00 missing and 50.00 short; what came late is not less
    assert "Holdings: 1 as the custodian states them, 3 from deals and settlements, 1 so far. Less came than was due by 900.00 USD." in shown
    order = [shown.index(word) for word in ("nothing received 850.00 USD", "less than due −50.00 USD", "less than due −60 units", "received late 850.00 USD")]
    assert order == sorted(order) and "CA5" not in shown
    assert "1,000 × 1 USD = 1,000.00" in shown and "ca_receipts.csv:7" in shown


def test_names_from_a_file_are_text_not_markup():
    result = report_day.deadline_report()
    for display in (report.entitlements(result), report.market_claims(result)):
        assert "<script>" not in str(display.html()) and "&lt;script&gt;" in str(display.html())


def test_claims_stand_by_counterparty_with_what_each_owes():
    shown = text(report.market_claims(report_day.deadline_report()))
    assert shown.startswith("4 deliveries crossed a record date: 1 claimed and paid, 2 claimed and open, 1 still to be replaced.")
    assert "we owe 8.50 USD; owes us 85.00 USD" in shown
    assert "claim on them, 100 US0378331005 85.00 USD" in shown and "claim on us, 100 US0378331005 −8.50 USD" in shown
    assert "instruction to be replaced, 100 US0378331005 400 units" in shown and "I3" not in shown


def test_choices_say_until_when_and_what_applies_without_one():
    shown = text(report.choices(report_day.deadline_report()))
    assert shown.startswith("2 choices on events that offer some: 1 made in time, 1 not.")
    assert "dividend, 5,000 FR0014007TY9; the market closes 10 Apr 2026 1,750.00 EUR 8 Apr 2026 4 days left" in shown
    assert "Without a choice CASH" in shown and "CA7" not in shown


def test_coming_events_stand_in_order_of_time_up_to_twenty_business_days():
    shown = text(report.coming_events(report_day.deadline_report()))
    # Easter: 20 TARGET days after 31 March is 30 April, so that the payment of 4 May is left out
    days = re.findall(r"\d+ Apr 2026 (dividend, [a-z' ]+?) CA", shown)
    assert days == ["dividend, dealt without the right", "dividend, holders are counted", "dividend, our deadline to choose", "dividend, the market's deadline"]
    assert "4 May" not in shown


def test_nothing_wrong_says_what_was_checked():
    assert text(report.entitlements(emptied("entitlements"))) == "0 entitlements on 0 events: nothing to compare. Holdings: none known. All that was due came as due."
    assert text(report.market_claims(emptied("market_claims"))) == "0 deliveries crossed a record date."
    assert text(report.choices(emptied("choices"))).startswith("0 choices on events that offer some")
