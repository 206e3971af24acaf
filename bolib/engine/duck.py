"""DuckDB: SQL and kernels in this process, on one machine."""

import tempfile
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bolib.engine import ROWS_A_BUCKET, Kernel, Promises, canonical, used
from bolib.engine.spread import gathered, spread
from bolib.errors import ParameterError, RuleError

ALIKE = ("set TimeZone = 'UTC'", "set default_null_order = 'NULLS_FIRST_ON_ASC_LAST_ON_DESC'")
"""What makes the same text mean the same as on Spark."""

PARQUET = "format parquet, dictionary_size_limit 1000"
"""How a file is written: a column of more than a thousand values as it comes, which is faster."""

ROWS_LENT = 5_000
"""A table of fewer rows stays where it is, in Arrow."""

FEW = 100_000
"""Fewer rows than these, when it is opened, give a second thread nothing to do: most of a small day is planning SQL."""

warnings.filterwarnings("ignore", "Arrow output on a DB-API result")  # an extra copy, made only of few rows

ROWS_A_BATCH = 50_000
"""Rows held at a time while they are put apart by bucket."""

FILES = 200
"""Buckets at most: each is a file open while rows are put apart, and a system allows some hundred."""

KERNELS = 2
"""Kernels at work at once, each on a bucket of its own: twice as fast for twice the memory."""


class DuckDB(Promises):
    """Tables in DuckDB, in this process; beyond its memory limit it spills to disk."""

    name = "duckdb"

    def __init__(self, memory: str | None = None, rows: int | None = None):
        super().__init__()
        self._few = rows is not None and rows < FEW
        self._lent: dict[str, pa.Table] = {}
        self._spill = tempfile.TemporaryDirectory(prefix="bolib-")
        settings = {"temp_directory": self._spill.name, "autoinstall_known_extensions": "false"}
        if memory:
            settings["memory_limit"] = memory
        if self._few:
            settings["threads"] = "1"
        try:
            self._connection = duckdb.connect(config=settings)
        except duckdb.Error as error:
            raise ParameterError("--memory", "a size as in 2GB", str(memory), "Write the size so.") from error
        self._names: set[str] = set()
        for statement in ALIKE:
            self._connection.execute(statement)

    def _add(self, name: str, rows: pa.Table) -> None:
        self._keep(name, rows)

    def create(self, name: str, sql: str, **parameters: Any) -> None:
        self._fetch(sql)
        with _explained(name):
            self._connection.execute(f'create or replace table "{name}" as {sql}', used(sql, parameters)).fetchall()
        self._take_back(name)
        self._names.add(name)

    def query(self, sql: str, **parameters: Any) -> pa.Table:
        self._fetch(sql)
        with _explained("SQL"):
            return canonical(self._rows(sql, used(sql, parameters)))

    def _rows(self, sql: str, parameters: dict[str, Any]) -> pa.Table:
        """Return the rows of a SELECT: few in the way that plans it once, many in the way that copies none."""
        if self._few:
            return self._connection.execute(sql, parameters).to_arrow_table()
        return self._connection.sql(sql, params=parameters).to_arrow_table()

    def run(self, kernel: Kernel, *tables: str, key: str | None, into: str) -> None:
        sources = [f'"{table}"' if table in self.names() else f"({table})" for table in tables]
        buckets = min(max(map(self._count, sources)) // ROWS_A_BUCKET + 1, FILES)
        parts = zip(*(self._cut(source, key, buckets) for source in sources), strict=True)
        found = map(canonical, _in_turn(kernel, parts))
        self._keep(into, next(found), grows=buckets > 1)
        for part in found:
            self._copy(part, f'insert into "{into}"')

    def _count(self, source: str) -> int:
        return self.query(f"select count(*) as n from {source}")["n"][0].as_py()

    def _cut(self, source: str, key: str | None, buckets: int) -> Iterator[pa.Table]:
        """Yield the rows of one bucket of keys after the other; all are read once, and wait on disk for their turn."""
        if buckets == 1:
            yield self.query(f"select * from {source}")
            return
        if key is None:
            yield from self._as_they_come(source)
            return
        with tempfile.TemporaryDirectory(dir=self._spill.name) as folder:
            with _explained(source):
                rows = self._connection.sql(f'select *, hash("{key}") % {buckets} as _bucket from {source}')
                files = spread(rows.to_arrow_reader(ROWS_A_BATCH), "_bucket", buckets, Path(folder))
            for file in files:
                yield canonical(gathered(file))

    def _as_they_come(self, source: str) -> Iterator[pa.Table]:
        """Yield the rows of a table some at a time, read on a connection of its own: this one writes meanwhile."""
        with self._connection.cursor() as reader, _explained(source):
            for statement in ALIKE:
                reader.execute(statement)
            for name, rows in self._lent.items():
                reader.register(name, rows)
            for batch in reader.sql(f"select * from {source}").to_arrow_reader(ROWS_A_BUCKET):
                yield canonical(pa.Table.from_batches([batch]))

    def _keep(self, name: str, rows: pa.Table, grows: bool = False) -> None:
        """Hold a table: few rows as they are, at no cost; many as DuckDB's own, which reads them faster."""
        if len(rows) < ROWS_LENT and not grows:
            self._connection.register(name, rows)
            self._lent[name.lower()] = rows
        else:
            self._copy(rows, f'create or replace table "{name}" as')
            self._take_back(name)
        self._names.add(name)

    def _take_back(self, name: str) -> None:
        """Let go of the rows lent under a name, which would hide the table of that name."""
        if self._lent.pop(name.lower(), None) is not None:
            self._connection.unregister(name)

    def _copy(self, rows: pa.Table, statement: str) -> None:
        self._connection.register("arriving", rows)
        self._connection.execute(f"{statement} select * from arriving").fetchall()
        self._connection.unregister("arriving")

    def write(self, sql: str, path: Path) -> None:
        """Write the rows of a SELECT to a file: CSV where its name says so, else Parquet."""
        target = str(path).replace("'", "''")
        form = "format csv, header" if path.suffix == ".csv" else PARQUET
        with _explained(str(path)):
            self._connection.execute(f"copy ({sql}) to '{target}' ({form})").fetchall()

    def table(self, name: str) -> pa.Table:
        self._fetch(name)
        lent = self._lent.get(name.lower())
        return self.query(f'select * from "{name}"') if lent is None else lent

    def names(self) -> set[str]:
        return self._names | set(self._promised)

    def close(self) -> None:
        self._connection.close()
        self._spill.cleanup()


def write_csv(rows: pa.Table, path: Path) -> None:
    """Write rows as CSV, a text in quotes only where it needs them; pyarrow would quote every one."""
    duckdb.from_arrow(rows).write_csv(str(path))


def _in_turn(kernel: Kernel, buckets: Iterable[tuple[pa.Table, ...]]) -> Iterator[pa.Table]:
    """Yield what `kernel` returns for each bucket, in their order; KERNELS of them run at once."""
    with ThreadPoolExecutor(KERNELS) as pool:
        running: deque[Future] = deque()
        for tables in buckets:
            running.append(pool.submit(kernel, *tables))
            if len(running) == KERNELS:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


@contextmanager
def _explained(where: str):
    """Turn what DuckDB says about a text into the one line a user reads."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise ParameterError("--memory", f"room for {where}", "too little", "Allow the engine more.") from error
    except duckdb.Error as error:
        found = str(error).splitlines()[0].rstrip(".")
        raise RuleError(where, "a SELECT the engine can run", found, "Correct the text.") from error
