"""Loans as they go wrong, worked out by hand from the law on 31 March 2026: one line a loan, its answer beside it.

From 1 December to 31 March are 120 days, from 5 January 85, from 15 March 16. Arrears are material above 100 EUR of a
private person, 500 EUR of anyone else (Delegated Regulation (EU) 2018/171, article 1); default begins on day 91 (CRR,
article 178); payments are allocated by C. civ. 1342-10.
"""

from datetime import date
from decimal import Decimal

import pytest
from drawn_day import drawn_day, found

from bolib.deadlines import produce

DAY = "2026-03-31"
LOANS = """
    loan_id     | customer_id | consumer | currency | terminated_on | forborne_on | granted_on | periodicity | principal | outstanding | rate | product | secured
    {rows}
"""
KINDS = {"O1": "OTHER", "O2": "OTHER"}

CASES = {
    # loan: (borrower, currency, ended, forborne, {number: (due, principal, interest)}, [(value, received, amount, reversed, named)])
    "reversed": ("R1", "EUR", "", "", {1: ("2026-01-05", 200, 0)}, [("2026-01-05", "2026-01-05", 200, "2026-01-12", "")]),
    "named": ("R2", "EUR", "", "", {1: ("2026-01-05", 200, 0), 2: ("2026-02-05", 200, 0)},
              [("2026-02-10", "2026-02-10", 200, "", "2")]),
    "due-today": ("R3", "EUR", "", "", {1: (DAY, 300, 0)}, []),
    "paid-on-the-day": ("R4", "EUR", "", "", {1: ("2026-03-05", 300, 0)}, [("2026-03-05", "2026-03-05", 300, "", "")]),
    "leap-day": ("R5", "EUR", "", "", {1: ("2024-02-29", 150, 0)}, []),
    "paused": ("R6", "EUR", "", "", {1: ("2026-02-10", 200, 0)}, []),
    "in-parts": ("R7", "EUR", "", "", {1: ("2026-01-15", 100, 0), 2: ("2026-02-15", 100, 0), 3: ("2026-03-15", 100, 0)},
                 [("2026-02-01", "2026-02-01", 60, "", ""), ("2026-02-20", "2026-02-20", 60, "", "")]),
    "forborne": ("R8", "EUR", "", "2025-06-10", {1: ("2026-02-20", 200, 0)}, []),
    "retail-bad": ("R9", "EUR", "", "", {1: ("2025-12-01", 300, 0)}, []),
    "retail-good": ("R9", "EUR", "", "", {1: ("2026-03-20", 50, 0)}, []),
    "other-bad": ("O1", "EUR", "", "", {1: ("2025-12-01", 700, 0)}, []),
    "other-good": ("O1", "EUR", "", "", {1: ("2026-05-01", 700, 0)}, []),
    "half": ("O2", "EUR", "", "", {1: ("2025-12-01", 300, 0)}, []),
    "other-half": ("O2", "EUR", "", "", {1: ("2025-12-01", 300, 0)}, []),
    "few-dollars": ("R10", "USD", "", "", {1: ("2025-12-01", 110, 0)}, []),
    "more-dollars": ("R11", "USD", "", "", {1: ("2025-12-01", "110.01", 0)}, []),
    "ended": ("R12", "EUR", "2026-02-20", "", {1: ("2026-01-10", 100, 10), 2: ("2026-04-10", 400, 9)}, []),
    "paid-ahead": ("R13", "EUR", "", "", {1: ("2026-01-10", 100, 0), 2: ("2026-02-10", 100, 0), 3: ("2026-03-10", 100, 0)},
                   [("2026-01-10", "2026-01-10", 250, "", "")]),
    "not-known-yet": ("R14", "EUR", "", "", {1: ("2026-03-15", 200, 0)}, [("2026-03-30", "2026-04-02", 200, "", "")]),
    "not-valued-yet": ("R15", "EUR", "", "", {1: ("2026-03-15", 200, 0)}, [("2026-04-01", "2026-03-30", 200, "", "")]),
}  # fmt: skip

EXPECTED = {
    # loan: overdue since, days past due, amount, days material, in default since, borrower in default, stage
    "reversed": ("2026-01-05", 85, "200.00", 85, None, False, 2),  # returned: as if it had never come
    "named": ("2026-01-05", 85, "200.00", 85, None, False, 2),  # what the debtor names is paid, the older one is not
    "due-today": (None, 0, "0.00", 0, None, False, 1),  # past due from tomorrow
    "paid-on-the-day": (None, 0, "0.00", 0, None, False, 1),
    "leap-day": ("2024-02-29", 761, "150.00", 761, "2024-05-30", True, 3),  # 2 × 365 + 31; 31 + 30 + 30 = day 91
    "paused": ("2026-02-10", 30, "200.00", 30, None, False, 1),  # 49 less 9 in February and 10 in March; 30 is not over 30
    "in-parts": ("2026-02-15", 44, "180.00", 16, None, False, 2),  # 100.00 is not above 100.00; above since 15 March
    "forborne": ("2026-02-20", 39, "200.00", 39, None, False, 2),
    "retail-bad": ("2025-12-01", 120, "300.00", 120, "2026-03-02", True, 3),
    "retail-good": ("2026-03-20", 11, "50.00", 0, None, True, 1),  # a private person's loans are judged one by one
    "other-bad": ("2025-12-01", 120, "700.00", 120, "2026-03-02", True, 3),
    "other-good": (None, 0, "0.00", 120, "2026-03-02", True, 3),  # a company's fall together
    "half": ("2025-12-01", 120, "300.00", 120, "2026-03-02", True, 3),  # 300.00 twice are above 500.00
    "other-half": ("2025-12-01", 120, "300.00", 120, "2026-03-02", True, 3),
    "few-dollars": ("2025-12-01", 120, "110.00", 0, None, False, 3),  # at 1.10 a euro exactly 100.00 EUR; D-08 beyond 90
    "more-dollars": ("2025-12-01", 120, "110.01", 120, "2026-03-02", True, 3),  # 100.01 EUR
    "ended": ("2026-01-10", 80, "510.00", 80, None, False, 2),  # the capital since 20 February, no interest to come
    "paid-ahead": ("2026-03-10", 21, "50.00", 0, None, False, 1),  # 50.00 too much for two months, too little for three
    "not-known-yet": ("2026-03-15", 16, "200.00", 16, None, False, 1),
    "not-valued-yet": ("2026-03-15", 16, "200.00", 16, None, False, 1),
}


def tables():
    """Return the cases as the tables of a day."""
    loans, dues, paid = [], [], ["payment_id | loan_id | value_date | received_on | amount | reversed_on | designated_to"]
    for loan, (borrower, currency, ended, forborne, owed, payments) in CASES.items():
        loans.append(f"{loan} | {borrower} | true | {currency} | {ended} | {forborne} | 2023-01-10 | MONTHLY | 9000 | 5000 | 5 | P | NONE")
        dues += [f"{loan} | {n} | {due} | {amount} | {interest} | 0.00" for n, (due, amount, interest) in owed.items()]
        paid += [f"{loan}-{n} | {loan} | " + " | ".join(map(str, row)) for n, row in enumerate(payments)]
    borrowers = sorted({case[0] for case in CASES.values()})
    people = [f"{name} | {KINDS.get(name, 'RETAIL')} | false" for name in borrowers]
    return {
        "loans": LOANS.format(rows="\n".join(loans)),
        "instalments": "\n".join(["loan_id | instalment_no | due_date | principal | interest | fees", *dues]),
        "payments": "\n".join(paid),
        "customers": "\n".join(["customer_id | kind | vulnerable", *people]),
        "pauses": "loan_id | from_date | to_date | kind\npaused | 2026-02-20 | 2026-03-10 | HOLIDAY",
        "fx_rates": "date | currency | rate\n2026-03-30 | USD | 1.10\n2026-04-01 | USD | 2.00",
    }  # fmt: skip


@pytest.fixture(scope="module")
def produced():
    day = drawn_day("deadlines", DAY, **tables())
    return day, produce(day)


@pytest.mark.parametrize("loan", EXPECTED)
def test_a_loan_that_goes_wrong_is_counted_as_the_law_says(produced, loan):
    day, _ = produced
    [row] = [row for row in day.rows("arrears_states") if row["loan_id"] == loan and row["day"] == day.as_of]
    dates = ("overdue_since", "default_since")
    since, default = (None if row[name] is None else str(row[name]) for name in dates)
    counted = (since, row["days_past_due"], str(row["amount_past_due"]), row["days_material"], default)
    assert (*counted, row["obligor_in_default"], row["stage"]) == EXPECTED[loan]


def test_the_bands_of_the_month_end_know_half_a_pause_only(produced):
    day, _ = produced
    bands = {(row["loan_id"], str(row["day"])): (row["days_past_due"], row["bucket"]) for row in day.rows("arrears_states")}
    assert bands["paused", "2026-02-28"] == (9, "1-29")  # 18 days, less those of the pause so far
    assert bands["paused", DAY] == (30, "30-59")


def test_what_follows_from_them_is_found(produced):
    day, result = produced
    assert found(result, "ARREARS-08") == ["forborne"]  # 39 days past due within two years of the measure
    lapsed = {row["loan_id"]: str(row["due_date"]) for row in day.rows("limitations") if row["days_left"] < 0}
    assert lapsed == {"leap-day": "2026-02-28"}  # forclusion: two years of a 29 February
    assert sorted(found(result, "ARREARS-02")) == sorted(name for name, row in EXPECTED.items() if row[4])


def test_each_currency_has_its_aged_balance_and_the_bands_add_up_to_the_ledger(produced):
    day, _ = produced
    aged, ledger = {}, {}
    for row in day.rows("aged_balance"):
        if row["day"] == day.as_of:
            aged[row["currency"]] = aged.get(row["currency"], Decimal(0)) + row["amount_past_due"]
    for row in day.rows("unpaid_instalments"):
        ledger[row["currency"]] = ledger.get(row["currency"], Decimal(0)) + row["unpaid"]
    assert aged == ledger
    assert ledger["USD"] == Decimal("220.01") and date(2026, 3, 31) == day.as_of
