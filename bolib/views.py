"""Views: SELECTs several controls share, made in the order that follows from the tables they name."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import yaml

from bolib.calendars import calendar
from bolib.engine import Engine, open_engine
from bolib.errors import RuleError
from bolib.tables import KNOWN_AT, PROVENANCE, TABLES, Table
from bolib.tables.results import CARRIED, RESULTS

PACKAGE = Path(__file__).parent
DECLARED = TABLES | RESULTS | CARRIED

DAY_TABLES = {
    "target_days": "TARGET",
    "t2s_days": "T2S_PENALTY",
    "xpar_days": "XPAR",
    "ouvrable_days": "OUVRABLE",
    "ouvre_days": "OUVRE",
    "psp_days": "PSP",
}
"""Calendars as tables: date, open, day (running number of the business day), next_open, previous_open."""


def day_table(name: str, as_of: date) -> pa.Table:
    """Return one of DAY_TABLES, from three years before `as_of` to two years after."""
    return calendar(DAY_TABLES[name], as_of - timedelta(days=3 * 365), as_of + timedelta(days=2 * 365))


def split(path: Path) -> tuple[dict, str]:
    """Return the YAML header of a .sql file (empty for a view) and its SELECT."""
    text = path.read_text(encoding="utf-8")
    match = re.match(r"\s*/\*(.*?)\*/(.*)", text, re.DOTALL)
    if not match or not re.search(r"^id:", match[1].strip(), re.MULTILINE):
        return {}, text
    try:
        return dict(_header(match[1])), match[2].strip().rstrip(";")
    except yaml.YAMLError as error:
        raise RuleError(str(path), "a YAML header", str(error).replace("\n", " "), "Correct the header.") from error


@cache
def _header(text: str) -> dict:
    return yaml.load(text, yaml.CSafeLoader)


@cache
def tables_named(sql: str) -> frozenset[str]:
    """Return the tables a SELECT reads, its own `with` parts left out.

    Read off the words, since a parser would cost a run more than its views; a test holds it against one.

    >>> sorted(tables_named("with late as (select * from trades) select * from late join books on true"))
    ['books', 'trades']
    """
    words = re.sub(r"/\*.*?\*/|--[^\n]*|'[^']*'|\b(?:extract|trim)\s*\([^)]*\)", " ", sql, flags=re.DOTALL).lower()
    own = set(re.findall(r"(?:\bwith|,)\s+(\w+)\s+as\s*\(", words))
    return frozenset(re.findall(r'\b(?:from|join)\s+"?([a-z_]\w*)', words)) - own


STEPS = ("clocks", "outcomes", "results", "scope")
"""Folders of SELECTs that a report joins itself: neither controls nor views."""


SHARED = {"deadlines": ("holdings",), "anomalies": ("holdings",)}
"""Folders of views that several reports read, by report."""


def selects(report: str) -> list[Path]:
    """Return the files of a report's controls and views, in its folder and in those of its subjects, and the shared."""
    found = sorted(path for folder in (*SHARED.get(report, ()), report) for path in (PACKAGE / folder).rglob("*.sql"))
    return [path for path in found if path.parent.name not in STEPS]


@cache
def views(report: str) -> dict[str, str]:
    """Return the views of a report, name → SELECT."""
    return {path.stem: split(path)[1] for path in selects(report) if not split(path)[0]}


def prepare(engine: Engine, prepared: dict[str, str], wanted: set[str], **parameters: Any) -> None:
    """Make the wanted views on the engine, and first those they name, unless they are there already."""
    for name in sorted(wanted & set(prepared)):
        if name not in engine.names():
            prepare(engine, prepared, tables_named(prepared[name]), **parameters)
            engine.create(name, prepared[name], **parameters)


def select(
    report: str, sql: str, tables: dict[str, pd.DataFrame | pa.Table], as_of: date | None, bound: dict[str, Any]
) -> pa.Table:
    """Return what a SELECT finds in a few tables alone; declared tables not given are empty."""
    engine = open_engine(rows=sum(map(len, tables.values())))
    prepared = {name: text for name, text in views(report).items() if name not in DECLARED}
    for name, rows in tables.items():
        rows = rows if isinstance(rows, pa.Table) else pa.Table.from_pandas(rows, preserve_index=False)
        engine.add(name, complete(DECLARED[name], rows) if name in DECLARED else rows)
    for name in sorted(closure(sql, prepared, set(tables)) - set(prepared) - set(tables)):
        engine.add(name, day_table(name, as_of) if name in DAY_TABLES else complete(_declared(name), None))
    try:
        prepare(engine, prepared, tables_named(sql), as_of=as_of, **bound)
        return engine.query(sql, as_of=as_of, **bound)
    finally:
        engine.close()


def closure(sql: str, prepared: dict[str, str], given: set[str]) -> set[str]:
    """Return the tables a SELECT reads, those read by views that are not given included."""
    named = tables_named(sql)
    inner = (closure(prepared[name], prepared, given) for name in named & set(prepared) - given)
    return named.union(*inner)


def _declared(name: str) -> Table:
    if name not in DECLARED:
        raise RuleError("SQL", "tables and views that exist or are given", name, "Give the table, or correct the name.")
    return DECLARED[name]


def complete(declared: Table, rows: pa.Table | None) -> pa.Table:
    """Return `rows` with every declared column, in its declared type; columns not given are empty."""
    columns = (*declared.columns, *PROVENANCE)
    schema = pa.schema([(column.name, arrow_type(column.sql_type)) for column in columns])
    if rows is None:
        return schema.empty_table()
    filled = [
        rows[name].cast(kind) if name in rows.column_names else pa.nulls(rows.num_rows, kind)
        for name, kind in zip(schema.names, schema.types, strict=True)
    ]
    return pa.table(filled, schema=schema)


def result_schema(declared: Table) -> pa.Schema:
    """Return the columns of a result: those declared, without when they were known."""
    columns = [column for column in declared.columns if column is not KNOWN_AT]
    return pa.schema([(column.name, arrow_type(column.sql_type)) for column in columns])


def arrow_type(sql_type: str) -> pa.DataType:
    """Return the Arrow type of a declared SQL type."""
    if sql_type.startswith("decimal"):
        return pa.decimal128(18, int(sql_type[:-1].split(",")[1]))
    simple = {"bigint": pa.int64(), "boolean": pa.bool_(), "date": pa.date32(), "timestamp": pa.timestamp("us")}
    return simple.get(sql_type, pa.string())
