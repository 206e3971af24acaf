"""The SELECT that reads a landed file as rows of its table: as text, typed, and as it stood in the file."""

from dataclasses import dataclass
from difflib import get_close_matches

from bolib.errors import ParameterError, RuleError, SourceError
from bolib.formats import Landed, literal
from bolib.load.arrivals import Arrival
from bolib.load.sources import Source
from bolib.load.types import typed
from bolib.tables import Table

LINES = 2**40
"""More lines than a file has: the position of a row is its file's number times this, plus its line."""


@dataclass(frozen=True)
class File:
    """One plain file of a source, landed. `number` is its rank in the load; `excluded` says why none of it counts."""

    number: int
    arrival: Arrival
    name: str
    landed: Landed
    excluded: str = ""


def select(file: File, table: Table, only: str = "") -> str:
    """Return the rows of a file: `text_x` and `x` for each column x of the table, and where they stood.

    `only` names a table of positions; rows that stand elsewhere are left out before anything is computed.

    Beside them: _position, _file, source_file, source_line, _excluded (why the row does not count) and
    _raw (the record as text, rebuilt in the file's own separator and quotes).
    """
    cells = _cells(file, table)
    written, values = file.arrival.source.written, file.arrival.source.values
    columns = []
    for column in table.columns:
        text = f'"text_{column.name}"'
        columns.append(f'{typed(column, text, written, values.get(column.name, {}))} as "{column.name}"')
    return f"select *, {', '.join(columns)} from ({_texts(file, table, cells, only)})"


def positions(file: File) -> str:
    """Return where the rows of a file stand that are not excluded, and nothing else of them."""
    return f"select {_position(file)} as _position from ({_records(file)}) where _excluded is null"


def rows_a_record(file: File) -> int:
    """Return how many rows a record of the file stands for: one, or one for each unpivoted column."""
    return len(_spread(file.arrival.source, file.landed)) if file.arrival.source.unpivot else 1


def _position(file: File) -> str:
    return f"{file.number} * {LINES} + _line * {rows_a_record(file)} + _rank"


def _texts(file: File, table: Table, cells: dict[str, str], only: str) -> str:
    texts = [
        f'{_text(cells.get(column.name), file.arrival.source)} as "text_{column.name}"' for column in table.columns
    ]
    where = [
        f"{_position(file)} as _position",
        f"{file.number} as _file",
        f"{literal(file.name)} as source_file",
        "_line as source_line",
        "_excluded",
        f"{_raw(file)} as _raw",
    ]
    limit = f" where {_position(file)} in (select _position from {only})" if only else ""
    return f"select {', '.join((*where, *texts))} from ({_records(file)}){limit}"


def _text(cell: str | None, source: Source) -> str:
    if cell is None:
        return "cast(null as varchar)"
    if source.written.trim:
        cell = f"nullif(trim({cell}), '')"
    words = ", ".join(literal(word) for word in source.written.empty)
    return f"case when {cell} in ({words}) then null else {cell} end" if words else cell


def _records(file: File) -> str:
    """Return the file's records with `_line`, `_rank` and `_excluded`, and a `_cell` where they are unpivoted."""
    landed, source = file.landed, file.arrival.source
    names = {name: f"c{i}" for i, name in enumerate(landed.columns) if name and name != f"c{i}"}
    added = [f"{cell} as {_quoted(name)}" for name, cell in names.items()] if source.exclude else []
    added += [f"{landed.line} as _line"] if landed.line != "_line" else []
    added += [f"unnest([{_unpivoted(source, landed)}]) as _cell"] if source.unpivot else []
    origin = f"read_parquet({literal(landed.path)}, file_row_number = true)"
    rank = "_cell.rank" if source.unpivot else "0"
    records = f"select {', '.join(['*', *added])} from {origin}"
    return f"select *, {rank} as _rank, {_excluded(file)} as _excluded from ({records})"


def _unpivoted(source: Source, landed: Landed) -> str:
    """Return the columns that become rows, as structures of their rank, name and value."""
    cells = enumerate(_spread(source, landed).items())
    return ", ".join(f"{{'rank': {i}, 'name': {literal(name)}, 'value': {cell}}}" for i, (name, cell) in cells)


def _excluded(file: File) -> str:
    source = file.arrival.source
    if file.excluded:
        return literal(file.excluded)
    cases = [f"when ({where}) then {literal(reason)}" for where, reason in source.exclude]
    if source.unpivot:
        words = ", ".join(literal(word) for word in source.written.empty) or "''"
        cases.append(f"when coalesce(_cell.value, '') = '' or _cell.value in ({words}) then 'empty cell'")
    return f"case {' '.join(cases)} end" if cases else "cast(null as varchar)"


def _cells(file: File, table: Table) -> dict[str, str]:
    """Return the SQL that holds each column of the table in the file; a required one that is missing stops the run."""
    source, landed = file.arrival.source, file.landed
    held = {name: f"c{i}" for i, name in enumerate(landed.columns) if name}
    cells = {name: held[name] for name in table.names if name in held and name not in source.columns}
    absent = [theirs for theirs in source.columns if theirs not in held]
    for theirs, ours in source.columns.items():
        if theirs in held:
            cells.update(dict.fromkeys(ours.split(), held[theirs]))
    cells.update({name: literal(value) for name, value in source.constants.items()})
    if source.unpivot:
        cells.update({source.unpivot["name"]: "_cell.name", source.unpivot["value"]: "_cell.value"})
    absent += [c.name for c in table.columns if not c.optional and c.name not in cells and c.name not in absent]
    absent = [name for name in absent if not set(source.columns.get(name, name).split()) <= set(cells)]
    if absent:
        raise _missing(file, absent)
    return cells


def unused(file: File, table: Table) -> list[str]:
    """Return the columns of a file people name themselves that fill nothing: a misspelt optional one among them."""
    source = file.arrival.source
    if source.unpivot or source.format not in NAMED_BY_PEOPLE:
        return []
    asked = " ".join(where for where, _ in source.exclude)
    known = {*table.names, *source.columns}
    return [name for name in file.landed.columns if name and name not in known and name not in asked]


NAMED_BY_PEOPLE = ("", "csv", "excel", "jsonl", "parquet")
"""Formats whose columns have names of their own; "" is that of the file's suffix."""


def _missing(file: File, absent: list[str]) -> SourceError:
    found = [name for name in file.landed.columns if name]
    near = {name: get_close_matches(name, found, 1, 0.5) for name in absent}
    hints = [f"{name} may be their {near[name][0]}" for name in absent if near[name]]
    remedy = f"{'; '.join(hints) or 'Ask the sender for them'}; map names under `columns` in sources.yml."
    other = [mark for mark in SEPARATORS if len(found) == 1 and mark in found[0]]
    if other:
        remedy = f"Declare its separator in sources.yml: separator: {other[0]!r}."
    return SourceError(str(file.arrival.path), f"the columns {', '.join(absent)}", f"only {', '.join(found)}", remedy)


SEPARATORS = (";", "\t", "|", ",")
"""What else may stand between the columns of a file in which one column was found."""


def _spread(source: Source, landed: Landed) -> dict[str, str]:
    """Return the columns to turn into rows: all that are neither mapped nor without a name."""
    return {name: f"c{i}" for i, name in enumerate(landed.columns) if name and name not in source.columns}


def _raw(file: File) -> str:
    """Return the record as one text; exact for an unquoted file, with quotes only where needed otherwise."""
    separator, quote = file.arrival.source.dialect.separator, file.arrival.source.dialect.quote
    cells = [f"coalesce(c{i}, '')" for i in range(len(file.landed.columns))]
    if quote:
        doubled = literal(quote * 2)
        special = f"'[\\n\\r' || {literal(chr(92) + separator + chr(92) + quote)} || ']'"
        cells = [
            f"case when regexp_matches({cell}, {special}) then {literal(quote)} ||"
            f" replace({cell}, {literal(quote)}, {doubled}) || {literal(quote)} else {cell} end"
            for cell in cells
        ]
    return f" || {literal(separator)} || ".join(cells)


def check_exclusions(file: File, engine) -> None:
    """Stop at a condition of `exclude` that the file's columns cannot answer."""
    try:
        engine.query(f"select count(_excluded) as n from ({_records(file)}) limit 0")
    except RuleError as error:
        where = f"sources.yml, source {file.arrival.source.name}, exclude"
        raise ParameterError(where, "conditions on the file's columns", error.found, "Correct `where`.") from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
