"""Where SQL and kernels run. DuckDB by default, Spark where one machine is too small.

The only package that touches either. An engine holds named tables; `create` adds one from a
SELECT, `run` adds one from a kernel. The same SQL text and the same kernels give the same rows
on both, to the last unit: whole numbers and fixed point in, whole numbers and fixed point out.
"""

import re
from collections.abc import Callable
from typing import Any, Protocol

import pyarrow as pa

from bolib.errors import ParameterError

Kernel = Callable[..., pa.Table]
"""Arrow tables in, one Arrow table out; called on the rows of whole groups of a key."""

class Engine(Protocol):
    """Named tables, and the two ways to make one from others."""

    name: str

    def add(self, name: str, rows: pa.Table) -> None:
        """Keep `rows` as the table `name`."""

    def create(self, name: str, sql: str, **parameters: Any) -> None:
        """Keep the rows of a SELECT as the table `name`; `$word` in the text is a bound parameter."""

    def run(self, kernel: Kernel, *tables: str, key: str, into: str) -> None:
        """Keep what `kernel` returns as the table `into`; rows of one `key` always meet in one call."""

    def query(self, sql: str, **parameters: Any) -> pa.Table:
        """Return the rows of a SELECT."""

    def table(self, name: str) -> pa.Table:
        """Return all rows of a table."""

    def names(self) -> set[str]:
        """Return the names of the tables held."""

    def close(self) -> None:
        """Let go of what the engine holds."""


def open_engine(name: str = "duckdb", memory: str | None = None) -> Engine:
    """Return the engine called `name` ("duckdb", "spark"); `memory` is its limit, as in "2GB"."""
    if name == "duckdb":
        from bolib.engine.duck import DuckDB

        return DuckDB(memory)
    if name == "spark":
        from bolib.engine.spark import Spark

        return Spark(memory)
    raise ParameterError("--engine", "duckdb or spark", name, "Name one of the two.")


def used(sql: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return those of `parameters` that the text names; a name without a value stops the run."""
    named = set(re.findall(r"\$([a-z_]\w*)", sql))
    missing = sorted(named - set(parameters))
    if missing:
        raise ParameterError("SQL", f"a value for each of {sorted(named)}", f"none for {missing}", "Add the parameter.")
    return {name: value for name, value in parameters.items() if name in named}


def canonical(rows: pa.Table) -> pa.Table:
    """Return `rows` with the types every engine shares: int64, decimal(18, n), string, date32, timestamp in us."""
    return rows.cast(pa.schema([pa.field(field.name, _canonical_type(field.type)) for field in rows.schema]))


def _canonical_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_decimal(kind):
        return pa.decimal128(18, kind.scale) if kind.scale else pa.int64()
    if pa.types.is_integer(kind):
        return pa.int64()
    if pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return pa.string()
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us")
    return kind
