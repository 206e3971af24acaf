"""What is left over once what is expected is taken away: stated positions rolled forward, instalments by their schedule."""

from datetime import date
from decimal import Decimal

import pytest
from drawn_day import drawn_day, found

from bolib.anomalies import depot, produce, unusual
from bolib.anomalies.carried import add_carried
from bolib.anomalies.unusual.words import sentence

AS_OF = "2026-03-31"
TABLES = {
    "instruments": """
        isin         | name  | asset_class | currency | quotation | multiplier
        US0378331005 | Apple | EQUITY      | USD      | UNIT      | 1
    """,
    "account_books": """
        account | book
        SAF     | ONE
    """,
    "opening_lots": """
        book | isin         | trade_id | opened_on  | quantity | cost | currency
        ONE  | US0378331005 | O1       | 2025-01-02 | 100      | 1.00 | USD
    """,
    "trades": """
        trade_id | version | action | book | isin         | side | quantity | trade_date | settlement_date | counterparty | entered_at
        B        | 1       | NEW    | ONE  | US0378331005 | BUY  | 40       | 2026-03-27 | 2026-03-31      | LEI          | 2026-03-31 09:00
    """,
    "settlements": """
        instruction_id | trade_id | movement | isin         | quantity | intended_settlement_date | settled_quantity | settled_on | status
        IB             | B        | RECE     | US0378331005 | 40       | 2026-03-31               | 40               | 2026-03-31 | SETT
    """,
    "prices": """
        date       | isin         | source | price | currency
        2026-03-31 | US0378331005 | CLOSE  | 7.50  | USD
    """,
}


def rolled(*stated, **more):
    """Return the alerts of positions stated on the evenings (day, quantity)."""
    lines = [f"{day} | SAF | US0378331005 | AGGR | {quantity}" for day, quantity in stated]
    text = "\n".join(["date | account | isin | balance_type | quantity", *lines])
    day = drawn_day("anomalies", AS_OF, **(TABLES | {"custody_positions": text} | more))
    add_carried(day)
    depot.prepare(day)
    unusual.prepare(day)
    return [row for row in day.rows("alert_rows") if row["block"] == "positions"]


def test_a_position_that_follows_from_the_evening_before_and_what_settled_tells_nothing():
    """Entered on the day itself and settled, the deal moved 40: what the bank knew the evening before is no matter."""
    assert rolled(("2026-03-30", 100), ("2026-03-31", 140)) == []


def test_what_is_left_over_is_told_with_both_figures_and_what_it_is_worth():
    [row] = rolled(("2026-03-30", 100), ("2026-03-31", 130))
    assert sentence(row) == (
        "130 stated where 140 follow from what was stated on 30 March and what moved since: 10 too few;"
        " provisional, the next statement will tell"
    )
    assert (row["object"], row["amount"], row["currency"]) == ("SAF US0378331005", Decimal("-75.00"), "USD")


@pytest.mark.parametrize(("last", "state"), [(140, "CLOSED"), (131, "CONFIRMED")])
def test_the_next_evening_closes_or_confirms_it(last, state):
    """Stated 91 on the 30th after 100, and nothing moved: right again on the 31st, or not."""
    rows = rolled(("2026-03-27", 100), ("2026-03-30", 91), ("2026-03-31", last))
    assert {row["day"]: row["state"] for row in rows}[date(2026, 3, 30)] == state


LATE = """
    instruction_id | trade_id | movement | isin         | quantity | intended_settlement_date | settled_quantity | settled_on | status | known_at
    IB             | B        | RECE     | US0378331005 | 40       | 2026-03-31               | 40               | 2026-03-30 | SETT   | {known}
"""


@pytest.mark.parametrize(
    ("entered", "told", "states"),
    [
        ("2026-03-27", "2026-03-31 08:00", [("2026-03-30", "CLOSED", 40)]),  # settled on the 30th, said on the 31st
        ("2026-03-31", "2026-03-30 18:00", [("2026-03-30", "CLOSED", 40)]),  # or a deal entered a day late
        ("2026-03-27", "2026-03-30 18:00", []),
    ],
)
def test_an_evening_is_judged_by_what_was_known_on_it_and_closed_by_what_is_learnt_later(entered, told, states):
    """Stated 140 on the 30th after 100: the 40 had settled, which the bank knew that evening or learnt the day after."""
    trades = TABLES["trades"].replace("2026-03-31 09:00", f"{entered} 09:00")
    days = [("2026-03-27", 100), ("2026-03-30", 140), ("2026-03-31", 140)]
    rows = rolled(*days, trades=trades, settlements=LATE.format(known=told))
    assert [(str(row["day"]), row["state"], int(row["value"].split(".")[0]) - 100) for row in rows] == states


def test_what_proves_wrong_by_what_is_learnt_later_is_told():
    """Stated 100 on both evenings: right by what was known, until a receipt of the 30th is told on the 31st."""
    days = [("2026-03-27", 100), ("2026-03-30", 100), ("2026-03-31", 100)]
    trades = TABLES["trades"].replace("2026-03-31 09:00", "2026-03-27 09:00")
    [row] = rolled(*days, trades=trades, settlements=LATE.format(known="2026-03-31 08:00"))
    assert (str(row["day"]), row["state"]) == ("2026-03-30", "CONFIRMED")
    assert sentence(row).startswith("100 stated where 140 follow from what was stated on 27 March")


def test_an_event_a_loan_and_a_first_statement_are_not_anomalies():
    split = """
        ca_id | isin         | type | ex_date    | record_date | pay_date   | ratio_new | ratio_old
        S     | US0378331005 | SPLF | 2026-03-31 | 2026-03-30  | 2026-03-31 | 7         | 1
    """
    loan = """
        loan_ref | account | isin         | quantity | direction | from_date
        SL       | SAF     | US0378331005 | 25       | LENT      | 2026-03-31
    """
    assert rolled(("2026-03-30", 100), ("2026-03-31", 980), corporate_actions=split) == []
    assert rolled(("2026-03-30", 100), ("2026-03-31", 115), securities_loans=loan) == []
    assert rolled(("2026-03-31", 130)) == []


def test_a_break_a_control_tells_already_is_grouped_under_it():
    lines = "date | account | isin | balance_type | quantity\n2026-03-30 | SAF | US0378331005 | AGGR | 100\n"
    lines += "2026-03-31 | SAF | US0378331005 | AGGR | 130"
    day = drawn_day("anomalies", AS_OF, **(TABLES | {"custody_positions": lines}))
    result = produce(day)
    [row] = [row for row in day.rows("alerts") if row["block"] == "positions"]
    assert found(result, "DEPOT-01") == ["SAF US0378331005"]
    assert (row["place"], row["cause"]) == ("GROUPED", "DEPOT-01 SAF US0378331005")
    assert found(result, "ODD-10") == []


def instalments(*altered, count=12):
    """Draw three loans of 12 % in equal parts, due each month to March 2026: altered are (loan, number, interest)."""
    changed = {(loan, number): interest for loan, number, interest in altered}
    lines = ["loan_id | instalment_no | due_date | principal | interest | fees"]
    for loan in ("L1", "L2", "L3"):
        for number in range(1, count + 1):
            due = date(2025 + (number + 2) // 12, (number + 2) % 12 + 1, 31 if number == count else 5)
            interest = changed.get((loan, number), f"{25 - number}.00")
            lines.append(f"{loan} | {number} | {due} | 100.00 | {interest} | 0.00")
    return "\n".join(lines)


LOANS = (
    "loan_id | customer_id | product | granted_on | principal | outstanding | rate | currency | periodicity\n"
    + "\n".join(
        f"{loan} | C | CAR | 2025-03-05 | 2400.00 | 1200.00 | 12 | EUR | MONTHLY" for loan in ("L1", "L2", "L3")
    )
)


def scheduled(text, **more):
    day = drawn_day("anomalies", AS_OF, loans=LOANS, instalments=text, **more)
    add_carried(day)
    depot.prepare(day)
    unusual.prepare(day)
    return [row for row in day.rows("alert_rows") if row["kind"] == "SCHEDULE"]


def test_an_interest_that_is_not_what_the_loan_bears_is_told_one_that_is_nearly_is_not():
    """1,300 are left before the twelfth: 13.00. The least spread of 0.25 reaches to 1.05."""
    assert scheduled(instalments()) == []
    assert scheduled(instalments(("L2", 12, "14.00"))) == []
    [row] = scheduled(instalments(("L2", 12, "16.10")))
    assert (row["key"], row["field"], row["value"]) == ("L2 12", "interest", "16.10")
    assert sentence(row) == (
        "interest 16.10 where the schedule of L2 makes it 13.00: 3.10 too much; -1.05 to 1.05 apart would not be told"
        " (11 earlier)"
    )


def test_after_an_early_repayment_the_schedule_is_another_and_nothing_is_told():
    early = """
        payment_id | loan_id | value_date | received_on | amount
        P          | L2      | 2026-03-20 | 2026-03-20  | 900.00
    """
    assert scheduled(instalments(("L2", 12, "4.00")), payments=early) == []
