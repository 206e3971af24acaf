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


def test_a_day_tells_the_late_loans_alone_however_old_they_are():
    """Of 70 owned 15 lack: 5 are lent until tomorrow, 6 since 2019 and 4 were due today; who knows C knows it tomorrow."""
    loans = (loan("OLD", 6, begun="2019-03-04", due="2019-06-28"), loan("LIVE", 5, due="2026-04-01"))
    loans += (loan("TODAY", 4, due=AS_OF), loan("C", 10, known="2026-04-01 08:00"))
    rows = out(55, *loans)
    assert {name: row["late"] for name, row in rows.items()} == {
        "OLD": "before the calendar begins",
        "TODAY": "0 business days ago",
    }
    assert rows["OLD"]["still"] == "the custodian still states less by"


def test_a_day_tells_what_the_account_is_short_of_unless_it_is_borrowed_otherwise():
    sold = f"S | 1 | NEW | ONE | {APPLE} | SELL | 80 | 2026-03-26 | 2026-03-27 | 2026-03-26 09:00"  # 70 - 80: 10 short
    late = loan("FIRST", 8, "BORROWED"), loan("AGAIN", 8, "BORROWED", "2026-03-26", "2026-03-30")
    rows = out(0, *late, dealt=sold)
    assert {name: int(row["apart"]) for name, row in rows.items()} == {"AGAIN": 8, "FIRST": 2}
    assert out(0, *late, loan("LIVE", 10, "BORROWED", due=""), dealt=sold) == {}


def late(quantities, residual, short):
    """Return rows of `loans_late` on one position: L0, L1 ... of a direction and a quantity, each begun a day later."""
    rows = [
        {"loan_ref": f"L{at}", "account": "SAF", "isin": APPLE, "direction": direction, "quantity": Decimal(size),
         "from_date": date(2026, 3, 2 + at), "to_date": date(2026, 3, 26), "residual": Decimal(residual),
         "short": Decimal(short)}
        for at, (direction, size) in enumerate(quantities)
    ]  # fmt: skip
    kinds = dict.fromkeys(("quantity", "residual", "short"), QUANTITY)
    kinds |= dict.fromkeys(("from_date", "to_date"), pa.date32()) | {"source_line": pa.int64()}
    names = ("loan_ref", "account", "isin", "name", "direction", "source_file")
    return pa.Table.from_pylist(rows, schema=pa.schema({**dict.fromkeys(names, pa.string()), **kinds}))


def parts(quantities, residual=0, short=0):
    return {row["loan_ref"]: int(row["apart"]) for row in still_out(late(quantities, residual, short)).to_pylist()}


LENT = [("LENT", 6), ("LENT", 10)]


@pytest.mark.parametrize(
    ("quantities", "residual", "told"),
    [
        (LENT, -16, {"L0": 6, "L1": 10}),  # both are out, and neither hides the other
        (LENT, -10, {"L1": 10}),
        (LENT, -11, {}),  # neither loan, nor both
        (LENT, 0, {}),  # both are back
        ([("LENT", 6), ("BORROWED", 10)], 4, {"L0": 6, "L1": 10}),  # out both, though their sum is another
    ],
)
def test_what_is_left_over_is_the_whole_of_some_loans_or_of_none(quantities, residual, told):
    assert parts(quantities, residual) == told


def test_of_two_loans_alike_of_which_one_is_out_the_one_begun_last_is_told_and_the_other_named():
    [row] = still_out(late([("LENT", 6), ("LENT", 6)], -6, 0)).to_pylist()
    assert (row["loan_ref"], row["alike"]) == ("L1", "L0")


def test_what_is_short_is_shared_out_once_the_borrowing_begun_last_first():
    assert parts([("BORROWED", 8), ("BORROWED", 8)], short=10) == {"L0": 2, "L1": 8}
    assert parts([("BORROWED", 10), ("BORROWED", 10)], short=10) == {"L1": 10}  # renewed
    assert parts([("BORROWED", 10), ("BORROWED", 10)], residual=10, short=10) == {"L1": 10}  # what still stands there


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
