"""The SQL that means the same on DuckDB and on Spark; what lies outside is refused, with what to write instead.

What is allowed is listed (`subset.py`); all else is refused, because a text that runs on both
engines may still say two things: `substr(x, 0, 3)`, `avg(amount)` and `cast(2.5 as bigint)` have
other values there. Where every table is known, columns are resolved and implicit casts are seen
(`types.py`). `tests/test_spark.py` holds the measured differences.
"""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from bolib.errors import RuleError


@dataclass(frozen=True)
class Fault:
    """Something outside the subset: the line it stands on, what it is, what to write instead."""

    line: int
    found: str
    remedy: str


def refuse(sql: str, where: str, columns: dict[str, dict[str, str]] | None = None) -> None:
    """Stop with one line at the first thing in `sql` that two engines could read differently."""
    for fault in faults(sql, columns):
        raise RuleError(f"{where}, line {fault.line}", "portable SQL", fault.found, fault.remedy + ".")


def faults(sql: str, columns: dict[str, dict[str, str]] | None = None) -> list[Fault]:
    """Return what lies outside the portable subset, by line.

    `columns` are those of the tables the text may name beside the declared ones (table → column →
    SQL type). A text that names another table is checked without types.
    """
    from bolib.portable import subset, types

    try:
        statements = sqlglot.parse(sql, dialect="duckdb")
    except sqlglot.errors.ParseError as error:
        told = error.errors[0]
        return [Fault(told["line"] or 1, told["description"].rstrip("."), "Correct the text")]
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        return [Fault(1, "something else than one SELECT", "Keep one SELECT a file")]
    found = subset.spelling(sql) + subset.outside(statements[0])
    return sorted(found or types.clashes(statements[0], columns or {}), key=lambda fault: fault.line)


def line(node: exp.Expression) -> int:
    """Return the line of a node: its own, or that of the first part that knows it."""
    return next((part.meta["line"] for part in node.walk() if "line" in part.meta), 1)


def text(node: exp.Expression) -> str:
    """Return a node as it may have been written, cut to what a line can hold."""
    return node.sql("duckdb", comments=False).lower()[:80]
