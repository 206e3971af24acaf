"""Kernel: two sides of one account → what is the same on both, what may be, and what stays open.

Passes go from the surest to the least sure. Each accepts only what is undisputed on both sides, all at once: the
result does not depend on the order of the rows, and the two sides may be swapped. A row is used once, currencies and
accounts never mix, a difference is accepted only for a named reason and stays visible as the residual of its match.
What several rows could be is never decided here: it is suggested, with a score and a reason.
"""

import hashlib
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pyarrow as pa

from bolib.matching.passes import (
    Group,
    Settings,
    by_amount,
    by_batch,
    by_reference,
    by_reference_and_date,
    by_reference_with_difference,
    reversals,
)
from bolib.matching.rows import Side, sides
from bolib.matching.subsets import by_sum
from bolib.matching.suggestions import suggested

PASSES = (by_reference_and_date, by_reference, by_batch, by_reference_with_difference, by_amount, by_sum)
"""The passes in their order; reversals inside one side come before."""

MATCHES = pa.schema([
    ("block", pa.string()), ("match_id", pa.string()), ("side", pa.string()), ("key", pa.string()),
    ("pass", pa.string()), ("status", pa.string()), ("residual", pa.decimal128(18, 2)), ("reason", pa.string()),
    ("score", pa.int64()),
])  # fmt: skip


def matcher(settings: Settings) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """Return the kernel with its settings: (left, right) with COLUMNS of `rows` → MATCHES."""
    return partial(matched, settings=settings)


def matched(left: pa.Table, right: pa.Table, settings: Settings) -> pa.Table:
    """Return one row for each row in a match or a suggestion; `block` is the account and currency.

    A match has status AUTO; its residual, theirs minus ours, stands on the first row of the right side. A suggestion
    has status SUGGESTED, the same match_id on its two rows, and a score of 100.
    """
    ours, theirs = sides(left, right)
    names = left["key"].to_pylist(), right["key"].to_pylist()
    blocks = left["block"].to_pylist(), right["block"].to_pylist()
    groups = [*_reversed(ours, 0), *_reversed(theirs, 1)]
    unsure: list[Group] = []
    for find in PASSES:
        found = find(ours, theirs, settings)
        unsure += [group for group in found if not group.sure]
        groups += _accepted(ours, theirs, [group for group in found if group.sure])
    rows = [row for group in groups for row in _rows(group, names, blocks, "AUTO")]
    rows += [row for group in unsure for row in _rows(group, names, blocks, "SUGGESTED", "only sum", 60)]
    for one in suggested(ours, theirs, settings):
        group = Group("SUGGESTION", (one.left,), (one.right,))
        rows += _rows(group, names, blocks, "SUGGESTED", one.reason, one.score)
    return pa.Table.from_pylist(rows, schema=MATCHES)


def _reversed(side: Side, number: int) -> list[Group]:
    found = []
    for plus, minus in reversals(side):
        side.matched[[plus, minus]] = True
        rows = (plus, minus)
        found.append(Group("REVERSAL", rows if number == 0 else (), rows if number == 1 else ()))
    return found


def _accepted(left: Side, right: Side, groups: list[Group]) -> list[Group]:
    for group in groups:
        left.matched[list(group.left)] = True
        right.matched[list(group.right)] = True
    return groups


def _rows(group: Group, names: tuple, blocks: tuple, status: str, reason: str | None = None, score: int | None = None):
    """Yield the rows of a match; its id follows from what is in it, so that it is the same every day."""
    members = [("LEFT", 0, place) for place in group.left] + [("RIGHT", 1, place) for place in group.right]
    members.sort(key=lambda member: (member[0], names[member[1]][member[2]]))
    said = "|".join(f"{side} {names[number][place]}" for side, number, place in members)
    match_id = hashlib.sha256(f"{group.name}|{said}".encode()).hexdigest()[:16]
    first = next((member for member in members if member[0] == "RIGHT"), members[0])
    for member in members:
        side, number, place = member
        yield {
            "block": blocks[number][place],
            "match_id": match_id,
            "side": side,
            "key": names[number][place],
            "pass": group.name,
            "status": status,
            "residual": _money(group.residual if member is first else 0),
            "reason": reason or group.reason,
            "score": score,
        }


def _money(minor: int) -> Decimal:
    return Decimal(minor).scaleb(-2)
