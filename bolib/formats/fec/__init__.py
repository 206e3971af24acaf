"""FEC: the French file of accounting entries (LPF A47 A-1), flat or XML, in the dialects software really writes.

Landed as the columns of the table `journal`, in its canonical form: ISO dates, a dot for the decimals, no padding.
Each line gets its rank in its entry, which the file does not have. A value that cannot be read stays as it was
written, so that validation sets its row aside; what is irregular and can be read all the same is told.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bolib.formats import Dialect, Landed, land_rows
from bolib.formats.fec.flat import flat_lines
from bolib.formats.fec.irregular import Irregularities, Order, check_name
from bolib.formats.fec.markup import markup_lines
from bolib.formats.fec.values import Amounts, day, number
from bolib.formats.fec.year_end import YearEnd

FIELDS = {
    "journalcode": "journal_code",
    "journallib": "journal_label",
    "ecriturenum": "entry_no",
    "ecrituredate": "entry_date",
    "comptenum": "account",
    "comptelib": "account_label",
    "compauxnum": "aux_account",
    "compauxlib": "aux_label",
    "pieceref": "document_ref",
    "piecedate": "document_date",
    "ecriturelib": "label",
    "debit": "debit",
    "credit": "credit",
    "ecriturelet": "letter",
    "datelet": "letter_date",
    "validdate": "validated_on",
    "montantdevise": "currency_amount",
    "idevise": "currency",
}
"""Names of the eighteen fields, without capitals, and the columns they are."""

DATES = ("entry_date", "document_date", "letter_date", "validated_on")
COLUMNS = (*FIELDS.values(), "line_no")


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the lines of the file landed as text, the fields it has beside the eighteen under their own names."""
    told, broken = Irregularities(), []
    others: list[str] = []
    lines = markup_lines(path, told) if _is_markup(path) else flat_lines(path, dialect, FIELDS, told, broken, others)
    order = Order(told, check_name(dialect.name or path.name, told))
    rows = _rows(lines, order, YearEnd(told), told, others)
    first = next(rows, None)  # the header is read by then, and names the other fields
    found = land_rows(path, [*COLUMNS, *others], _before(first, rows), into, broken)
    return replace(found, irregular=told.found)


def _before(first: tuple | None, rows: Iterator) -> Iterator[tuple]:
    if first is not None:
        yield first
        yield from rows


def _is_markup(path: Path) -> bool:
    with open(path, "rb") as stream:
        return re.match(rb"(\xef\xbb\xbf)?\s*<", stream.read(4096)) is not None


def _rows(
    lines: Iterable[tuple[int, dict]], order: Order, year: YearEnd, told: Irregularities, others: list[str]
) -> Iterator[tuple]:
    """Yield (line, values) of each line in canonical form, numbered in its entry."""
    amounts, ranks = Amounts(told), Counter()
    for line, fields in lines:
        row = {FIELDS[name]: value for name, value in fields.items() if name in FIELDS and value}
        for name in DATES:
            row[name] = day(row.get(name), line, told)
        row["debit"], row["credit"] = amounts.of(line, fields)
        row["currency_amount"] = number(row.get("currency_amount"), line, told)
        entry = (row.get("journal_code"), row.get("entry_no"))
        ranks[entry] += 1
        row["line_no"] = str(ranks[entry])
        order.follow(line, row)
        year.follow(line, row)
        yield line, [*(row.get(name) for name in COLUMNS), *(fields.get(name) or None for name in others)]
    year.end()
