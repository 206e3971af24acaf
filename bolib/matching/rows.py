"""Both sides of a reconciliation as arrays of whole numbers, so that rows are compared without text."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation.exact import integers

NONE = -1
"""Stands for a text that is missing: it equals nothing, itself included."""

COLUMNS = ("block", "key", "amount", "currency", "date", "reference", "batch", "party")


@dataclass
class Side:
    """One side. `amount` in minor units, positive received; `currency` its code of ISO 4217; `date` in days; the others
    are codes shared by both sides.

    `order` ranks the keys of all rows, so that nothing depends on how the rows came; `matched` fills as passes go.
    """

    block: np.ndarray
    order: np.ndarray
    amount: np.ndarray
    currency: np.ndarray
    date: np.ndarray
    reference: np.ndarray
    batch: np.ndarray
    party: np.ndarray
    matched: np.ndarray = field(init=False)

    def __post_init__(self):
        self.matched = np.zeros(len(self.amount), bool)

    @property
    def open(self) -> np.ndarray:
        """Return the places of the rows not matched yet."""
        return np.flatnonzero(~self.matched)


def sides(left: pa.Table, right: pa.Table) -> tuple[Side, Side]:
    """Return both sides in codes that mean the same on either."""
    codes = {name: _shared(left[name], right[name]) for name in ("block", "reference", "batch", "party")}
    keys = _shared(left["key"], right["key"])
    return tuple(
        Side(
            block=codes["block"][side],
            order=keys[side],
            amount=integers(rows["amount"]),
            currency=rows["currency"].to_numpy().astype(str),
            date=rows["date"].cast(pa.int32()).to_numpy().astype(np.int64),
            reference=codes["reference"][side],
            batch=codes["batch"][side],
            party=codes["party"][side],
        )
        for side, rows in enumerate((left, right))
    )


def _shared(left: pa.ChunkedArray, right: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Return the texts of two columns as whole numbers in the order of the alphabet."""
    both = pa.chunked_array([*left.chunks, *right.chunks], pa.string())
    values = pc.unique(both.drop_null()).sort()
    codes = pc.fill_null(pc.index_in(both, values), NONE).to_numpy().astype(np.int64)
    return codes[: len(left)], codes[len(left) :]


def joined(*columns: np.ndarray) -> np.ndarray:
    """Return one number a row that is equal where all columns are; rows of several arrays share one call."""
    codes = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, found = np.unique(column, return_inverse=True)
        _, codes = np.unique(codes * (found.max(initial=0) + 1) + found, return_inverse=True)
    return codes


def pairs(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places (in `left`, in `right`) of every two equal codes."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    first, last = np.searchsorted(ordered, left, "left"), np.searchsorted(ordered, left, "right")
    counts = last - first
    ours = np.repeat(np.arange(len(left)), counts)
    within = np.arange(len(ours)) - np.repeat(np.cumsum(counts) - counts, counts)
    return ours, order[np.repeat(first, counts) + within]


def undisputed(ours: np.ndarray, theirs: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Return which candidate pairs are the only one of both their rows."""
    counts = np.bincount(ours, minlength=size[0]), np.bincount(theirs, minlength=size[1])
    return (counts[0][ours] == 1) & (counts[1][theirs] == 1)
