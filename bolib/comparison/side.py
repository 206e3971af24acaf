"""A file as one side of a comparison: found by its bytes, landed where it is text, its columns by name."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from bolib.engine import Engine
from bolib.errors import ParameterError, SourceError
from bolib.formats import Broken, land, literal
from bolib.formats.containers import unpack
from bolib.formats.guess import dialect_of, form_of


@dataclass(frozen=True)
class Side:
    """One file on the engine. `source` reads it, `line` gives the place of a row; `columns` are SQL texts by name.

    `types` are the Arrow types of a file that has types (Parquet); texts of any other file have none.
    """

    word: str
    path: Path
    rows: int
    source: str
    line: str
    columns: dict[str, str]
    types: dict[str, str]
    broken: tuple[Broken, ...] = ()

    def column(self, name: str) -> str:
        """Return a column as SQL; an unknown one stops with those that are there."""
        if name not in self.columns:
            there = ", ".join(self.columns)
            raise ParameterError(str(self.path), f"a column {name}", there, "Correct --on or --compare.")
        return self.columns[name]


def opened(word: str, path: Path, scratch: Path, engine: Engine) -> Side:
    """Return the file as a side; Parquet is read where it stands, all else is landed as text first."""
    if not path.is_file():
        raise SourceError(str(path), "a file", "a folder" if path.is_dir() else "none", "Correct the name.")
    folder = scratch / word
    folder.mkdir()
    members = unpack(path, folder)
    if len(members) != 1:
        raise SourceError(str(path), "one file inside", f"{len(members)}", "Unpack it and name the file.")
    [(_, plain)] = members
    form = form_of(plain)
    if form == "parquet":
        return _typed(word, path, plain)
    landed = land(plain, form, dialect_of(plain, form), scratch / f"{word}.parquet", engine)
    columns = {name: f"nullif(trim(c{place}), '')" for place, name in enumerate(landed.columns)}
    return Side(word, path, landed.rows, _scan(landed.path), landed.line, columns, {}, landed.broken)


def _typed(word: str, path: Path, plain: Path) -> Side:
    try:
        described = pq.ParquetFile(plain)
    except (ValueError, OSError) as error:
        raise SourceError(
            str(path), "a Parquet file", str(error).splitlines()[0].rstrip("."), "Write it again."
        ) from error
    types = {field.name: str(field.type) for field in described.schema_arrow}
    columns = {name: '"' + name.replace('"', '""') + '"' for name in types}
    return Side(word, path, described.metadata.num_rows, _scan(plain), "file_row_number + 1", columns, types)


def _scan(path: Path) -> str:
    return f"read_parquet({literal(path)}, file_row_number = true)"
