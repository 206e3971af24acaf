"""Flat tables: typed columns, totals, a stated limit; sorted and filtered in the page by report.js."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display

LIMIT = 400
"""Rows embedded in a page; beyond, the table says how many more its CSV holds."""

WRITE = {
    "text": lambda value: numerals.NONE if value is None else str(value),
    "word": lambda value: numerals.NONE if value is None else str(value),
    "key": lambda value: numerals.NONE if value is None else str(value),
    "reason": lambda value: numerals.NONE if value is None else str(value),
    "code": lambda value: numerals.NONE if value is None else str(value),
    "money": numerals.money,
    "change": lambda value: numerals.money(value, sign=True),
    "quantity": numerals.quantity,
    "integer": numerals.quantity,
    "price": numerals.price,
    "percent": lambda value: numerals.NONE if value is None else f"{value:.1f} %",
    "date": numerals.day,
    "moment": numerals.moment,
    "severity": lambda value: numerals.label(value),
    "status": lambda value: numerals.NONE if value is None else numerals.label(value),
    "link": lambda value: numerals.NONE if value is None else str(value),
    "age": lambda value: "unpriced" if value is None else "today" if value == 0 else numerals.count(value, "day"),
}
NUMBERS = ("money", "change", "quantity", "integer", "price", "percent")


@dataclass(frozen=True)
class Column:
    """A column of a drawn table: the key of its values, its heading and how they are written."""

    name: str
    heading: str
    kind: str = "text"

    def cell(self, given: Any) -> dict[str, Any]:
        """Return what the template draws: text, what it sorts by where that is another, classes.

        What is given as (value, link, note) leads somewhere, and has something said below it.
        """
        value, href, note = given if isinstance(given, tuple) else (given, "", "")
        negative = self.kind in NUMBERS and value is not None and value < 0
        kind = "number" if self.kind in NUMBERS else self.kind
        written = WRITE[self.kind](value)
        return {
            "text": written,
            "sort": _sort_value(value, written),
            "classes": kind + " negative" * negative,
            "href": href,
            "note": note,
            "level": _level(self.kind, value),
        }


def columns(*drawn: str) -> list[Column]:
    """Return columns drawn as `name|Heading|kind`."""
    return [Column(*line.split("|")) for line in drawn]


def table(
    rows: Iterable[dict[str, Any]],
    drawn: list[Column],
    caption: str,
    more: str = "",
    total: dict[str, Any] | None = None,
    empty: str = "Nothing to show.",
    limit: int = LIMIT,
    place: str = "",
) -> Display:
    """Return rows as a table. `more` is the CSV that holds them all; `total` is a last, ruled row.

    Of a table with a `place` the page shows the rows a figure leads to.
    """
    found = list(rows)
    cells = [[column.cell(row.get(column.name)) for column in drawn] for row in found[:limit]]
    return Display(
        "table.html.j2",
        plain=f"{caption}: {numerals.count(len(found), 'row')}",
        columns=drawn,
        rows=cells,
        total=[column.cell(total[column.name]) if column.name in total else None for column in drawn]
        if total
        else None,
        caption=caption,
        left_out=max(len(found) - limit, 0),
        more=more,
        empty=empty,
        place=place,
        numbers=NUMBERS,
    )


def _level(kind: str, value: Any) -> str | None:
    """Return the class of the chip a value is shown in, or None where it is plain text."""
    if kind == "age":
        return "unpriced" if value is None else "old" if value else None
    return value if kind in ("severity", "status") else None


def _sort_value(value: Any, written: str) -> str | None:
    """Return what a cell sorts by, nothing being last; None where report.js reads it in the text."""
    if written == numerals.NONE:
        return None
    read = numerals.unwritten(written)
    if isinstance(value, Decimal):
        return None if NUMBER.fullmatch(read) and Decimal(read) == value else f"{value:f}"
    plain = str("" if value is None else value)
    return None if plain in (written, read) else plain


NUMBER = re.compile(r"-?\d+(\.\d+)?")
