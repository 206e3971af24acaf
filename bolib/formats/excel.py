"""Excel workbooks (.xlsx): one sheet, its first used row being the header."""

from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook

from bolib.errors import SourceError
from bolib.formats import Dialect, Landed, land_rows


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the rows of the sheet `dialect.sheet`, or of the first; the line is the row of the sheet."""
    with open(path, "rb") as stream:
        try:
            book = load_workbook(stream, read_only=True, data_only=True)
        except (BadZipFile, KeyError, ValueError, OSError) as error:
            raise SourceError(str(path), "an Excel workbook", str(error), "Save it again as .xlsx.") from error
        numbered = enumerate(_sheet(path, book, dialect.sheet).values, 1)
        rows = ((number, row) for number, row in numbered if number > dialect.skip and any_cell(row))
        _, header = next(rows, (0, ()))
        names = [str(name).strip() if name is not None else "" for name in header]
        return land_rows(path, names, ((number, _texts(row, len(names))) for number, row in rows), into)


def any_cell(row: tuple) -> bool:
    """Return whether a row of the sheet holds anything."""
    return any(cell is not None and cell != "" for cell in row)


def _sheet(path: Path, book, name: str):
    if name and name not in book.sheetnames:
        raise SourceError(str(path), f"a sheet {name}", f"the sheets {', '.join(book.sheetnames)}", "Name one of them.")
    return book[name] if name else book.worksheets[0]


def _texts(row: tuple, width: int) -> list[str | None]:
    cells = [text(cell) for cell in row[:width]]
    return cells + [None] * (width - len(cells))


def text(cell) -> str | None:
    """Return a value as canonical text: ISO dates, dot decimals, true and false.

    >>> text(0.1), text(12.0), text(True), text(datetime(2026, 3, 31))
    ('0.1', '12', 'true', '2026-03-31')
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime):
        day = cell.time() == time() and cell.tzinfo is None
        return cell.date().isoformat() if day else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
