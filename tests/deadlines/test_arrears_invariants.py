"""What must hold of any loans, from the tables a bank sends to the bands a reader sees."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from drawn_day import drawn_day
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.deadlines import compute

AS_OF = date(2026, 3, 31)
days_back = st.integers(-20, 700)
cents = st.integers(1, 50_000)


@st.composite
def portfolios(draw):
    """Draw loans of one to three borrowers, with instalments, payments and pauses, as the rows of their tables."""
    loans, dues, paid, pauses = [], [], [], []
    for number in range(draw(st.integers(1, 5))):
        currency = draw(st.sampled_from(["EUR", "EUR", "USD"]))
        loans.append(f"L{number} | C{number % 3} | true | {currency} | 2023-01-10 | MONTHLY | 9000 | 5000 | 5 | P | NONE")
        first = AS_OF - timedelta(draw(days_back))
        for rank in range(draw(st.integers(1, 5))):
            due = first + timedelta(30 * rank)
            dues.append(f"L{number} | {rank + 1} | {due} | {Decimal(draw(cents)) / 100} | 0.00 | 0.00")
        for rank in range(draw(st.integers(0, 4))):
            value = AS_OF - timedelta(draw(days_back))
            back = value + timedelta(4) if draw(st.integers(0, 4)) == 0 else ""
            paid.append(f"P{number}-{rank} | L{number} | {value} | {value} | {Decimal(draw(cents)) / 100} | {back}")
        if draw(st.booleans()):
            begin = AS_OF - timedelta(draw(days_back))
            pauses.append(f"L{number} | {begin} | {begin + timedelta(draw(st.integers(0, 60)))} | HOLIDAY")
    head = "loan_id | customer_id | consumer | currency | granted_on | periodicity | principal | outstanding | rate | product | secured"
    return {
        "customers": "customer_id | kind | vulnerable\nC0 | RETAIL | false\nC1 | OTHER | false\nC2 | RETAIL | false",
        "loans": "\n".join([head, *loans]),
        "instalments": "\n".join(["loan_id | instalment_no | due_date | principal | interest | fees", *dues]),
        "payments": "\n".join(["payment_id | loan_id | value_date | received_on | amount | reversed_on", *paid]),
        "pauses": "\n".join(["loan_id | from_date | to_date | kind", *pauses]),
        "fx_rates": "date | currency | rate\n2026-03-30 | USD | 1.10",
    }


@settings(max_examples=8, deadline=None)
@given(portfolios())
def test_the_bands_add_up_to_the_overdue_ledger_and_no_loan_is_lost(tables):
    """The same money three times: the bands by currency, the unpaid instalments, and the running clocks."""
    day = drawn_day("deadlines", AS_OF, **tables)
    compute(day)
    bands, ledger, clocks = Counter(), Counter(), Counter()
    for row in day.rows("aged_balance"):
        if row["day"] == AS_OF:
            bands[row["currency"]] += row["amount_past_due"]
    for row in day.rows("unpaid_instalments"):
        ledger[row["currency"]] += row["unpaid"]
    for row in day.rows("deadlines"):
        if row["object_type"] == "instalment" and row["status"] == "OVERDUE":
            clocks[row["currency"]] += row["amount"]
    assert bands == ledger == clocks
    # every loan stands in one band on every evening it existed, and moves once between two of them
    loans = {line.split(" | ")[0] for line in tables["loans"].splitlines()[1:]}
    evenings = {row["day"] for row in day.rows("arrears_states")}
    placed = Counter((row["day"], row["loan_id"]) for row in day.rows("arrears_states"))
    assert placed == dict.fromkeys(((on, loan) for on in evenings for loan in loans), 1)
    moved = Counter()
    for row in day.rows("roll_rates"):
        moved[row["to_date"]] += row["loans"]
    assert moved == dict.fromkeys(sorted(evenings)[1:], len(loans))
