"""Quantities dealt before a split, in the units of an event after it."""

from datetime import date
from fractions import Fraction

import pyarrow as pa

from bolib.day import Day
from bolib.valuation.exact import QUANTITY, decimals, integers, multiply_divide

EVER, NEVER = date(1900, 1, 1), date(2199, 12, 31)
UNITS = pa.schema([
    ("ca_id", pa.string()), ("from_date", pa.date32()), ("until_date", pa.date32()), ("numerator", pa.int64()),
    ("denominator", pa.int64()),
])  # fmt: skip


def add_units(day: Day, events: list[dict]) -> None:
    """Add `ca_units`: by event and day of deal (from_date, before until_date), units of the event in one unit then.

    Splits count from the first deal on: what was held before is given in the units of that day.
    """
    first = day.engine.query("select day from ca_first_deal")["day"][0].as_py() or EVER
    splits: dict[str, list[dict]] = {}
    for event in events:
        if growth(event) and event["ex_date"] >= first:
            splits.setdefault(event["isin"], []).append(event)
    rows = [row for event in events for row in epochs(event, splits.get(event["isin"], []))]
    day.engine.add("ca_units", pa.Table.from_pylist(rows, schema=UNITS))


def growth(event: dict) -> Fraction | None:
    """Return the units after an event in one unit before it, where it changes the units held.

    >>> growth({"type": "SPLF", "ratio_new": 7, "ratio_old": 1})
    Fraction(7, 1)
    """
    if event["type"] not in ("SPLF", "SPLR", "BONU"):
        return None
    ratio = Fraction(event["ratio_new"]) / Fraction(event["ratio_old"])
    return 1 + ratio if event["type"] == "BONU" else ratio


def epochs(event: dict, splits: list[dict]) -> list[dict]:
    """Return the rows of `ca_units` of an event, given the splits of its security."""
    before = sorted((s for s in splits if s["ex_date"] < event["ex_date"]), key=lambda s: s["ex_date"])
    starts = [EVER, *(split["ex_date"] for split in before)]
    rows = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], NEVER], strict=True)):
        factor = Fraction(1)
        for split in before[number:]:
            factor *= growth(split)
        rows.append(
            {"ca_id": event["ca_id"], "from_date": start, "until_date": end}
            | {"numerator": factor.numerator, "denominator": factor.denominator}
        )
    return rows


def in_units_of_event(parts: pa.Table) -> pa.Table:
    """Kernel: return the rows of `ca_contributions` with their quantity in the units of the event.

    quantity x numerator / denominator, to the millionth of a unit, a half to the even neighbour.
    """
    factors = [integers(parts[name]) for name in ("quantity", "numerator", "denominator")]
    counted = multiply_divide(factors[:2], factors[2:])
    kept = parts.select(["ca_id", "part", "account", "book", "reference"])
    return kept.append_column("quantity", decimals(counted, QUANTITY))
