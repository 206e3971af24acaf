"""How numbers, days and labels are written; amounts stay decimals until they are text."""

import datetime
import re
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
ACRONYMS = ("fx", "isin", "lei", "bic", "arn", "pset", "mic", "csd", "ecb", "eur", "mtd", "ytd", "id")
CARD = re.compile(r"(?<!\d)\d{13,19}(?!\d)")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries of plain values, None where there is none."""
    return pa.Table.from_pandas(rows, preserve_index=False).to_pylist()


def money(value: Decimal | None, sign: bool = False) -> str:
    """Return an amount with two decimals: 1,234.50, −3.00; with `sign`, gains carry a plus."""
    return NONE if value is None else _signed(value, f"{abs(value):,.2f}", sign)


def short_money(value: Decimal) -> str:
    """Return an amount for a chart: 1.2 m, 34.5 k, 812."""
    size = abs(value)
    for limit, unit in ((Decimal(10**9), " bn"), (Decimal(10**6), " m"), (Decimal(10**3), " k")):
        if size >= limit:
            return _signed(value, f"{size / limit:,.1f}{unit}", True)
    return _signed(value, f"{size:,.0f}", True)


def quantity(value: Decimal | int | None) -> str:
    """Return a quantity without its trailing zeros: 1,200 or 0.5."""
    if value is None:
        return NONE
    text = f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,}"
    return _signed(value, text.rstrip("0").rstrip(".") if "." in text else text)


def price(value: Decimal | None) -> str:
    """Return a price with at least two decimals: 182.63, 99.125."""
    if value is None:
        return NONE
    whole, _, part = f"{abs(value):,f}".partition(".")
    return _signed(value, f"{whole}.{part.rstrip('0').ljust(2, '0')}")


def day(value: datetime.date | None) -> str:
    """Return a date as 31 Mar 2026."""
    return NONE if value is None else f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def moment(value: datetime.date | None) -> str:
    """Return a moment as 31 Mar 2026, 14:15; a day, which ends at midnight, as a date."""
    return f"{day(value)}, {value:%H:%M}" if isinstance(value, datetime.datetime) else day(value)


def long_day(value: datetime.date) -> str:
    """Return a date as Tuesday 31 March 2026."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def count(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: 1 row, 1,200 rows."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def masked(text: str | None) -> str | None:
    """Return text in which what may be a card number (13 to 19 digits) shows its first six and last four only."""
    return None if text is None else CARD.sub(lambda found: f"{found[0][:6]}…{found[0][-4:]}", text)


def label(name: str) -> str:
    """Return a name of code as people write it: CORPORATE_ACTION → Corporate action."""
    words = [word.upper() if word in ACRONYMS else word for word in name.lower().split("_")]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


def parameter(value: Any) -> str:
    """Return a parameter as text: lists by comma, an empty one as "none"."""
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"  # 0.00001, where Python writes 1e-05
    if isinstance(value, list | tuple):
        return ", ".join(map(parameter, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {parameter(item)}" for name, item in value.items()) or "none"
    return str(value)


def unwritten(text: str) -> str:
    """Return a written number as a program reads it: −1,234.50 → -1234.50. report.js does the same."""
    return text.replace(",", "").replace(MINUS, "-").lstrip("+")


def _signed(value: Decimal | int, text: str, sign: bool = False) -> str:
    return MINUS + text if value < 0 else "+" + text if sign and value > 0 else text
