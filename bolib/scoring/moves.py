"""Kernel: a move against the usual size of those before it."""

import numpy as np
import pyarrow as pa

from bolib.valuation import decimals, integers

WINDOW = 60
"""Days of its own history a move is compared with."""

MOVES = pa.schema(
    [
        ("name", pa.string()),
        ("day", pa.int64()),
        ("move_bp", pa.decimal128(18, 2)),
        ("usual_bp", pa.decimal128(18, 2)),
        ("times", pa.decimal128(18, 2)),
    ]
)


def moves(rows: pa.Table) -> pa.Table:
    """Return each day's move, in basis points of its base, beside the usual size of the moves before it.

    rows: name, day, change, base (change and base on the same scale). `usual_bp` is the median size of
    the (at most 60) earlier moves of that name, `times` how many times the usual this one is; both are
    empty before the 20th. Whole hundredths of a basis point, rounded toward zero, on every machine.
    """
    rows = rows.sort_by([("name", "ascending"), ("day", "ascending")])
    shift = rows.schema.field("change").type.scale - rows.schema.field("base").type.scale
    change, base = integers(rows["change"]).astype(object), integers(rows["base"]).astype(object)
    move = np.array(
        [
            hundredths(one * 10 ** max(-shift, 0), other * 10 ** max(shift, 0))
            for one, other in zip(change, base, strict=True)
        ],
        dtype=np.int64,
    )
    usual = _usual(np.asarray(rows["name"].to_pylist(), dtype=object), np.abs(move))
    known = usual > 0
    times = np.where(known, np.abs(move) * 100 // np.where(known, usual, 1), 0)
    money = pa.decimal128(18, 2)
    return pa.table(
        [
            rows["name"],
            rows["day"],
            decimals(move, money),
            decimals(usual, money, ~known),
            decimals(times, money, ~known),
        ],
        schema=MOVES,
    )


def hundredths(change: int, base: int) -> int:
    """Return a change in hundredths of a basis point of its base, rounded toward zero; 0 where there is no base."""
    size = abs(change) * 1_000_000 // abs(base) if base else 0
    return size if change >= 0 else -size


def _usual(names: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the median of the earlier sizes of the same name, 0 before there are 20."""
    usual = np.zeros(len(sizes), dtype=np.int64)
    start = 0
    for row in range(len(sizes)):
        if row and names[row] != names[row - 1]:
            start = row
        if row - start >= 20:
            usual[row] = int(np.median(sizes[max(start, row - WINDOW) : row]))
    return usual
