"""Parquet: typed columns, landed as the text their values print as."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bolib.errors import SourceError
from bolib.formats import Dialect, Landed, check_header, literal


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the rows of the file; the line is the rank of the row, the first being 1."""
    try:
        described = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise SourceError(str(path), "a Parquet file", str(error).splitlines()[0], "Write it again.") from error
    names = described.schema_arrow.names
    check_header(path, names)
    columns = ", ".join(f"{_text(field)} as c{i}" for i, field in enumerate(described.schema_arrow))
    source = f"read_parquet({literal(path)}, file_row_number = true)"
    engine.write(f"select {columns}, file_row_number + 1 as _line from {source}", into)
    return Landed(into, tuple(names), described.metadata.num_rows)


def _text(field: pa.Field) -> str:
    name = '"' + field.name.replace('"', '""') + '"'
    if pa.types.is_floating(field.type):
        whole = f"{name} = trunc({name}) and abs({name}) < 9007199254740992"
        return f"case when {whole} then cast(cast({name} as bigint) as varchar) else cast({name} as varchar) end"
    return f"nullif(cast({name} as varchar), '')"
