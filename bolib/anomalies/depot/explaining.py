"""Kernel: what explains the difference between a custodian's holding and ours.

Custodians differ: some take securities lent out of the holding they state, some show them inside it; some book an
event on its ex-date, some on the day it is paid. So each loan and event may explain the difference or not: what does
is the set of them that leaves the least, of the fewest members; of equals, the first by reference.
"""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pyarrow as pa

from bolib.holdings.units import written
from bolib.valuation.exact import QUANTITY, decimals, integers

MOST = 12
"""Loans and events of one position whose every subset is tried; beyond, only all or none."""

KINDS = {"LENT": "lent", "BORROWED": "borrowed", "EVENT": "event not paid yet"}
Candidate = tuple[str, str, int]
"""Reference, kind, quantity in millionths (+ where theirs is more)."""


def explain(compared: pa.Table, candidates: pa.Table) -> pa.Table:
    """Return account, evening, isin, explained and residual of each row of `depot_compared`, and how, in words."""
    keys = _keys(compared)
    by_key: dict[tuple, list[Candidate]] = defaultdict(list)
    sizes = integers(candidates["quantity"]).tolist()
    names = zip(candidates["reference"].to_pylist(), candidates["kind"].to_pylist(), sizes, strict=True)
    for key, candidate in zip(_keys(candidates), names, strict=True):
        by_key[key].append(candidate)
    differences = integers(compared["difference"])
    chosen = [chosen_for(size, by_key.get(key, [])) for key, size in zip(keys, differences.tolist(), strict=True)]
    explained = np.array([sum(size for _, _, size in some) for some in chosen], np.int64)
    residual = differences - explained
    return pa.table({
        "account": compared["account"], "evening": compared["evening"], "isin": compared["isin"],
        "explained": decimals(explained, QUANTITY), "residual": decimals(residual, QUANTITY),
        "reasons": pa.array([", ".join(name for name, _, _ in some) or None for some in chosen], pa.string()),
        "arithmetic": pa.array(_arithmetic(compared, chosen, residual), pa.string()),
    })  # fmt: skip


def _keys(rows: pa.Table) -> list[tuple]:
    return list(zip(*(rows[name].to_pylist() for name in ("account", "evening", "isin")), strict=True))


def chosen_for(difference: int, candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates that explain a difference.

    >>> chosen_for(-6_000, [("SL-1", "LENT", -6_000), ("SL-2", "LENT", -500)])
    (('SL-1', 'LENT', -6000),)
    >>> chosen_for(0, [("SL-1", "LENT", -6_000)])
    ()
    """
    ordered = sorted(candidates)
    sizes = range(len(ordered) + 1) if len(ordered) <= MOST else (0, len(ordered))
    sets = (some for size in sizes for some in combinations(ordered, size))
    return min(sets, key=lambda some: abs(difference - sum(size for _, _, size in some)), default=())


def _arithmetic(compared: pa.Table, chosen: list[tuple[Candidate, ...]], residual: np.ndarray) -> list[str]:
    names = ("theirs", "dealt", "receipts", "deliveries", "clients")
    columns = zip(*(integers(compared[name]).tolist() for name in names), strict=True)
    return [sentence(*row, some, left) for row, some, left in zip(columns, chosen, residual.tolist(), strict=True)]


def sentence(
    theirs: int, dealt: int, receipts: int, deliveries: int, clients: int, some: tuple[Candidate, ...], residual: int
) -> str:
    """Return the sum that gives the stated holding; quantities in millionths.

    >>> sentence(90_000_000, 100_000_000, 10_000_000, 0, 0, (), 0)
    '90 = 100 dealt − 10 to receive'
    """
    parts = [f"{_number(dealt)} dealt"] if dealt or not clients else []
    parts += [f"− {written(receipts)} to receive"] * bool(receipts)
    parts += [f"+ {written(deliveries)} to deliver"] * bool(deliveries)
    parts += [f"{'+ ' * bool(parts)}{written(clients)} of clients"] * bool(clients)
    parts += [f"{_signed(size)} {KINDS[kind]} ({name})" for name, kind, size in some]
    parts += [f"{_signed(residual)} unexplained"] * bool(residual)
    return f"{_number(theirs)} = {' '.join(parts)}"


def _number(value: int) -> str:
    return f"{'−' if value < 0 else ''}{written(abs(value))}"


def _signed(value: int) -> str:
    return f"{'−' if value < 0 else '+'} {written(abs(value))}"
