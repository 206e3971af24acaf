"""Kernel: open lines of two sides → why each is open, the first reason that is true, with the numbers that prove it.

The order is that of practice: a line that stands twice, one that its own side undoes, one that is there under its
reference on another date, for another amount (a fee, a rate, a cent, a tax, a part, interest) or with the other sign,
one that several lines sum to, one with the other sign, one under another reference, one on another account; what has
rows it could be and is none of these is UNKNOWN. A line nothing answers to has no class here: age says whether it is
expected or missing. All that is true is told (`also`), the first decides; a difference that a shared reference and its
own numbers explain comes before a sum, which chance may make.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

import pyarrow as pa

from bolib.matching.lines import Line, Lines, lines_of, money
from bolib.matching.reasons import Grounds, explained

COLUMNS = ("side", "key", "block", "currency", "amount", "date", "reference", "party", "deal", "open", "summed")
CLASSES = pa.schema([
    ("side", pa.string()), ("key", pa.string()), ("class", pa.string()), ("twin_key", pa.string()),
    ("other_key", pa.string()), ("other_amount", pa.decimal128(18, 2)), ("difference", pa.decimal128(18, 2)),
    ("explanation", pa.string()), ("also", pa.string()),
])  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One reason why a line is open: its class, the line it is about, in words why; `twin` is of the same side."""

    name: str
    other: Line | None
    words: str
    twin: bool = field(default=False)


def classifier(grounds: Grounds) -> Callable[[pa.Table, pa.Table], pa.Table]:
    """Return the kernel with its grounds: (left, right) with COLUMNS → CLASSES, one row an open line."""
    return partial(classified, grounds=grounds)


def classified(left: pa.Table, right: pa.Table, grounds: Grounds) -> pa.Table:
    """Return the open lines of both sides with their class; rows of one currency come together."""
    sides = Lines(lines_of(left)), Lines(lines_of(right))
    rows = [
        _row(line, [reason for test in TESTS for reason in test(line, own, other, grounds)], grounds)
        for own, other in (sides, sides[::-1])
        for line in own.lines
        if line.open
    ]
    return pa.Table.from_pylist(rows, schema=CLASSES)


def _row(line: Line, reasons: list[Reason], grounds: Grounds) -> dict:
    first = reasons[0] if reasons else Reason("", None, _charge(line, grounds))
    also = dict.fromkeys(reason.name for reason in reasons[1:] if reason.name != first.name)
    named = {"side": line.side, "key": line.key, "class": first.name or None, "explanation": first.words or None}
    named |= {"also": ", ".join(also) or None, "twin_key": first.other.key if first.twin else None}
    if first.other is None or first.twin:
        return named
    gap = (first.other.amount - line.amount) * (1 if line.side == "LEFT" else -1)
    return named | {
        "other_key": first.other.key,
        "other_amount": Decimal(first.other.amount).scaleb(-2),
        "difference": Decimal(gap).scaleb(-2),
    }


def _charge(line: Line, grounds: Grounds) -> str:
    """Return the tariff, or the part of a deal or event, that a line nothing answers to is, in words."""
    wanted = line.currency, -line.amount
    known = [(f"the tariff {reason}", *one) for reason, *one in grounds.tariffs]
    known += [(words, *one) for _, words, *one in grounds.parts_of(line)]
    found = next((words for words, *one in known if tuple(one) == wanted), None)
    return f"{money(-line.amount)} is {found}" if found else ""


def _duplicate(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """The same reference and amount stand more than once on this side."""
    twins = [one for one in own.named(line) if one.amount == line.amount and one.key != line.key]
    return [Reason("DUPLICATE", one, f"the same reference and amount as {one.key}", twin=True) for one in twins[:1]]


def _reversal(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """This side undoes it: the same reference, the opposite amount."""
    undone = [one for one in own.named(line) if one.open and one.amount == -line.amount]
    return [Reason("REVERSAL", one, f"undone by {one.key}, the opposite amount", twin=True) for one in undone[:1]]


def _same_reference(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """The other side has an open line of this reference: its date or its amount is another."""
    there = [one for one in other.named(line) if one.open]
    there.sort(key=lambda one: (abs(one.amount - line.amount), abs(one.day - line.day), one.key))
    return [Reason(name, one, words) for one in there[:1] for name, words in explained(line, one, grounds)]


def _summed(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """Several lines may make it up, in one way only; see the suggestions."""
    words = "several lines sum to it in one way only; see what may match"
    return [Reason("AGGREGATION", None, words)] if line.summed else []


def _sign(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """The other side has an open line of the opposite amount and the same party, in the days allowed."""
    opposite = [one for one in _near(line, -line.amount, other, grounds) if line.party and one.party == line.party]
    return [Reason("SIGN", one, f"{one.key} is the same amount with the other sign") for one in opposite[:1]]


def _other_reference(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """The other side has an open line of this amount, in the days allowed, under another reference or party."""
    against = [one for one in _near(line, line.amount, other, grounds) if _contradicts(line, one)]
    words = [f"{one.key} has the same amount under {one.reference or one.party}" for one in against[:1]]
    return [Reason("REFERENCE_DATA", one, said) for one, said in zip(against, words, strict=False)]


def _could_be(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """The other side has open lines of this amount, in the days allowed, that nothing contradicts or confirms."""
    could = [one for one in _near(line, line.amount, other, grounds) if not _contradicts(line, one)]
    words = f"{len(could)} open line{'s' if len(could) > 1 else ''} of this amount could be it; nothing tells which"
    return [Reason("UNKNOWN", one, words) for one in could[:1]]


def _near(line: Line, amount: int, other: Lines, grounds: Grounds) -> list[Line]:
    return [one for one in other.of_amount(line, amount) if one.open and grounds.near(line, one)]


def _contradicts(line: Line, one: Line) -> bool:
    """Return whether two lines of one amount name different things."""
    references = line.reference and one.reference and line.reference != one.reference
    return bool(references or (line.party and one.party and line.party != one.party))


def _elsewhere(line: Line, own: Lines, other: Lines, grounds: Grounds) -> list[Reason]:
    """The other side has it on another account."""
    there = [one for one in other.elsewhere(line) if one.open and one.amount == line.amount]
    return [Reason("CLASSIFICATION", one, f"{one.key} is this line on another account") for one in there[:1]]


TESTS = (_duplicate, _reversal, _same_reference, _summed, _sign, _other_reference, _elsewhere, _could_be)
"""The reasons in their order; each returns those that are true, the surest first."""
