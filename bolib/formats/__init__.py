"""One reader per format: bytes in, rows of text out, nothing decided.

A reader lands a file as text in Parquet, columns `c0`, `c1` … in the order of the file, so that
validation sees what the sender wrote. A row it cannot split into columns is `Broken`, never dropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bolib.errors import SourceError

BATCH = 50_000
"""Rows written at once by readers that go through Python."""

FEW_VALUES = 1 << 17
"""Bytes of distinct values beyond which a column is written value by value."""

SUFFIXES = {
    ".csv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".xlsx": "excel",
    ".jsonl": "jsonl",
}
"""Format by the last suffix of a file's name, once unpacked."""


READERS = {
    "csv": "delimited",
    "parquet": "columnar",
    "excel": "excel",
    "jsonl": "jsonl",
    "camt": "camt",
    "mt940": "mt940",
    "mt942": "mt940",
    "mt950": "mt940",
    "cfonb120": "cfonb120",
    "cfonb240": "cfonb240",
    "mt535": "mt535",
    "mt536": "mt536",
    "mt537": "mt537",
    "mt54x": "mt54x",
    "fec": "fec",
}
"""Module that reads each format."""

MESSAGES = (
    *("camt", "mt940", "mt942", "mt950", "cfonb120", "cfonb240"),
    *("mt535", "mt536", "mt537", "mt54x"),
)
"""Formats of which a file holds several tables: the sheet is the table, unless the source names another."""

LEFT_OUT = {
    "statement_lines": (("status <> 'BOOK'", "not booked by the correspondent"),),
    "settlement_events": (
        ("left_out = 'PROCESSING'", "a status of the processing, which leaves the instruction as it is"),
        ("left_out = 'NOT_SETTLEMENT'", "a movement that settles no instruction"),
    ),
    "settlements": (("left_out = 'REQUEST'", "a request to cancel or to change: its answer is a status"),),
    "penalties": (("left_out = 'NOT_DUE'", "removed or not computed by the depository"),),
}
"""Rows of a message that are read and not counted, by sheet: where, and why."""

CANONICAL = ("fec",)
"""Formats with values of their own, which their readers write in canonical form."""


@dataclass(frozen=True)
class Dialect:
    """How a file is written. `skip` lines stand before the header, `trailer` lines after the rows; `name` is what
    its sender called it, which some formats give a meaning."""

    encoding: str = "utf-8"
    separator: str = ","
    quote: str = '"'
    skip: int = 0
    trailer: int = 0
    header: tuple[str, ...] = ()
    sheet: str = ""
    name: str = ""


@dataclass(frozen=True)
class Irregularity:
    """What breaks a rule of its format in a file that can be read all the same: how often, and where first."""

    rule: str
    reason: str
    count: int = 1
    line: int | None = None


@dataclass(frozen=True)
class Broken:
    """A row that cannot be split into columns, as it stands in the file."""

    line: int
    reason: str
    raw: str


@dataclass(frozen=True)
class Head:
    """A numbered statement that a file holds, though it may hold no row: what it states, of which account and day.

    `part` is FIRST, MIDDLE or LAST where the file holds some pages of it, which its number then names: 088/2.
    """

    kind: str
    account: str
    number: str
    day: str
    line: int
    part: str | None = None


@dataclass(frozen=True)
class Landed:
    """A file landed as text. `rows` is the reader's own count, broken rows included.

    `line` is the SQL that gives the line of a landed row in the file, the header being line 1;
    a file without lines (Parquet, Excel, a query) counts its rows in the same way.
    """

    path: Path
    columns: tuple[str, ...]
    rows: int
    line: str = "_line"
    broken: tuple[Broken, ...] = ()
    trailer: tuple[str, ...] = ()
    irregular: tuple[Irregularity, ...] = ()
    heads: tuple[Head, ...] = ()


def land(path: Path, form: str, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the file landed as the Parquet file `into`; `form` is one of READERS."""
    reader = import_module(f"bolib.formats.{READERS[form]}")  # only those a day needs: some take a while to import
    return reader.land(path, dialect, into, engine)


def land_rows(path: Path, names: list[str], rows: Iterable[tuple[int, list]], into: Path, broken=()) -> Landed:
    """Return (line, texts) pairs landed as Parquet; `broken` may be a list that fills while `rows` runs."""
    check_header(path, names)
    schema = pa.schema([*((f"c{i}", pa.string()) for i in range(len(names))), ("_line", pa.int64())])
    count, rows = 0, iter(rows)
    with text_writer(into, schema) as writer:
        for batch in _batches(rows):
            count += len(batch)
            texts = list(zip(*(values for _, values in batch), strict=True)) or [()] * len(names)
            writer.write_table(pa.table([*texts, [line for line, _ in batch]], schema=schema))
    return Landed(into, tuple(names), count + len(broken), broken=tuple(broken))


def text_writer(into: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Return what writes texts quickly: without statistics, and each value once where a column has few of them."""
    return pq.ParquetWriter(
        into, schema, compression="lz4", write_statistics=False, dictionary_pagesize_limit=FEW_VALUES
    )


def _batches(rows: Iterator) -> Iterator[list]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def check_header(path: Path, names: list[str]) -> None:
    """Stop at a header that is empty or names a column twice."""
    named = [name for name in names if name]
    if not named:
        raise SourceError(str(path), "a header naming the columns", "none", "Send the file again, with its header.")
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise SourceError(
            str(path),
            "each column named once",
            f"{', '.join(twice)} named more than once",
            "Rename one of the columns.",
        )


def literal(text: str) -> str:
    """Return `text` as SQL; `$` is spelled out, as it announces a parameter."""
    return "'" + str(text).replace("'", "''").replace("$", "' || chr(36) || '") + "'"
