"""What custody messages become: rows of four tables, once every statement is whole.

Pages of a statement (:28E:) follow one another, of one account and one number, or the file is refused; they may come
one a file. Its number, and which part of it came, is kept as a `Head`, so that what never comes is seen though it
would have held nothing. `left_out` names why a row is read and not counted; the load says so with the reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

from bolib.errors import SourceError
from bolib.formats import Dialect, Head, Landed, land_rows
from bolib.formats.iso15022 import Field, Message, code, messages, needed
from bolib.formats.statements import page_numbers, part_of, places, refused

SHEETS = {
    "custody_positions": ("date", "account", "isin", "balance_type", "quantity", "statement_no", "places"),
    "settlement_events": ("instruction_id", "at", "status", "reason", "settled_quantity", "hold", "left_out"),
    "settlements": (
        *("instruction_id", "trade_id", "movement", "payment", "isin", "quantity", "amount", "currency"),
        *("intended_settlement_date", "accepted_at", "matched_at", "settled_quantity", "settled_on"),
        *("status", "reason", "counterparty", "place", "trade_venue", "left_out"),
    ),
    "penalties": ("penalty_id", "instruction_id", "date", "type", "amount", "currency", "direction", "left_out"),
}
"""Columns of the tables these messages give rows for."""

Rows = Iterable[tuple[int, list]]
"""(line, values) of each row of a sheet."""


def land_sheet(
    path: Path,
    dialect: Dialect,
    into: Path,
    sheets: Mapping[str, Callable[[Path, list[Message]], Rows]],
    stated: Callable[[Path, Message], tuple[str, str]] | None = None,
) -> Landed:
    """Return one sheet of the file landed as text, read by the function of that sheet.

    `stated` gives what the statement of a message states, and its day; without it the messages are no statements.
    """
    if dialect.sheet not in sheets:
        found = dialect.sheet or "none"
        raise SourceError(str(path), f"a sheet among {', '.join(sheets)}", found, "Name the table or the sheet.")
    found = messages(path, dialect.encoding)
    rows = sorted(sheets[dialect.sheet](path, found), key=itemgetter(0))
    lines = places([place for place, _ in rows])
    texts = ([_text(value) for value in values] for _, values in rows)
    landed = land_rows(path, list(SHEETS[dialect.sheet]), zip(lines, texts, strict=True), into)
    return replace(landed, heads=tuple(_heads(path, found, stated))) if stated else landed


def _heads(path: Path, found: list[Message], stated: Callable[[Path, Message], tuple[str, str]]) -> Iterator[Head]:
    """Yield the head of each statement that has a number."""
    for pages in statements(path, found):
        account, number = identity(path, pages[0])
        if number:
            kind, on = stated(path, pages[0])
            first, last = _page(path, pages[0])[0], _page(path, pages[-1])
            part = part_of(first == 1, last[1] != "MORE")
            number = f"{number}/{page_numbers(first, last[0])}" if part else number
            yield Head(kind, account, number, on, pages[0].place, part)


def _text(value: object) -> str | None:
    """Return a value as a file would write it; decimals in full, never with an exponent."""
    if value is None or isinstance(value, str):
        return value or None
    return str(value).lower() if isinstance(value, bool) else f"{value:f}" if hasattr(value, "scaleb") else str(value)


def of_kind(path: Path, found: list[Message], *kinds: str) -> list[Message]:
    """Return the messages, all of the kinds a source declares; one without an envelope is taken at its word."""
    for one in found:
        if one.kind not in (*kinds, ""):
            raise refused(path, one.place, f"MT{' or MT'.join(kinds)}", f"MT{one.kind}")
    return found


def statements(path: Path, found: list[Message]) -> Iterator[list[Message]]:
    """Yield the pages of each statement, in their order; a statement that lacks one in the midst of a file is refused.

    Pages may come one a file: the first statement of a file may begin with a later page, the last end with 1/MORE.
    """
    pages: list[Message] = []
    for one in found:
        pages.append(one)
        _follow(path, pages, opens=one is not found[0] and len(pages) == 1)
        if _page(path, one)[1] != "MORE":
            yield pages
            pages = []
    if pages:
        yield pages


def _follow(path: Path, pages: list[Message], opens: bool) -> None:
    number, indicator, field = _page(path, pages[-1])
    alone = opens or indicator == "ONLY" and len(pages) == 1
    wanted = 1 if alone else _page(path, pages[0])[0] + len(pages) - 1
    if number != wanted or indicator == "ONLY" and len(pages) > 1:
        raise refused(path, field.place, f"page {wanted} of the statement", field.value.strip())
    for one, other in pairwise(pages):
        if identity(path, one) != identity(path, other):
            said = "a page of " + " ".join(part for part in identity(path, one) if part)
            raise refused(path, other.place, said, " ".join(part for part in identity(path, other) if part))


def _page(path: Path, message: Message) -> tuple[int, str, Field]:
    field = needed(path, message.block("GENL"), "28E")
    number, _, indicator = field.value.strip().partition("/")
    if not (number.isascii() and number.isdigit() and len(number) <= 5) or indicator not in ("ONLY", "MORE", "LAST"):
        raise refused(path, field.place, "a page as 1/ONLY, 1/MORE or 2/LAST", repr(field.value.strip()))
    return int(number), indicator, field


def identity(path: Path, message: Message) -> tuple[str, str]:
    """Return account and number of the statement a message is a page of."""
    general = message.block("GENL")
    return code(needed(path, general, "97", "SAFE")), code(general.first("13", "STAT"))


def new(path: Path, message: Message) -> None:
    """Refuse a message that is not new: what it cancels may have been read on another day."""
    function = needed(path, message.block("GENL"), "23G")
    if not function.value.startswith(("NEWM", "COPY")):
        raise refused(path, function.place, "NEWM, a new statement", function.value.strip())
