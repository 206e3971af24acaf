"""Rows of the sample to files, byte for byte the same each time."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from bolib.tables import TABLES


@dataclass(frozen=True)
class Dialect:
    """How a source writes: encoding, separator, decimal mark, dates, names and a trailer."""

    encoding: str = "utf-8"
    separator: str = ","
    decimal: str = "."
    date: str = "%Y-%m-%d"
    timestamp: str = "%Y-%m-%dT%H:%M:%S"
    end: str = "\n"
    boolean: tuple[str, str] = ("false", "true")
    names: dict[str, str] = field(default_factory=dict)
    trailer: tuple[str, str] | None = None


CANONICAL = Dialect()
_DIGITS = {"amount": 2, "price": 2, "rate": 1}


def written(value, kind: str, dialect: Dialect) -> str:
    """Return the text of one value; text given for a typed column is written as it is (a planted fault)."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return dialect.boolean[value]
    if isinstance(value, datetime):
        return value.strftime(dialect.timestamp)
    if isinstance(value, date):
        return value.strftime(dialect.date)
    return _number(value, kind).replace(".", dialect.decimal)


def _number(value, kind: str) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    whole, _, fraction = format(value, "f").partition(".")
    fraction = fraction.rstrip("0").ljust(_DIGITS.get(kind, 0), "0")
    return f"{whole}.{fraction}" if fraction else whole


def columns_used(table: str, rows: list[dict]) -> list[str]:
    """Return the declared columns of `table`, without the optional ones that no row fills."""
    declared = TABLES[table].columns
    return [c.name for c in declared if not c.optional or any(row.get(c.name) is not None for row in rows)]


def text_of(table: str, rows: list[dict], dialect: Dialect = CANONICAL) -> str:
    """Return the file of `rows` in `dialect`: header, one line a row, and its trailer."""
    names = list(dialect.names) or columns_used(table, rows)
    target = io.StringIO()
    writer = csv.writer(target, delimiter=dialect.separator, lineterminator=dialect.end)
    writer.writerow([dialect.names.get(name, name) for name in names])
    kinds = {name: TABLES[table][name].type for name in names}
    writer.writerows([written(row.get(name), kinds[name], dialect) for name in names] for row in rows)
    if dialect.trailer:
        word, amount = dialect.trailer
        total = sum(row[amount] for row in rows)
        writer.writerow([word, len(rows), written(total, "amount", dialect)])
    return target.getvalue()


def write(path: Path, table: str, rows: list[dict], dialect: Dialect = CANONICAL) -> None:
    """Write `rows` of `table` to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text_of(table, rows, dialect).encode(dialect.encoding))
