"""Lines of one side, and how to find them: by reference, by amount, on another account; always in the same order."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa


@dataclass(frozen=True)
class Line:
    """One line of an account; `amount` in minor units, positive received; `summed` = a sum was suggested for it.

    `deal` is the deal it settles, where its side says so.
    """

    side: str
    key: str
    block: str
    currency: str
    amount: int
    date: date
    reference: str | None
    party: str | None
    deal: str | None
    open: bool
    summed: bool

    @property
    def day(self) -> int:
        """Return the date as a number of days."""
        return self.date.toordinal()


def lines_of(rows: pa.Table) -> list[Line]:
    """Return the rows of a table as lines, in the order of their keys."""
    found = (Line(**row | {"amount": int(row["amount"].scaleb(2))}) for row in rows.to_pylist())
    return sorted(found, key=lambda line: (line.block, line.key))


class Lines:
    """The lines of one side."""

    def __init__(self, lines: list[Line]):
        self.lines = lines
        self._named, self._everywhere, self._amounts = defaultdict(list), defaultdict(list), defaultdict(list)
        for line in lines:
            if line.reference:
                self._named[line.block, line.reference].append(line)
                self._everywhere[line.reference].append(line)
            if line.open:
                self._amounts[line.block, line.amount].append(line)

    def named(self, line: Line) -> list[Line]:
        """Return the lines with the reference of a line, on its account."""
        return list(self._named[line.block, line.reference]) if line.reference else []

    def elsewhere(self, line: Line) -> list[Line]:
        """Return the lines with the reference of a line, on other accounts."""
        return [one for one in self._everywhere[line.reference] if one.block != line.block] if line.reference else []

    def of_amount(self, line: Line, amount: int) -> list[Line]:
        """Return the open lines of an amount on the account of a line, the nearest dates first."""
        return sorted(self._amounts[line.block, amount], key=lambda one: (abs(one.day - line.day), one.key))


def money(minor: int) -> str:
    """Return minor units as people write them.

    >>> money(-125000)
    '-1,250.00'
    """
    return f"{Decimal(minor).scaleb(-2):,.2f}"
