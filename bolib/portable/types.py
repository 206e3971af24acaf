"""What shows only where columns and types are known: unknown columns, implicit casts, a date minus a date."""

import re

from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from bolib.portable import Fault, line, text
from bolib.portable.subset import CALENDAR, LOAD
from bolib.tables import PROVENANCE, TABLES

DECLARED = {
    table.name: {column.name: column.sql_type for column in (*table.columns, *PROVENANCE)} for table in TABLES.values()
}
"""Columns and SQL types of the tables users send."""

FAMILIES = {
    "text": ("varchar", "text", "char"),
    "number": ("bigint", "int", "smallint", "tinyint", "int128", "decimal"),
    "date": ("date",),
    "time": ("timestamp", "timestampntz"),
    "truth": ("boolean",),
}
"""Types that compare without a cast."""

ALIKE = (set(), {"date", "time"})
COMPARED = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Coalesce)


def clashes(tree: exp.Expression, columns: dict[str, dict[str, str]]) -> list[Fault]:
    """Return what the types of a text's columns make doubtful; nothing where a table is not known."""
    known = DECLARED | columns
    own = {part.alias for part in tree.find_all(exp.CTE)}
    if {table.name for table in tree.find_all(exp.Table)} - own - set(known):
        return []
    try:
        qualified = qualify(tree.copy(), schema=known, dialect="duckdb", quote_identifiers=False)
    except OptimizeError as error:
        found, _, place = str(error).partition(" Line: ")
        return [Fault(int(re.match(r"\d*", place)[0] or 1), found.rstrip("."), "Name it as table.column")]
    typed = annotate_types(qualified, schema=known, dialect="duckdb")
    return _twins(typed) + [Fault(line(node), *told) for node in typed.walk() for told in [_told(node)] if told]


def _twins(typed: exp.Query) -> list[Fault]:
    """Return the names a result would carry twice: one engine renames them, the other refuses."""
    names = typed.named_selects
    return [
        Fault(1, f"two columns called {name}", "Name each column once")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]


def _told(node: exp.Expression) -> tuple[str, str] | None:
    families = {_family(part) for part in node.iter_expressions()} - {None}
    if isinstance(node, exp.Cast):
        return _converted(node)
    if isinstance(node, exp.DPipe) and families - {"text"}:
        return f"a number or date read as text in {text(node)}", "Write cast(x as string)"
    if isinstance(node, exp.Sub) and {_family(node.this), _family(node.expression)} in ({"date"}, {"time"}):
        return f"a date minus a date in {text(node)}", CALENDAR
    if isinstance(node, COMPARED) and len(families) > 1 and families not in ALIKE:
        return f"{' and '.join(sorted(families))} together in {text(node)}", "Cast one side, or write date '2026-03-31'"
    return None


def _converted(node: exp.Cast) -> tuple[str, str] | None:
    source = node.this
    if _family(source) == "text" and not node.to.is_type("text") and not isinstance(source, exp.Literal):
        return f"text turned into another type in {text(node)}", LOAD
    if source.type is not None and source.type.is_type("decimal") and node.to.is_type("bigint"):
        return f"a decimal rounded here and cut there in {text(node)}", "Keep the decimal"
    return None


def _family(node: exp.Expression) -> str | None:
    kind = node.type
    return next((name for name, kinds in FAMILIES.items() if kind is not None and kind.is_type(*kinds)), None)
