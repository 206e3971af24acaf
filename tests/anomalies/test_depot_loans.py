"""Loans of securities past their end: which are still out, and how much of each, drawn by hand."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from drawn_day import drawn_day
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.anomalies import depot
from bolib.anomalies.carried import add_carried
from bolib.anomalies.depot.returns import still_out
from bolib.findings import breaches_of
from bolib.valuation.exact import QUANTITY

AS_OF, APPLE = "2026-03-31", "US0378331005"
STANDING = {
    "instruments": f"isin | name | currency\n{APPLE} | Apple | USD",
    "account_books": "account | book\nSAF | ONE",
    "opening_lots": f"book | isin | trade_id | opened_on | quantity | cost\nONE | {APPLE} | O1 | 2025-01-02 | 70 | 1.00",
    "settlements": "instruction_id | trade_id | settled_quantity | settled_on | status\n",
}
TRADES = "trade_id | version | action | book | isin | side | quantity | trade_date | settlement_date | entered_at\n"
LOANS = "loan_ref | account | isin | quantity | direction | from_date | to_date | known_at\n"


def loan(name, quantity, direction="LENT", begun="2026-03-02", due="2026-03-26", known=""):
    return f"{name} | SAF | {APPLE} | {quantity} | {direction} | {begun} | {due} | {known}\n"


def out(stated, *loans, dealt=""):
    """Return what is said of each loan of a day on which the bank owns 70 and its custodian states so many."""
    stated = f"date | account | isin | balance_type | quantity\n{AS_OF} | SAF | {APPLE} | AGGR | {stated}"
    tables = {"custody_positions": stated, "trades": TRADES + dealt, "securities_loans": LOANS + "".join(loans)}
    day = drawn_day("anomalies", AS_OF, **STANDING, **tables)
    add_carried(day)
    depot.prepare(day)
    control = next(item for item in day.controls if item.id == "DEPOT-07")
    return {breach.key: breach.row for breach in breaches_of(day, control)}


def parts(rows):
    return {name: int(row["apart"]) for name, row in rows.items()}


def test_two_late_loans_of_one_security_do_not_hide_each_other():
    rows = out(54, loan("A", 6), loan("B", 10))
    assert parts(rows) == {"A": 6, "B": 10}
    assert parts(out(60, loan("A", 6), loan("B", 10))) == {"B": 10}
    assert out(59, loan("A", 6), loan("B", 10)) == {}  # 11 lack: neither loan, nor both
    assert out(70, loan("A", 6), loan("B", 10)) == {}  # both are back


def test_one_lent_and_one_borrowed_that_are_both_out_are_told_though_their_sum_is_another():
    assert parts(out(74, loan("A", 6), loan("B", 10, "BORROWED"))) == {"A": 6, "B": 10}


def test_of_two_loans_alike_of_which_one_is_out_one_is_told_and_the_other_named():
    rows = out(64, loan("A", 6), loan("B", 6))
    assert parts(rows) == {"B": 6} and rows["B"]["or_else"] == ", unless they are those of A"


def test_what_the_account_is_short_of_is_shared_out_once_the_borrowing_begun_last_first():
    sold = f"S | 1 | NEW | ONE | {APPLE} | SELL | 80 | 2026-03-26 | 2026-03-27 | 2026-03-26 09:00"  # 70 - 80: 10 short
    rows = out(0, loan("FIRST", 8, "BORROWED"), loan("AGAIN", 8, "BORROWED", "2026-03-26", "2026-03-30"), dealt=sold)
    assert parts(rows) == {"AGAIN": 8, "FIRST": 2}
    renewed = [loan("FIRST", 10, "BORROWED"), loan("AGAIN", 10, "BORROWED", "2026-03-26", "2026-03-30")]
    assert parts(out(0, *renewed, dealt=sold)) == {"AGAIN": 10}
    assert out(0, *renewed, loan("LIVE", 10, "BORROWED", due=""), dealt=sold) == {}  # covered otherwise


@pytest.mark.parametrize(
    ("due", "known", "late"),
    [
        ("2026-03-31", "", "0 business days ago"),
        ("2026-03-26", "", "3 business days ago"),
        ("2019-06-28", "", "more than three years ago"),  # older than the calendar goes back
        ("2026-04-01", "", None),
        ("", "", None),
        ("2026-03-26", "2026-04-01 08:00", None),  # not known this evening
    ],
)
def test_a_loan_is_late_from_the_evening_it_was_due_however_old(due, known, late):
    """What is due tomorrow, or has no day, explains what lacks; a loan nobody knew yet does neither."""
    rows = out(64, loan("A", 6, begun="2019-03-04", due=due, known=known))
    assert [row["late"] for row in rows.values()] == [late] * bool(late)


def late(quantities, residual, short):
    days = {"from_date": date(2026, 3, 2), "to_date": date(2026, 3, 26)}
    rows = [
        {"loan_ref": f"L{at}", "account": "SAF", "isin": APPLE, "direction": direction, "quantity": Decimal(size), **days,
         "residual": Decimal(residual), "short": Decimal(short)}
        for at, (direction, size) in enumerate(quantities)
    ]  # fmt: skip
    kinds = dict.fromkeys(("quantity", "residual", "short"), QUANTITY) | dict.fromkeys(days, pa.date32())
    names = ("loan_ref", "account", "isin", "name", "direction", "source_file")
    schema = pa.schema({**dict.fromkeys(names, pa.string()), **kinds, "source_line": pa.int64()})
    return pa.Table.from_pylist(rows, schema=schema)


SIZES = st.lists(st.tuples(st.sampled_from(["LENT", "BORROWED"]), st.integers(1, 9)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(SIZES, st.integers(-30, 30), st.integers(-5, 30))
def test_nothing_is_counted_twice(quantities, residual, short):
    """Outright loans are all of what is left over, or there are none; the others share what is short, none above its own."""
    rows = still_out(late(quantities, residual, short)).to_pylist()
    outright = [row for row in rows if row["outright"]]
    if outright:
        assert sum(row["apart"] * (1 if row["direction"] == "BORROWED" else -1) for row in outright) == residual
    whole = {row["loan_ref"] for row in outright}
    borrowed = {f"L{at}": size for at, (way, size) in enumerate(quantities) if way == "BORROWED"}
    stands = max(short - sum(size for name, size in borrowed.items() if name in whole), 0)
    rest = sum(size for name, size in borrowed.items() if name not in whole)
    assert sum(row["apart"] for row in rows if not row["outright"]) == min(stands, rest)
    assert all(0 < row["apart"] <= row["quantity"] for row in rows)


def test_a_table_without_rows_gives_one_without_rows():
    assert still_out(late([], 0, 0)).num_rows == 0
