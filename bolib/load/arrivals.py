"""Which files of a folder belong to which source, and what their names say."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fnmatch import translate
from pathlib import Path

from bolib.errors import SourceError
from bolib.formats import SUFFIXES
from bolib.formats.containers import PACKED
from bolib.load.sources import Source, canonical
from bolib.tables import TABLES

CANONICAL = (*(s for s in SUFFIXES if s != ".txt"), ".csv.gz", ".jsonl.gz", ".zip")
FIELD = re.compile(r"\{(date|sequence)(?::([^}]*))?\}")
"""`{date:%Y%m%d}` and `{sequence}` in the pattern of a source's file names."""
NOT_DATA = ("readme", "license", "notice", "sources")
"""What the name of a file starts with when it describes the others."""


@dataclass(frozen=True, eq=False)
class Arrival:
    """One file of a source, as received; `day` and `sequence` are what its name says."""

    source: Source
    path: Path
    name: str
    sha256: str
    day: date | None = None
    sequence: int | None = None

    @property
    def arrived_at(self) -> datetime:
        """Return when the file was written here, UTC."""
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC).replace(tzinfo=None)


def find(data: Path, sources: Iterable[Source]) -> list[Arrival]:
    """Return the files of every source, declared or found by the name of a table, in the order of names."""
    if not data.is_dir():
        raise SourceError(str(data), "a folder with the operations", "none", "Name an existing folder with --data.")
    arrivals, seen = [], set()
    for source in sources:
        found = _of(data, source) if source.files else []
        if source.files and not found and source.required:
            raise SourceError(
                str(data / source.files), "a file", "none", f"Ask the sender of {source.name}, or correct sources.yml."
            )
        arrivals += found
        seen |= {source.table} if found or source.query else set()
    for table in TABLES:
        if table not in seen:
            arrivals += _by_name(data, table)
    return arrivals


def _by_name(data: Path, table: str) -> list[Arrival]:
    names = [name for name in (table, *(table + suffix for suffix in CANONICAL)) if (data / name).exists()]
    if len(names) > 1:
        raise SourceError(
            str(data),
            f"one file or folder for {table}",
            ", ".join(names),
            "Remove one, or declare them in sources.yml.",
        )
    return _of(data, canonical(table, names[0])) if names else []


def _of(data: Path, source: Source) -> list[Arrival]:
    pattern = source.files.rstrip("/")
    if (data / pattern).is_dir():
        inside = (path for path in (data / pattern).rglob("*") if path.is_file() and readable(path))
        return [_arrival(data, source, path, {}) for path in sorted(inside)]
    if (data / pattern).is_file():
        return [_arrival(data, source, data / pattern, {})]
    expression = re.compile(_expression(pattern))
    folder = data / Path(pattern).parent
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    matched = ((path, expression.match(path.name)) for path in files)
    return [_arrival(data, source, path, match.groupdict()) for path, match in matched if match]


def _expression(pattern: str) -> str:
    """Return the regular expression of a file name pattern, its fields as groups."""
    name = Path(pattern).name
    parts, end = [], 0
    for field in FIELD.finditer(name):
        parts += [_glob(name[end : field.start()]), _group(field)]
        end = field.end()
    return "".join((*parts, _glob(name[end:]))) + r"\Z"


def _glob(text: str) -> str:
    return translate(text).removeprefix("(?s:").removesuffix(r")\Z")


def _group(field: re.Match) -> str:
    if field[1] == "sequence":
        return r"(?P<sequence>\d+)"
    digits = {"%Y": r"\d{4}", "%m": r"\d{2}", "%d": r"\d{2}", "%y": r"\d{2}"}
    expression = re.escape(field[2] or "%Y-%m-%d")
    for code, digit in digits.items():
        expression = expression.replace(re.escape(code), digit).replace(code, digit)
    return f"(?P<date>{expression})"


def _arrival(data: Path, source: Source, path: Path, named: dict) -> Arrival:
    day = _day(source.files, path, named["date"]) if named.get("date") else None
    sequence = int(named["sequence"]) if named.get("sequence") else None
    return Arrival(source, path, path.relative_to(data).as_posix(), digest(path), day, sequence)


def _day(pattern: str, path: Path, text: str) -> date:
    form = next(field[2] or "%Y-%m-%d" for field in FIELD.finditer(pattern) if field[1] == "date")
    try:
        return datetime.strptime(text, form).date()
    except ValueError as error:
        raise SourceError(str(path), f"a date {form} in its name", text, "Rename the file.") from error


def readable(path: Path) -> bool:
    """Return whether a file's name says that it holds rows."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    plain = suffixes[:-1] if suffixes and suffixes[-1] == ".gz" else suffixes
    known = bool(plain) and (plain[-1] in SUFFIXES or plain[-1] in PACKED)
    return known and not path.name.startswith((".", "~")) and not path.name.lower().startswith(NOT_DATA)


def unread(data: Path, arrivals: Iterable[Arrival], controls: Iterable[Path]) -> list[str]:
    """Return the names of the files that look like rows and that no source reads."""
    read = {arrival.path for arrival in arrivals} | set(controls)
    return sorted(path.name for path in data.iterdir() if path.is_file() and readable(path) and path not in read)


def control_file(arrival: Arrival) -> Path:
    """Return the control file beside a file; `{stem}` in its name is the file's name without suffixes."""
    return arrival.path.parent / arrival.source.totals.file.replace("{stem}", arrival.path.name.split(".")[0])


def control_files(arrivals: Iterable[Arrival]) -> list[Path]:
    """Return the control files of all sources that have them."""
    return [control_file(arrival) for arrival in arrivals if arrival.source.totals.file]


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
