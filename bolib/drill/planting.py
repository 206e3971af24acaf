"""What a fault does to the rows of a copy, before anything is written: the rows it takes, changes and adds.

All faults look at the data as it was, so that none sees another; two that would touch the same row are kept apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import md5
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars import calendar
from bolib.day import VERSIONED
from bolib.drill.deliveries import names_of
from bolib.drill.entries_file import ENTRIES, names_of_entries
from bolib.drill.faults import Fault
from bolib.drill.replay import reads
from bolib.drill.replica import Replica
from bolib.drill.steps import LINKS, Row, Steps
from bolib.errors import RuleError
from bolib.tables import TABLES

CANDIDATES = 40
"""Rows tried for one fault before it is given up."""

NAMES = {"text", "isin", "lei", "token"}
"""Types of the columns that name an object ..."""

CLASSES = {
    "source",
    "type",
    "kind",
    "step",
    "document",
    "activity",
    "object_type",
    "regime",
    "balance_type",
    "currency",
}
"""... and columns of keys that only say of what kind it is."""


@dataclass(frozen=True)
class Planted:
    """A fault on a row: `marks` are the names only findings about it show, `near` those of what it belongs to; `own`
    name the row it was drawn from, `heads` the deals, loans, securities whose own record it touches.

    `changed` holds new texts by table, row and column; `added` whole rows; `dropped` numbers of rows; `copied` the
    rows that the added ones were copied from.
    """

    fault: Fault
    day: date
    key: str
    marks: frozenset[str]
    near: frozenset[str] = frozenset()
    changed: dict[str, dict[int, Row]] = field(default_factory=dict)
    added: dict[str, list[Row]] = field(default_factory=dict)
    dropped: dict[str, set[int]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    copied: frozenset[tuple[str, int]] = frozenset()

    @property
    def rows(self) -> set[tuple[str, int]]:
        """Return the rows it touches."""
        touched = {name: {*self.changed.get(name, ()), *self.dropped.get(name, ())} for name in self.fault.tables}
        return {(name, number) for name, numbers in touched.items() for number in numbers}


def days_of(as_of: date, days_before: int) -> dict[str, date]:
    """Return the days a fault may name: `$day`, the business days around it, and the day of the report.

    `$d5` is the fifth TARGET business day before `$day`.
    """
    known = calendar("TARGET", as_of - timedelta(days=400), as_of + timedelta(days=60))
    opened = known.filter(known["open"])["date"].to_pylist()
    place = opened.index(as_of) - days_before
    before = {f"d{number}": opened[place - number] for number in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 60)}
    return before | {"day": opened[place], "next_day": opened[place + 1], "report_day": as_of}


def candidates(replica: Replica, fault: Fault, seed: int) -> Iterator[Planted]:
    """Yield the ways a fault could be planted, in an order the seed decides, each made when it is asked for."""
    days = days_of(replica.as_of, fault.days_before)
    if fault.file:
        yield from (_of_file(replace(fault, table=name), days) for name in _delivered(replica, fault))
        return
    limit = f"order by md5(cast(p as varchar) || '{seed} {fault.id}') limit {CANDIDATES}"
    try:
        found = replica.engine.query(f"select p.* from ({fault.pick}) p {limit}", **days)
        yield from (_planted(replica, fault, days, row) for row in found.to_pylist())
    except RuleError as error:
        raise RuleError(f"fault {fault.id}", error.expected, error.found, "Correct the declaration.") from error


def _delivered(replica: Replica, fault: Fault) -> list[str]:
    """Return the tables whose files it may happen to: its own first, then any other with dated rows.

    What is wrong with a file of accounting entries happens to no other.
    """
    if fault.file in ENTRIES:
        return [fault.table] if fault.table in replica.present else []
    dated = [name for name in sorted(replica.present) if TABLES[name].dated and name not in VERSIONED]
    return sorted(dated, key=lambda name: (name != fault.table, md5(f"{fault.id} {name}".encode()).hexdigest()))


def _of_file(fault: Fault, days: dict[str, date]) -> Planted:
    marks = names_of_entries(days["day"]) if fault.file in ENTRIES else names_of(fault.table, delivered_on(days))
    return Planted(fault, days["day"], fault.table, frozenset(marks), frozenset({reads(fault.table)}))


def delivered_on(days: dict[str, date]) -> list[date]:
    """Return the days for which a table that faults of files happen to is delivered, the day last."""
    return [days["d2"], days["d1"], days["day"]]


def _planted(replica: Replica, fault: Fault, days: dict[str, date], row: dict[str, Any]) -> Planted:
    steps = Steps(replica, fault, {**row, **days})
    changed, copies, made, dropped = steps.changed(), steps.copied(), steps.made(), steps.dropped()
    touched = {*changed, *dropped}
    names = fault.marks or _key_of(fault, row)
    marks = frozenset(str(row[name]) for name in names if row[name] is not None)
    if fault.blind:
        marks = frozenset(word for mark in marks for word in mark.split())
    lines = [line for rows in (*changed.values(), *copies.values()) for line in rows.values()]
    lines += [line for rows in made.values() for line in rows]
    near = _named(row, names) | {line[name] for line in lines for name in line if line[name] and name in LINKS}
    return Planted(
        fault,
        days["day"],
        " ".join(str(row[name]) for name in names),
        marks,
        near.union(*(steps.linked(name) for name in touched)) - marks,
        changed,
        {name: [*copies.get(name, {}).values(), *made.get(name, ())] for name in {**copies, **made}},
        dropped,
        own=frozenset(str(row[name]) for name in _key_of(fault, row) if row[name] is not None),
        heads=frozenset().union(*(steps.heads(name) for name in touched)),
        copied=frozenset((name, number) for name, rows in copies.items() for number in rows),
    )


def _named(row: dict[str, Any], apart: tuple[str, ...]) -> frozenset[str]:
    """Return the words of the texts of a pick, some columns apart."""
    texts = [value for name, value in row.items() if isinstance(value, str) and name not in apart]
    return frozenset(word for text in texts for word in text.split())


def _key_of(fault: Fault, row: dict[str, Any]) -> tuple[str, ...]:
    """Return the columns of the table's key that the pick returns and that name an object."""
    declared = TABLES[fault.table]
    keys = [name for name in declared.key if name in row and name not in CLASSES]
    named = tuple(name for name in keys if declared[name].type in NAMES)
    return named or tuple(row)[:1]


def changed_texts(rows: pa.Table, name: str, planted: list[Planted]) -> pa.Table:
    """Return a table of texts as the faults leave it."""
    columns = {column: rows[column].to_pylist() for column in rows.column_names}
    for one in planted:
        for number, texts in one.changed.get(name, {}).items():
            for column, text in texts.items():
                columns[column][number] = text
    gone = set().union(*(one.dropped.get(name, set()) for one in planted))
    kept = pa.table({column: pa.array(values, pa.string()) for column, values in columns.items()})
    kept = kept.filter(pc.invert(pc.is_in(pa.array(range(kept.num_rows)), pa.array(sorted(gone), pa.int64()))))
    more = [row for one in planted for row in one.added.get(name, ())]
    return pa.concat_tables([kept, pa.Table.from_pylist(more, schema=kept.schema)]) if more else kept
