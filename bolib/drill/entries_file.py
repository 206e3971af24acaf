"""Faults of a file of accounting entries as the tax office asks for it (FEC, LPF A47 A-1).

The journal arrives as one such file of the year, its further columns beside the eighteen of the law; entries that are
not validated yet, or of another year, come in the bank's own form beside it. Then something is wrong with the file.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from bolib.drill.replica import write_file
from bolib.formats.fec import DATES, FIELDS

SIREN = "732829320"
"""A number whose check digit is right."""

HEADER = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum"),
    *("CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet"),
    *("ValidDate", "Montantdevise", "Idevise"),
)
"""The eighteen fields as the law writes them, in the order of the law."""

AMOUNTS = ("debit", "credit", "currency_amount")
BESIDE = ("user", "origin", "event_id", "entered_at", "approved_by", "reverses", "known_at")
"""Columns of the journal that the law does not ask for."""

Row = dict[str, str | None]


def entries_name(day: date) -> str:
    """Return the name the law gives the file of the year."""
    return f"{SIREN}FEC{day.year}1231.txt"


def names_of_entries(day: date) -> list[str]:
    """Return what findings about the file may call it."""
    return [entries_name(day), f"entries_{day.year}_FEC.txt"]


def deliver_entries(folder: Path, rows: pa.Table, day: date) -> tuple[Path, dict[str, Any]]:
    """Write the journal as a FEC and, what does not belong there, in its own form; return the path and its source."""
    lines = rows.to_pylist()
    split = {_entry(line) for line in lines if not (line["validated_on"] and line["entry_date"][:4] == str(day.year))}
    lawful = sorted((line for line in lines if _entry(line) not in split), key=_in_order)
    path = folder / entries_name(day)
    header = [*HEADER, *map(_plain, BESIDE)]
    _write(path, ["\t".join(cells) for cells in [header, *map(_cells, lawful)]])
    columns = {_plain(name): name for name in BESIDE}
    sources = {"entries": {"table": "journal", "format": "fec", "files": "*FEC*.txt", "columns": columns}}
    others = [line for line in lines if _entry(line) in split]
    if others:
        write_file(folder / "journal.csv", pa.Table.from_pylist(others, schema=rows.schema))
        sources["journal"] = {"files": "journal.csv"}
    return path, sources


def _entry(line: Row) -> tuple[str | None, str | None]:
    return line["journal_code"], line["entry_no"]


def _in_order(line: Row) -> tuple:
    return line["validated_on"], *_entry(line), int(line["line_no"])


def _plain(name: str) -> str:
    return name.replace("_", "")


def _cells(line: Row) -> list[str]:
    """Return the fields of a line as the law writes them: dates AAAAMMJJ, a comma for the decimals."""
    values = {name: line[name] or "" for name in (*FIELDS.values(), *BESIDE)}
    values |= {name: values[name].replace("-", "") for name in DATES}
    values |= {name: values[name].replace(".", ",") for name in AMOUNTS}
    return list(values.values())


def _write(path: Path, lines: list[str]) -> None:
    path.write_bytes("".join(line + "\r\n" for line in lines).encode())


def _read(path: Path) -> list[str]:
    return path.read_bytes().decode().removesuffix("\r\n").split("\r\n")


def _misnamed(path: Path, day: date) -> None:
    path.rename(path.with_name(names_of_entries(day)[1]))


def _other_separator(path: Path, day: date) -> None:
    text = path.read_bytes()
    path.write_bytes(text.replace(b";", b",").replace(b"\t", b";"))


def _dots(path: Path, day: date) -> None:
    """The amounts of the last line with a dot for their decimals."""
    *lines, last = _read(path)
    cells = last.split("\t")
    for name in AMOUNTS:
        place = list(FIELDS.values()).index(name)
        cells[place] = cells[place].replace(",", ".")
    _write(path, [*lines, "\t".join(cells)])


def _last_first(path: Path, day: date) -> None:
    """The lines validated last stand before all others."""
    head, *lines = _read(path)
    place = HEADER.index("ValidDate")
    last = max(line.split("\t")[place] for line in lines)
    lines.sort(key=lambda line: line.split("\t")[place] != last)
    _write(path, [head, *lines])


ENTRIES: dict[str, Callable[[Path, date], None]] = {
    "entries_misnamed": _misnamed,
    "entries_separator": _other_separator,
    "entries_dots": _dots,
    "entries_last_first": _last_first,
}
"""What can be wrong with a file of accounting entries that can be read all the same."""
