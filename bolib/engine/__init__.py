"""Where SQL and kernels run. DuckDB by default, Spark where one machine is too small.

The only package that touches either. An engine holds named tables; `create` adds one from a
SELECT, `run` adds one from a kernel. The same SQL text and the same kernels give the same rows
on both, to the last unit: whole numbers and fixed point in, whole numbers and fixed point out.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Protocol

import pyarrow as pa

from bolib.errors import ParameterError, RuleError

Kernel = Callable[..., pa.Table]
"""Arrow tables in, one Arrow table out; called on the rows of whole groups of a key.

It must accept tables without rows and then return its columns: Spark learns the types that way.
"""

ROWS_A_BUCKET = 100_000
"""Rows a kernel sees at once, about: enough to be fast, few enough to stay in memory."""

Rows = pa.Table | Callable[[], pa.Table]

PARAMETER = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|\$([A-Za-z_]\w*)", re.DOTALL)
"""A bound parameter (group 1), or a text, name or comment in which a `$` means nothing."""


class Engine(Protocol):
    """Named tables, and the two ways to make one from others."""

    name: str

    def add(self, name: str, rows: Rows) -> None:
        """Keep `rows` as the table `name`; a function is called when a text first names the table."""

    def create(self, name: str, sql: str, **parameters: Any) -> None:
        """Keep the rows of a SELECT as the table `name`; `$word` in the text is a bound parameter."""

    def run(self, kernel: Kernel, *tables: str, key: str | None, into: str) -> None:
        """Keep what `kernel` returns as the table `into`; rows of one `key` always meet in one call.

        Each of `tables` is a name, or a SELECT of which the rows go to the kernel and are not kept. Without a key
        there is one table, and each of its rows is judged alone: they need not be put apart first.
        """

    def query(self, sql: str, **parameters: Any) -> pa.Table:
        """Return the rows of a SELECT."""

    def table(self, name: str) -> pa.Table:
        """Return all rows of a table."""

    def names(self) -> set[str]:
        """Return the names of the tables held."""

    def close(self) -> None:
        """Let go of what the engine holds."""


class Promises:
    """The tables an engine was given as functions, and has not needed yet."""

    def __init__(self):
        self._promised: dict[str, Callable[[], pa.Table]] = {}

    def add(self, name: str, rows: Rows) -> None:
        """Keep `rows` as the table `name`; a function is called when a text first names the table."""
        self._promised.pop(name, None)
        if callable(rows):
            self._promised[name] = rows
        else:
            self._add(name, canonical(rows))

    def _fetch(self, *texts: str) -> None:
        """Make the tables of which the name is a word of a text."""
        words = {word for text in texts for word in re.findall(r"\w+", text.lower())}
        for name in sorted(self._promised.keys() & words):
            self.add(name, self._promised[name]())

    def _add(self, name: str, rows: pa.Table) -> None:
        raise TypeError(f"{type(self).__name__} keeps no tables")


def open_engine(name: str = "duckdb", memory: str | None = None, rows: int | None = None) -> Engine:
    """Return the engine called `name` ("duckdb", "spark"); `memory` is its limit, as in "2GB".

    `rows` is how many there are to begin with, where that is known: it makes no more of few than they need.
    """
    if name == "duckdb":
        from bolib.engine.duck import DuckDB

        return DuckDB(memory, rows)
    if name == "spark":
        from bolib.engine.spark import Spark

        return Spark(memory)
    raise ParameterError("--engine", "duckdb or spark", name, "Name one of the two.")


def used(sql: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return those of `parameters` that the text names; a name without a value stops the run.

    A threshold written 0.05 in a parameters file arrives as a float; it is bound as the decimal it
    was written as, because a comparison with a binary fraction would differ between engines.
    """
    named = {found[1] for found in PARAMETER.finditer(sql) if found[1]}
    missing = sorted(named - set(parameters))
    if missing:
        near = [other for name in missing for other in get_close_matches(name, set(parameters) - named, 1)]
        remedy = f"Correct {', '.join(near)} in the parameters." if near else "Add the parameter."
        raise ParameterError("SQL", f"a value for each of {sorted(named)}", f"none for {missing}", remedy)
    values = {name: value for name, value in parameters.items() if name in named}
    return {name: Decimal(repr(value)) if type(value) is float else value for name, value in values.items()}


def canonical(rows: pa.Table) -> pa.Table:
    """Return `rows` with the types every engine shares: int64, decimal(18, n), string, date32, timestamp in us."""
    schema = pa.schema([pa.field(field.name, _canonical_type(field.type)) for field in rows.schema])
    try:
        return rows.cast(schema)
    except pa.ArrowInvalid as error:
        remedy = "Cast what is added up, as in cast(sum(x) as decimal(18,2))."
        raise RuleError("SQL", "numbers of at most 18 digits", str(error).rstrip("."), remedy) from error


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
