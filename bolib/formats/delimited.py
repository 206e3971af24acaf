"""Delimited text: CSV in any dialect, one record a line or several.

A regular file — UTF-8, no blank line, no trailer, each line a record of the same width — is landed by
Arrow at its full speed. Any other is first gone through record by record, for its lines and broken records.
"""

import codecs
import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv

from bolib.errors import ParameterError, SourceError
from bolib.formats import Broken, Dialect, Landed, check_header, land_rows, text_writer

CHUNK = 1 << 22
"""Bytes read at once; a longer line goes the slow way."""
LONGEST_FIELD = 1 << 24
LOST = "\ufffd"
"""What stands for bytes that are not in the encoding."""
DAMAGED = "bytes that are not {encoding}"
TOLERATED_DAMAGE = 0.1
"""Share of records with unreadable bytes above which the file, not the record, is in the wrong encoding."""


@dataclass(frozen=True)
class Look:
    """What one pass over the bytes tells: lines, and whether anything makes the file irregular."""

    lines: int
    regular: bool


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the rows of the file; the line is the one where the record starts."""
    _check(path, dialect)
    names = _header(path, dialect)
    check_header(path, names)
    look = _look(path, dialect)
    # In a file of one column a blank line may be an empty value: records tell which.
    if look.regular and len(names) > 1:
        landed = _land_whole(path, dialect, names, look, into)
        if landed:
            return landed
    return _land_records(path, dialect, names, into)


def _check(path: Path, dialect: Dialect) -> None:
    try:
        codecs.lookup(dialect.encoding)
    except LookupError as error:
        raise ParameterError(str(path), "an encoding Python knows", dialect.encoding, "Correct sources.yml.") from error
    with open(path, "rb") as stream:
        start = stream.read(CHUNK)
    if not start.strip():
        raise SourceError(str(path), "a header and rows", "an empty file", "Ask the sender for the file again.")
    if b"\0" in start and not dialect.encoding.lower().replace("-", "").startswith(("utf16", "utf32")):
        zipped = "Save it as CSV, or name it .xlsx or .zip." if start.startswith(b"PK\3\4") else ""
        found = "an Excel or zip file" if zipped else "zero bytes"
        remedy = zipped or "Declare its encoding (utf-16?) in sources.yml."
        raise SourceError(str(path), f"text in {dialect.encoding}", found, remedy)


def _codec(dialect: Dialect) -> str:
    return "utf-8-sig" if dialect.encoding.lower().replace("-", "") == "utf8" else dialect.encoding


def _header(path: Path, dialect: Dialect) -> list[str]:
    if dialect.header:
        return list(dialect.header)
    found, raw = next(((fields, raw) for line, fields, raw in _records(path, dialect) if line > dialect.skip), ([], ""))
    if LOST in raw:
        raise _wrong_encoding(path, dialect.encoding, "other bytes in its header")
    return [name.strip() for name in found]


def _wrong_encoding(path: Path, encoding: str, found: str) -> SourceError:
    return SourceError(
        str(path), f"text in {encoding}", found, "Declare its encoding (latin-1, cp1252, cp850 …) in sources.yml."
    )


def _look(path: Path, dialect: Dialect) -> Look:
    """Return what makes the file regular; reads the bytes once, stops at the first irregularity."""
    if dialect.trailer or dialect.header or _codec(dialect) != "utf-8-sig":
        return Look(0, False)
    lines, last, decoder = 0, b"", codecs.getincrementaldecoder("utf-8")()
    with open(path, "rb") as stream:
        while chunk := stream.read(CHUNK):
            if not _decodes(chunk, decoder):
                return Look(0, False)
            lines, last = lines + chunk.count(b"\n"), chunk[-1:]
    return Look(lines + (last != b"\n"), True)


def _decodes(chunk: bytes, decoder) -> bool:
    if chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        return LOST not in decoder.decode(chunk)
    except UnicodeError:
        return False


def _land_whole(path: Path, dialect: Dialect, names: list[str], look: Look, into: Path) -> Landed | None:
    """Return the file landed by Arrow, or None where records are not lines, or not of one width.

    As many rows as lines after the header means that no record takes two lines and no line is blank:
    a row's rank gives its line.
    """
    rows = look.lines - dialect.skip - 1
    columns = [f"c{i}" for i in range(len(names))]
    if not _scanned(path, dialect, dialect.skip + 1, columns, rows, into):
        return None
    return Landed(into, tuple(names), rows, f"file_row_number + {dialect.skip + 2}")


def _scanned(path: Path, dialect: Dialect, skip: int, columns: list[str], rows: int, into: Path) -> bool:
    """Write the file's columns as text; return whether Arrow could read it, and found that many rows."""
    kinds = dict.fromkeys(columns, pa.string())
    found = 0
    try:
        taken = arrow_csv.ReadOptions(column_names=columns, skip_rows=skip, block_size=CHUNK)
        written = arrow_csv.ParseOptions(delimiter=dialect.separator, quote_char=dialect.quote or False)
        as_text = arrow_csv.ConvertOptions(column_types=kinds, null_values=[""], strings_can_be_null=True)
        with arrow_csv.open_csv(path, taken, written, as_text) as batches, text_writer(into, batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
                found += batch.num_rows
    except ValueError:  # of Arrow too: it takes separators of one byte, and lines that fit a chunk
        return False
    return found == rows


def _land_records(path: Path, dialect: Dialect, names: list[str], into: Path) -> Landed:
    """Return the file landed record by record: the sound ones, each behind its line, go to Arrow."""
    broken: list[Broken] = []
    tail: deque = deque()
    sound = _sound(path, dialect, len(names), broken, tail)
    clean = into.with_suffix(".csv")
    with open(clean, "w", encoding="utf-8", newline="") as stream:
        # The line end comes first: a quote that the last record leaves open must not hold one.
        count = sum(_wrote(stream, f"\n{line}{dialect.separator}{raw}") for line, _, raw in sound)
    columns = ["_at", *(f"c{i}" for i in range(len(names)))]
    if _scanned(clean, dialect, 1, columns, count, into):
        rows = count + len(broken)
        landed = Landed(into, tuple(names), rows, "cast(_at as bigint)", tuple(broken), _raws(tail))
    else:
        landed = _land_slowly(path, dialect, names, into)
    damaged = sum(one.reason == DAMAGED.format(encoding=dialect.encoding) for one in broken)
    if damaged > 1 and damaged > TOLERATED_DAMAGE * landed.rows:
        raise _wrong_encoding(path, dialect.encoding, f"other bytes in {damaged} of {landed.rows} rows")
    return landed


def _wrote(stream, text: str) -> bool:
    return stream.write(text) > 0


def _land_slowly(path: Path, dialect: Dialect, names: list[str], into: Path) -> Landed:
    """Return the file landed by Python alone, where Arrow reads its quotes otherwise."""
    broken: list[Broken] = []
    tail: deque = deque()
    sound = _sound(path, dialect, len(names), broken, tail)
    landed = land_rows(
        path, names, ((line, [field or None for field in fields]) for line, fields, _ in sound), into, broken
    )
    return replace(landed, trailer=_raws(tail))


def _raws(records: Iterable) -> tuple[str, ...]:
    return tuple(raw for _, _, raw in records)


def _records(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str], str]]:
    """Yield (line where it starts, fields, text) of each record that is not a blank line."""
    csv.field_size_limit(LONGEST_FIELD)
    quoting = csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE
    taken: list[str] = []
    with open(path, encoding=_codec(dialect), errors="replace", newline="") as stream:
        reader = csv.reader(
            _keeping(stream, taken), delimiter=dialect.separator, quotechar=dialect.quote or None, quoting=quoting
        )
        start = 1
        for fields in reader:
            if fields:
                yield start, fields, "".join(taken).rstrip("\r\n")
            start = reader.line_num + 1
            taken.clear()


def _keeping(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _body(records: Iterator, dialect: Dialect) -> Iterator:
    """Yield the records after the header."""
    body = (record for record in records if record[0] > dialect.skip)
    if not dialect.header:
        next(body, None)
    return body


def _before_trailer(records: Iterable, trailer: int, tail: deque) -> Iterator:
    """Yield all records but the last `trailer`, which stay in `tail`."""
    for record in records:
        tail.append(record)
        if len(tail) > trailer:
            yield tail.popleft()


def _sound(path: Path, dialect: Dialect, width: int, broken: list[Broken], tail: deque) -> Iterator[tuple]:
    """Yield the records of the right width; `broken` takes the others, `tail` the trailer."""
    for line, fields, raw in _before_trailer(_body(_records(path, dialect), dialect), dialect.trailer, tail):
        if LOST in raw:
            broken.append(Broken(line, DAMAGED.format(encoding=dialect.encoding), raw))
        elif len(fields) != width:
            broken.append(Broken(line, f"{len(fields)} fields where the header has {width}", raw))
        else:
            yield line, fields, raw
