"""`sources.yml`: how files, folders and queries map onto the declared tables."""

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from bolib.errors import ParameterError
from bolib.formats import CANONICAL, LEFT_OUT, MESSAGES, Dialect
from bolib.tables import TABLES

DIALECT = ("encoding", "separator", "quote", "skip", "header", "sheet")
"""Keys of a source that say how its files are written."""


@dataclass(frozen=True)
class Values:
    """How values are written: dates as strptime patterns (ISO where empty), numbers, booleans."""

    decimal: str = "."
    thousands: str = ""
    date: str = ""
    timestamp: str = ""
    timezone: str = ""
    true: tuple[str, ...] = ("true", "1")
    false: tuple[str, ...] = ("false", "0")
    empty: tuple[str, ...] = ()
    trim: bool = False


@dataclass(frozen=True)
class Totals:
    """What a sender declares: a trailer of `lines` lines or a `file` beside it; patterns capture the figures."""

    lines: int = 0
    file: str = ""
    rows: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Source:
    """One way a table arrives. `columns` is theirs -> ours, several by blanks; `values` is ours -> {theirs: ours}."""

    name: str
    table: str
    files: str = ""
    format: str = ""
    query: str = ""
    url_env: str = ""
    dialect: Dialect = Dialect()
    written: Values = Values()
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    exclude: tuple[tuple[str, str], ...] = ()
    unpivot: dict[str, str] = field(default_factory=dict)
    totals: Totals = Totals()
    expected: dict[str, str] = field(default_factory=dict)
    required: bool = False


PLAIN = ("table", "files", "format", "query", "url_env", "required")
MAPPINGS = {
    "columns": None,
    "constants": None,
    "values": None,
    "unpivot": ("name", "value"),
    "expected": ("daily", "by"),
}
"""Keys that hold a mapping, and the only words it may hold where they are fixed."""
TOTALS = {"trailer": ("lines", "rows", "amount"), "control": ("file", "rows", "amount")}
WRITTEN = ("decimal", "thousands", "date", "timestamp", "timezone", "empty", "trim", "booleans")
DEFAULTS = (*DIALECT, *WRITTEN)
KEYS = (*PLAIN, *DEFAULTS, *MAPPINGS, *TOTALS, "exclude")


def sources_file(data: Path, parameters: Path) -> Path | None:
    """Return the declaration in force: that of the data folder before that of the parameters."""
    return next((folder / "sources.yml" for folder in (data, parameters) if (folder / "sources.yml").is_file()), None)


def read_sources(path: Path | None) -> list[Source]:
    """Return the declared sources; an unknown key, table or column stops the run."""
    if path is None:
        return []
    try:
        declared = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeError) as error:
        found = " ".join(str(error).split())
        raise ParameterError(str(path), "YAML", found, "Correct the file.") from error
    _only(str(path), _mapping(str(path), declared), ("defaults", "sources"))
    defaults = _mapping(f"{path}, defaults", declared.get("defaults") or {})
    _only(f"{path}, defaults", defaults, DEFAULTS)
    entries = _mapping(f"{path}, sources", declared.get("sources") or {})
    return [_source(f"{path}, source {name}", str(name), entry, defaults) for name, entry in entries.items()]


def _source(where: str, name: str, entry: Any, defaults: dict) -> Source:
    _only(where, _mapping(where, entry), KEYS)
    said = {**defaults, **entry}
    plain = {key: said[key] for key in PLAIN if key in said}
    maps = {key: _texts(where, key, said[key]) for key in MAPPINGS if key in said}
    source = Source(
        name,
        **{"table": name, **plain},
        **maps,
        dialect=_dialect(said),
        written=Values() if said.get("format") in CANONICAL else _written(where, said),
        exclude=tuple(_exclusion(where, one) for one in said.get("exclude", ())),
        totals=_totals(where, said),
    )
    _consistent(where, source)
    return _of_message(source) if source.format in MESSAGES else source


def _of_message(source: Source) -> Source:
    """Return the source with the sheet its table names, and without the rows of it that do not count."""
    sheet = source.dialect.sheet or source.table
    exclude = (*source.exclude, *LEFT_OUT.get(sheet, ()))
    return replace(source, dialect=replace(source.dialect, sheet=sheet), exclude=exclude)


def _dialect(said: dict) -> Dialect:
    given = {key: said[key] for key in DIALECT if key in said}
    if "header" in given:
        given["header"] = tuple(str(name) for name in given["header"])
    return Dialect(**given, trailer=int((said.get("trailer") or {}).get("lines", 1)) if "trailer" in said else 0)


def _written(where: str, said: dict) -> Values:
    given = {key: said[key] for key in WRITTEN if key in said and key != "booleans"}
    if "empty" in given:
        given["empty"] = tuple(str(word) for word in given["empty"])
    words = {str(key).lower(): value for key, value in (said.get("booleans") or {}).items()}
    _only(f"{where}, booleans", words, ("true", "false"))
    given.update({key: tuple(str(word).lower() for word in value) for key, value in words.items()})
    return Values(**given)


def _totals(where: str, said: dict) -> Totals:
    given: dict = {}
    for key, allowed in TOTALS.items():
        if key in said:
            _only(f"{where}, {key}", _mapping(where, said[key]), allowed)
            given.update(said[key])
    for word in ("rows", "amount"):
        _pattern(where, str(given.get(word, "()")))
    return Totals(**{"lines": 1 if "trailer" in said else 0, **given})


def _pattern(where: str, pattern: str) -> None:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise ParameterError(where, "a regular expression", f"{pattern} ({error})", "Correct it.") from error
    if groups != 1:
        raise ParameterError(where, "one (group) around the figure", pattern, "Correct the pattern.")


def _exclusion(where: str, one: Any) -> tuple[str, str]:
    _only(f"{where}, exclude", _mapping(where, one), ("where", "reason"))
    if set(one) != {"where", "reason"}:
        raise ParameterError(f"{where}, exclude", "where and reason", ", ".join(one), "Give both.")
    return str(one["where"]), str(one["reason"])


def _texts(where: str, key: str, value: Any) -> dict:
    found = _mapping(f"{where}, {key}", value)
    if MAPPINGS[key]:
        _only(f"{where}, {key}", found, MAPPINGS[key])
    if key == "values":
        return {name: {str(a): str(b) for a, b in _mapping(where, pairs).items()} for name, pairs in found.items()}
    return {str(a): _text(b) for a, b in found.items()}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _consistent(where: str, source: Source) -> None:
    if source.table not in TABLES:
        raise ParameterError(where, "a declared table", source.table, _closest(source.table, TABLES))
    if bool(source.files) == bool(source.query) or bool(source.query) != bool(source.url_env):
        raise ParameterError(where, "files, or query with url_env", "neither or both", "Say where the rows are.")
    known = {*TABLES[source.table].names, *source.unpivot.values()}
    mapped = " ".join(source.columns.values()).split()
    for name in (*mapped, *source.constants, *source.values, *source.unpivot.values()):
        if name not in known:
            raise ParameterError(where, f"columns of {source.table}", name, _closest(name, known))
    if len(source.dialect.separator) != 1 or len(source.dialect.quote) > 1:
        raise ParameterError(where, "a separator of one character", source.dialect.separator, "Correct it.")


def _mapping(where: str, value: Any) -> dict:
    if not isinstance(value, dict):
        raise ParameterError(where, "names with values", type(value).__name__, "Indent the entries under it.")
    return value


def _only(where: str, found: dict, allowed) -> None:
    unknown = [str(key) for key in found if key not in allowed]
    if unknown:
        expected = f"keys among {', '.join(allowed)}"
        raise ParameterError(where, expected, ", ".join(unknown), _closest(unknown[0], allowed))


def _closest(name: str, names) -> str:
    near = get_close_matches(name, list(names), 1)
    return f"Did you mean {near[0]}?" if near else "Correct it."


def canonical(table: str, files: str) -> Source:
    """Return the source of a table found by its name, in canonical form.

    >>> canonical("books", "books.csv").files
    'books.csv'
    """
    return replace(Source(table, table), files=files)
