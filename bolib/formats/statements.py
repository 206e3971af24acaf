"""Account statements as every message format gives them: proven, then landed as one of two tables.

A message holds two tables, as a workbook holds sheets: `statements` (one row a statement) and
`statement_lines` (one row a movement); `sheet` in sources.yml says which, by default the table of
the source. A message with balances is proven here, opening + lines = closing, to the last digit;
one that is not, or that cannot be read whole, is refused with one line that names the place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from bolib.errors import SourceError
from bolib.formats import Dialect, Landed, land_rows

SHEETS = {
    "statements": ("account", "statement_no", "currency", "from_date", "to_date", "opening", "closing", "part"),
    "statement_lines": (
        *("account", "statement_no", "line_no", "booking_date", "value_date", "amount", "currency", "reference"),
        *("end_to_end_id", "counterparty", "text", "reversal", "status"),
    ),
}
"""Columns of the two tables; `status` says BOOK, or why a line does not count (PDNG, INFO)."""


LARGEST = 2**30
"""Bytes of one file; more is no message."""

SHOWN = 160
"""Letters of what a file says that an error repeats."""


@dataclass(frozen=True)
class Balance:
    """What an account holds at the end of a day; negative = overdrawn."""

    day: date
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Movement:
    """One line of a statement. `amount` is positive where the account is credited; `place` is where it stands."""

    place: int
    booking_date: date
    value_date: date
    amount: Decimal
    currency: str
    reference: str | None = None
    end_to_end_id: str | None = None
    counterparty: str | None = None
    text: str | None = None
    reversal: bool = False
    status: str = "BOOK"


@dataclass(frozen=True)
class Statement:
    """A statement, or a page of one. `page` is its number where pages are numbered, `since` that of the first page
    where several were put together; `first` and `last` say whether its balances open and close the whole; an interim
    report has no balances and proves nothing."""

    place: int
    account: str
    number: str
    opening: Balance | None = None
    closing: Balance | None = None
    movements: tuple[Movement, ...] = field(default=())
    page: int | None = None
    since: int | None = None
    first: bool = True
    last: bool = True


def refused(path: Path, place: int, expected: str, found: str) -> SourceError:
    """Return the error of a message that cannot be read, with the line where it goes wrong; it is one line itself."""
    shown = ("".join(letter if letter.isprintable() else " " for letter in text) for text in (expected, found))
    return SourceError(f"{path}, line {place}", *(text[:SHOWN] for text in shown), "Ask the sender for the file again.")


def check_size(path: Path) -> None:
    """Refuse a file too large to be what it is said to be, before it is read into memory."""
    size = path.stat().st_size
    if size > LARGEST:
        raise SourceError(str(path), f"at most {LARGEST:,} bytes", f"{size:,}", "Split the file.")


def land_statements(
    path: Path, dialect: Dialect, into: Path, read: Callable[[Path, str], Iterable[Statement]]
) -> Landed:
    """Return one sheet of the message landed as text, once every statement in it is whole and proven."""
    if dialect.sheet not in SHEETS:
        found = dialect.sheet or "none"
        raise SourceError(str(path), f"a sheet among {', '.join(SHEETS)}", found, "Name the table or the sheet.")
    check_size(path)
    found = whole(path, list(read(path, dialect.encoding)))
    for statement in found:
        prove(path, statement)
    rows = _statements(found) if dialect.sheet == "statements" else _lines(found)
    return land_rows(path, list(SHEETS[dialect.sheet]), rows, into)


def whole(path: Path, pages: list[Statement]) -> list[Statement]:
    """Return the statements, the pages of each put together; pages that do not follow one another are refused.

    Pages may also come one a file, each with its balances: one without those before or after it is a statement of its
    own, numbered 12/1, or 12/2-3 of several, that says which part of the whole it is. What lacks is for the day to
    tell, once all its files are read.
    """
    found: list[Statement] = []
    for page in pages:
        before = found[-1] if found else None
        if before is not None and not before.last and (before.account, before.number) == (page.account, page.number):
            found[-1] = _joined(path, before, page)
        else:
            found.append(page)
    if not found:
        raise refused(path, 1, "a statement", "none")
    return [_numbered(one) for one in found]


def _numbered(one: Statement) -> Statement:
    whole = one.page is None or part_of(one.first, one.last) is None
    return one if whole else replace(one, number=f"{one.number}/{page_numbers(one.since or one.page, one.page)}")


def page_numbers(first: int, last: int) -> str:
    """Return the numbers of pages that came together, as 2 or 2-3."""
    return str(first) if first == last else f"{first}-{last}"


def part_of(first: bool, last: bool) -> str | None:
    """Return which part of a statement pages are, given whether they open and close it; None where they are all."""
    return {(True, True): None, (True, False): "FIRST", (False, True): "LAST", (False, False): "MIDDLE"}[first, last]


def _joined(path: Path, before: Statement, page: Statement) -> Statement:
    if before.page is not None and page.page != before.page + 1:
        raise refused(path, page.place, f"page {before.page + 1} of statement {page.number}", f"page {page.page}")
    if before.closing is not None and page.opening is not None and before.closing.amount != page.opening.amount:
        wanted = f"page {page.page} to open with {before.closing.amount}, as the page before closes"
        raise refused(path, page.place, wanted, str(page.opening.amount))
    movements = (*before.movements, *page.movements)
    since = before.since or before.page
    return replace(before, closing=page.closing, movements=movements, page=page.page, since=since, last=page.last)


def prove(path: Path, statement: Statement) -> None:
    """Refuse a statement whose opening balance and booked lines do not give its closing balance."""
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None:
        return
    booked = [line for line in statement.movements if line.status == "BOOK"]
    strange = next((line for line in booked if line.currency != opening.currency), None)
    if strange or closing.currency != opening.currency:
        found, place = (strange.currency, strange.place) if strange else (closing.currency, statement.place)
        raise refused(path, place, f"amounts in {opening.currency}, the currency of the opening balance", found)
    total = sum((line.amount for line in booked), opening.amount)
    if total != closing.amount:
        wanted = f"a closing balance of {total}, {opening.amount} and {len(booked)} lines"
        raise refused(path, statement.place, wanted, str(closing.amount))


def _statements(found: list[Statement]) -> Iterable[tuple[int, list]]:
    kept = [one for one in found if one.opening is not None and one.closing is not None]
    for place, one in zip(places([one.place for one in kept]), kept, strict=True):
        days = [one.opening.day.isoformat(), one.closing.day.isoformat()]
        balances = [str(one.opening.amount), str(one.closing.amount)]
        part = part_of(one.first, one.last)
        yield place, [one.account, one.number, one.opening.currency, *days, *balances, part]


def _lines(found: list[Statement]) -> Iterable[tuple[int, list]]:
    numbered = [(one, number, line) for one in found for number, line in enumerate(one.movements, start=1)]
    for place, (one, number, line) in zip(places([line.place for _, _, line in numbered]), numbered, strict=True):
        dates = [line.booking_date.isoformat(), line.value_date.isoformat()]
        said = [line.reference, line.end_to_end_id, line.counterparty, line.text]
        end = ["true" if line.reversal else "false", line.status]
        yield place, [one.account, one.number, str(number), *dates, str(line.amount), line.currency, *said, *end]


def places(lines: list[int]) -> list[int]:
    """Return the lines where the rows stand; their ranks where several stand on one line, as in XML without breaks."""
    distinct = all(one < other for one, other in pairwise(lines))
    return lines if distinct else list(range(1, len(lines) + 1))
