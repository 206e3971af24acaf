"""The copy of a bank's data that faults are planted in: its accepted rows, in canonical files of their own.

A row keeps the file it came from, since some controls judge a source as a whole. Every value is written as text, so
that a fault may also be what no column could hold.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bolib.engine import Engine, open_engine
from bolib.load import Loaded
from bolib.tables import TABLES
from bolib.views import DAY_TABLES, complete, day_table

ROW = "_row"
"""Number of a row in its table, from 0."""


class Replica:
    """The tables of a load with their rows numbered, on an engine that answers `pick` and the steps of faults."""

    def __init__(self, loaded: Loaded, as_of: date):
        self.as_of = as_of
        self.present = set(loaded.tables)
        self.engine: Engine = open_engine(rows=loaded.rows)
        for name, declared in TABLES.items():
            rows = complete(declared, loaded.tables.get(name))
            self.engine.add(name, rows.append_column(ROW, pa.array(range(rows.num_rows), pa.int64())))
        for name in DAY_TABLES:
            self.engine.add(name, day_table(name, as_of))

    def publish(self, name: str, rows: pa.Table) -> None:
        """Add what the evening before published, to be picked from: the result `name`, as `published_<name>`."""
        self.engine.add(f"published_{name}", rows)

    def texts(self, name: str) -> pa.Table:
        """Return a table with every value as text, NULL where there is none, and the file it came from."""
        columns = ", ".join(f'cast("{column}" as varchar) as "{column}"' for column in TABLES[name].names)
        return self.engine.query(f'select {columns}, source_file from "{name}" order by {ROW}')

    def write(self, folder: Path, names: Iterable[str] | None = None) -> None:
        """Write the tables received, or those named, into a folder that `bolib run` could read."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sources.yml").write_text("sources: {}\n", encoding="utf-8")
        for name in sorted(self.present if names is None else names):
            write_table(folder, name, self.texts(name))

    def close(self) -> None:
        """Let go of the tables."""
        self.engine.close()


def write_table(folder: Path, name: str, rows: pa.Table) -> None:
    """Write a table of texts as `<name>.csv`, or as a folder of files where it came as several."""
    sources = pc.unique(rows["source_file"]).to_pylist()
    if len(sources) <= 1:
        write_file(folder / f"{name}.csv", rows)
        return
    (folder / name).mkdir(exist_ok=True)
    for source in sources:
        held = pc.is_null(rows["source_file"]) if source is None else pc.equal(rows["source_file"], source)
        write_file(folder / name / f"{Path(source or 'other').name.split('.')[0]}.csv", rows.filter(held))


def write_file(path: Path, rows: pa.Table) -> None:
    """Write rows of texts as canonical CSV; a column nothing is known in is left out, as in the files of banks."""
    kept = [name for name in rows.column_names if name != "source_file"]
    kept = [name for name in kept if name != "known_at" or rows[name].null_count < rows.num_rows]
    csv.write_csv(rows.select(kept), path, csv.WriteOptions(quoting_style="needed"))
