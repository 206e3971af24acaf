"""What a file nobody declared is: its format, its encoding, its separator, read off its own bytes."""

import codecs
import csv
import re
from itertools import islice
from pathlib import Path

from bolib.errors import SourceError
from bolib.formats import MESSAGES, READERS, SUFFIXES, Dialect

START = 4096
"""Bytes that tell a format."""
CHUNK = 1 << 22
SEPARATORS = ",;\t|"
RECORDS = 50
"""Records on which a separator is tried."""
SHEETS = {
    "mt535": "custody_positions",
    "mt536": "settlement_events",
    "mt537": "settlement_events",
    "mt54x": "settlements",
}
"""Table that is read of a message which holds several; of an account statement, its lines."""
SIGNS = {b"PAR1": "parquet", b"PK\x03\x04": "excel", b"{1:": "mt940", b":20:": "mt940", b"<": "camt", b"{": "jsonl"}
"""How files of a format begin, the longer before the shorter."""
SWIFT = re.compile(rb"\{2:[IO](\d{3})")
"""Where a message says which one it is."""


def form_of(path: Path) -> str:
    """Return the format of a file: by how it begins, else by its suffix; what is neither is delimited text."""
    try:
        with open(path, "rb") as stream:
            start = stream.read(START)
    except OSError as error:
        raise SourceError(str(path), "a file", error.strerror or str(error), "Correct the name.") from error
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    signed = next((form for sign, form in SIGNS.items() if text.startswith(sign)), None)
    if signed:
        return _swift(path, text) if signed == "mt940" else signed
    lines = text.splitlines()
    if lines and len(lines[0]) in (120, 240) and lines[0][:2].isdigit():
        return f"cfonb{len(lines[0])}"
    return SUFFIXES.get(path.suffix.lower(), "csv")


def _swift(path: Path, text: bytes) -> str:
    """Return the format of a SWIFT message; one without its own header is an account statement."""
    found = SWIFT.search(text)
    number = found[1].decode() if found else "940"
    form = "mt54x" if number.startswith("54") else f"mt{number}"
    if form not in READERS:
        known = ", ".join(name for name in READERS if name.startswith("mt"))
        raise SourceError(str(path), f"a message among {known}", f"an MT{number}", "Compare another file.")
    return form


def dialect_of(path: Path, form: str) -> Dialect:
    """Return how the file is written; of a bank's message, its movements are read."""
    if form in MESSAGES:
        return Dialect(sheet=SHEETS.get(form, "statement_lines"))
    if form != "csv":
        return Dialect()
    encoding = _encoding(path)
    return Dialect(encoding=encoding, separator=_separator(path, encoding))


def _encoding(path: Path) -> str:
    """Return utf-16 where a mark says so, utf-8 where every byte is, and else what Windows writes in western Europe."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with open(path, "rb") as stream:
        chunk = stream.read(CHUNK)
        if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = stream.read(CHUNK)
        except UnicodeError:
            return "cp1252"
    return "utf-8"


def _separator(path: Path, encoding: str) -> str:
    """Return the separator that cuts most records to the width of the header; of several, the one with most columns."""
    with open(path, encoding=encoding, errors="replace", newline="") as stream:
        lines = list(islice(stream, RECORDS))
    found = {separator: _regular(lines, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: found[separator])


def _regular(lines: list[str], separator: str) -> tuple[bool, int, int]:
    widths = [len(record) for record in csv.reader(lines, delimiter=separator) if record]
    width = widths[0] if widths else 0
    return width > 1, widths.count(width), width
