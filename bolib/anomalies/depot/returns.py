"""Kernel: which loans of securities past their end are still out, and how much of each, with nothing counted twice.

A custodian's holding tells the sum, not the loans: what is left over of a position is the whole of some of its late
loans, or of none (`outright`). What the account is short of beyond its other loans stands on those of its late
borrowings begun last, each for no more than its quantity: a borrowing renewed is the new one.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

import pyarrow as pa

from bolib.anomalies.depot.explaining import chosen_for
from bolib.valuation.exact import QUANTITY

SCHEMA = pa.schema([
    ("loan_ref", pa.string()), ("account", pa.string()), ("isin", pa.string()), ("name", pa.string()),
    ("direction", pa.string()), ("quantity", QUANTITY), ("from_date", pa.date32()), ("to_date", pa.date32()),
    ("outright", pa.bool_()), ("apart", QUANTITY), ("alike", pa.string()), ("source_file", pa.string()),
    ("source_line", pa.int64()),
])  # fmt: skip

POSITION = itemgetter("account", "isin")


SIGNS = {"LENT": -1, "BORROWED": 1}
"""Which way a loan that is out parts their record from ours, + where theirs is more."""

BEGUN = itemgetter("from_date", "to_date", "loan_ref")


def still_out(late: pa.Table) -> pa.Table:
    """Return the rows of `loans_late` that are still out, `apart` of each, and which others it may be (`alike`)."""
    rows = sorted(late.to_pylist(), key=BEGUN, reverse=True)
    rows.sort(key=POSITION)
    found = [out for _, loans in groupby(rows, POSITION) for out in _of_position(list(loans))]
    return pa.Table.from_pylist(found, schema=SCHEMA)


def _of_position(loans: list[dict]) -> list[dict]:
    """Return those of the late loans of one account and security, begun last first, that are still out."""
    outright = _outright(loans)
    whole = [loan for loan in loans if loan["loan_ref"] in outright]
    rest = [loan for loan in loans if loan["loan_ref"] not in outright]
    found = [loan | {"outright": True, "apart": loan["quantity"], "alike": _alike(loan, rest)} for loan in whole]
    short = loans[0]["short"] - sum(loan["quantity"] for loan in whole if loan["direction"] == "BORROWED")
    return found + [loan | {"outright": False, "apart": apart} for loan, apart in _shared(short, rest) if apart]


def _outright(loans: list[dict]) -> set[str]:
    """Return the references of the late loans whose whole quantities are what is left over; none where none are.

    Of several sets that are, the one of the fewest loans, of those begun last.
    """
    left = loans[0]["residual"]
    signed = [SIGNS[loan["direction"]] * loan["quantity"] for loan in loans]
    sizes = [(f"{at:06}", loan["direction"], signed[at]) for at, loan in enumerate(loans)]
    chosen = chosen_for(left, sizes)
    return {loans[int(at)]["loan_ref"] for at, _, _ in chosen} if sum(size for _, _, size in chosen) == left else set()


def _shared(short: Decimal, loans: list[dict]) -> Iterator[tuple[dict, Decimal]]:
    """Yield each borrowing with what the account is short of that stands on it."""
    left = max(Decimal(0), short)
    for loan in (loan for loan in loans if loan["direction"] == "BORROWED"):
        apart = min(left, loan["quantity"])
        left -= apart
        yield loan, apart


def _alike(loan: dict, others: list[dict]) -> str | None:
    """Return the other late loans of the same way and quantity: it may be one of them that is out instead."""
    same = itemgetter("direction", "quantity")
    return ", ".join(other["loan_ref"] for other in others if same(other) == same(loan)) or None
