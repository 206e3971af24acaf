"""Kernel: the rows of a day that say together what is never said together, each with the counts it was judged by."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.scoring.composites import composites
from bolib.scoring.encoding import Field, field
from bolib.scoring.rarity import Evidence, blamed, evidence

GIVEN = ("block", "key", "day", "judged")
"""Columns that are no fields: what is judged together, the row's key, its day, whether it is judged."""

USUAL = 3
"""Values named as usual."""

SETTLED = 20
"""Rows after which a new value has habits of its own."""

LEAST = 50
"""Earlier rows below which nothing is said: a bank of one day has no habits."""

RARE = pa.schema(
    [
        *((name, pa.string()) for name in ("block", "key")),
        ("day", pa.date32()),
        ("score", pa.decimal128(18, 2)),
        *((name, pa.string()) for name in ("field", "value", "other", "other_value")),
        *((name, pa.int64()) for name in ("seen", "seen_other")),
        ("expected", pa.decimal128(18, 1)),
        ("usual", pa.string()),
        ("first_day", pa.date32()),
    ]
)


def rare(threshold: float, young_days: int, wanted: int = 0) -> Callable[[pa.Table], pa.Table]:
    """Return the kernel that gives the judged rows worth `threshold` nats or more.

    Rows: block, key, day, judged, and fields: words as they are, moments by hours, numbers by rank.
    Each row is judged on its own day, by all rows up to that day and none later, itself left out. `seen` is
    how many others have both values, `seen_other` how many have the second, `expected` how many would have
    both if the fields had nothing to do with each other, `usual` what the first field mostly says beside the
    second. `first_day` is the day the value was new, where that is no more than `young_days` before: a new
    word speaks against its first row alone, until it has been seen 20 times or is older; an hour or a rank is
    not somebody new, and speaks every time. `wanted` pairs of fields are also taken as one.
    """

    def kernel(rows: pa.Table) -> pa.Table:
        found = []
        for block in sorted(pc.unique(rows["block"]).to_pylist()):
            mine = rows.filter(pc.field("block") == block)
            for day in sorted(pc.unique(mine.filter(pc.field("judged"))["day"]).to_pylist()):
                found += _evening(mine, day)
        return pa.Table.from_pylist(found, schema=RARE)

    def _evening(rows: pa.Table, day: date) -> list[dict]:
        known = rows.filter(pc.field("day") <= pa.scalar(day)).sort_by([("day", "ascending"), ("key", "ascending")])
        days = known["day"].to_numpy()
        today = np.flatnonzero((days == np.datetime64(day)) & known["judged"].to_numpy())
        fields = [field(name, known[name]) for name in known.column_names if name not in GIVEN]
        fields = [item for item in fields if item.size > 1]
        if (days < np.datetime64(day)).sum() < LEAST or len(fields) < 2:
            return []
        fields += composites(fields, wanted, np.arange(known.num_rows))
        found, first = _without_young(fields, evidence(fields, today), today, days, young_days)
        return _told(known, fields, found, first, today, threshold)

    return kernel


def _without_young(
    fields: list[Field], found: Evidence, rows: np.ndarray, days: np.ndarray, young_days: int
) -> tuple[Evidence, np.ndarray]:
    """Return the evidence without what speaks of values new a short while ago, and each value's first day.

    A new account or user is said once, by the first row that has it: the rows stand in the order of their days.
    """
    context, broken = found.context.copy(), found.broken.copy()
    since = days[rows] - np.timedelta64(young_days, "D")
    first = np.empty(context.shape, dtype="datetime64[D]")
    quiet = np.zeros(context.shape, dtype=bool)
    for place, item in enumerate(fields):
        start = np.full(item.size, len(days), dtype=np.int64)
        np.minimum.at(start, item.codes, np.arange(len(days)))
        mine = start[item.codes[rows]]
        first[place] = days[mine]
        new = (first[place] > since) & (first[place] > days[0]) & item.named
        quiet[place] = new & (mine != rows) & (np.bincount(item.codes)[item.codes[rows]] <= SETTLED)
    context[quiet] = 0.0
    broken[quiet | np.take_along_axis(quiet, found.partner.astype(np.int64), axis=0)] = 0.0
    return replace(found, context=context, broken=broken), np.where(
        (first > since) & (first > days[0]), first, np.datetime64("NaT")
    )


def _told(
    known: pa.Table, fields: list[Field], found: Evidence, first: np.ndarray, today: np.ndarray, threshold: float
) -> list[dict]:
    """Return what is said of today's rows that reach the threshold; scores are rounded before they are compared."""
    scores = np.round(found.score * 100).astype(np.int64)
    one, other = blamed(found)
    told = np.flatnonzero(scores >= round(threshold * 100))
    names = zip(*(known[name].take(pa.array(today[told])).to_pylist() for name in ("block", "key", "day")), strict=True)
    return [
        {"block": block, "key": row, "day": day, "score": Decimal(int(scores[place])).scaleb(-2)}
        | _said(fields[one[place]], fields[other[place]], today[place])
        | {"first_day": first[one[place], place].item()}
        for place, (block, row, day) in zip(told, names, strict=True)
    ]


def _said(one: Field, other: Field, row: int) -> dict:
    """Return the counts behind one row: how often the two values are seen together, and what is usual instead."""
    value, beside = one.codes[row], other.codes[row]
    company = np.bincount(one.codes[other.codes == beside], minlength=one.size)
    company[value] -= 1
    both, alone = int(company.sum()), int((one.codes == value).sum()) - 1
    rest = len(one.codes) - 1
    order = np.lexsort((np.arange(one.size), -company))[:USUAL]
    usual = [f"{one.labels[code]} {100 * company[code] // both} %" for code in order if company[code]]
    return {
        "field": one.name,
        "value": one.labels[value],
        "other": other.name,
        "other_value": other.labels[beside],
        "seen": int(company[value]),
        "seen_other": both,
        "expected": Decimal((20 * alone * both + rest) // (2 * rest)).scaleb(-1),
        "usual": ", ".join(usual),
    }
