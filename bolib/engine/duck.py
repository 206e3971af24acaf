"""DuckDB: SQL and kernels in this process, on one machine."""

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from bolib.engine import ROWS_A_BUCKET, Kernel, Promises, canonical, used
from bolib.errors import ParameterError, RuleError

ALIKE = ("set TimeZone = 'UTC'", "set default_null_order = 'NULLS_FIRST_ON_ASC_LAST_ON_DESC'")
"""What makes the same text mean the same as on Spark."""


class DuckDB(Promises):
    """Tables in DuckDB, in this process; beyond its memory limit it spills to disk."""

    name = "duckdb"

    def __init__(self, memory: str | None = None):
        super().__init__()
        self._spill = tempfile.TemporaryDirectory(prefix="bolib-")
        settings = {"temp_directory": self._spill.name, "autoinstall_known_extensions": "false"}
        if memory:
            settings["memory_limit"] = memory
        try:
            self._connection = duckdb.connect(config=settings)
        except duckdb.Error as error:
            raise ParameterError("--memory", "a size as in 2GB", str(memory), "Write the size so.") from error
        self._names: set[str] = set()
        for statement in ALIKE:
            self._connection.execute(statement)

    def _add(self, name: str, rows: pa.Table) -> None:
        self._keep(rows, f'create or replace table "{name}" as')
        self._names.add(name)

    def create(self, name: str, sql: str, **parameters: Any) -> None:
        self._fetch(sql)
        with _explained(name):
            self._connection.execute(f'create or replace table "{name}" as {sql}', used(sql, parameters)).fetchall()
        self._names.add(name)

    def query(self, sql: str, **parameters: Any) -> pa.Table:
        self._fetch(sql)
        with _explained("SQL"):
            return canonical(self._connection.sql(sql, params=used(sql, parameters)).to_arrow_table())

    def run(self, kernel: Kernel, *tables: str, key: str, into: str) -> None:
        rows = max(self.query(f'select count(*) as n from "{name}"')["n"][0].as_py() for name in tables)
        buckets = rows // ROWS_A_BUCKET + 1
        cut = f'select * from "{{}}" where hash("{key}") % {buckets} = {{}}'
        for bucket in range(buckets):
            part = canonical(kernel(*(self.query(cut.format(name, bucket)) for name in tables)))
            self._keep(part, f'create or replace table "{into}" as' if bucket == 0 else f'insert into "{into}"')
        self._names.add(into)

    def _keep(self, rows: pa.Table, statement: str) -> None:
        self._connection.register("arriving", rows)
        self._connection.execute(f"{statement} select * from arriving").fetchall()
        self._connection.unregister("arriving")

    def write(self, sql: str, path: Path, tolerant: bool = False) -> bool:
        """Write the rows of a SELECT to a Parquet file; where `tolerant`, return False when it cannot be done."""
        target = str(path).replace("'", "''")
        try:
            with _explained(str(path)):
                self._connection.execute(f"copy ({sql}) to '{target}' (format parquet)").fetchall()
        except RuleError:
            if not tolerant:
                raise
            return False
        return True

    def table(self, name: str) -> pa.Table:
        return self.query(f'select * from "{name}"')

    def names(self) -> set[str]:
        return self._names | set(self._promised)

    def close(self) -> None:
        self._connection.close()
        self._spill.cleanup()


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
