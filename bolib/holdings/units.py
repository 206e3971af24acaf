"""Quantities dealt before a split, in the units of a day after it."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from bolib.day import Day
from bolib.valuation.exact import QUANTITY, decimals, integers, multiply_divide

EVER, NEVER = date(1900, 1, 1), date(2199, 12, 31)


def growth(event: dict) -> Fraction | None:
    """Return the units after an event in one unit before it, where it changes the units held.

    >>> growth({"type": "SPLF", "ratio_new": 7, "ratio_old": 1})
    Fraction(7, 1)
    """
    if event["type"] not in ("SPLF", "SPLR", "BONU") or not (event["ratio_new"] and event["ratio_old"]):
        return None
    ratio = Fraction(event["ratio_new"]) / Fraction(event["ratio_old"])
    return 1 + ratio if event["type"] == "BONU" else ratio


def splits_by_security(
    day: Day, events: Iterable[dict], grows: Callable[[dict], Fraction | None] = growth
) -> dict[str, list[dict]]:
    """Return the events that change units, by ISIN, each with its `growth`.

    They count from the first deal on: what was held before is given in the units of that day.
    """
    first = day.engine.query("select day from first_deal")["day"][0].as_py() or EVER
    found: dict[str, list[dict]] = {}
    for event in events:
        factor = grows(event)
        if factor is not None and event["ex_date"] >= first:
            found.setdefault(event["isin"], []).append({**event, "growth": factor})
    return found


def epochs(before: date, splits: list[dict]) -> list[dict]:
    """Return the units of a day in one unit of an earlier one: from_date, until_date, numerator, denominator.

    The day is the eve of `before`: splits with an earlier ex-date count.
    """
    gone = sorted((split for split in splits if split["ex_date"] < before), key=lambda split: split["ex_date"])
    starts = [EVER, *(split["ex_date"] for split in gone)]
    rows = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], NEVER], strict=True)):
        factor = Fraction(1)
        for split in gone[number:]:
            factor *= split["growth"]
        rows.append(
            {"from_date": start, "until_date": end, "numerator": factor.numerator, "denominator": factor.denominator}
        )
    return rows


def in_units(parts: pa.Table) -> pa.Table:
    """Kernel: return `parts` with their quantity in the units they are counted in.

    quantity x numerator / denominator, to the millionth of a unit, a half to the even neighbour.
    """
    factors = [integers(parts[name]) for name in ("quantity", "numerator", "denominator")]
    counted = multiply_divide(factors[:2], factors[2:])
    kept = parts.drop_columns(["quantity", "numerator", "denominator"])
    return kept.append_column("quantity", decimals(counted, QUANTITY))


def written(value: int) -> str:
    """Return a quantity in millionths as a reader writes it.

    >>> written(1_500_000), written(-2_000_000_000)
    ('1.5', '-2,000')
    """
    text = f"{Decimal(value).scaleb(-6):,f}"
    return text.rstrip("0").rstrip(".")
