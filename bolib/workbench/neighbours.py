"""What happened around a finding: rows of the same table and object, just before and just after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from bolib.tables import DECIMALS, PROVENANCE, TABLES, Table
from bolib.tables.results import RESULTS

DECLARED = TABLES | RESULTS

SUBJECTS = (
    ("book", "isin"),
    ("account", "isin"),
    ("isin", "source"),
    ("isin",),
    ("book",),
    ("instruction_id",),
    ("loan_id",),
    ("card",),
    ("customer_id",),
    ("account",),
    ("counterparty",),
    ("journal_code",),
    ("regime",),
    ("kind",),
    ("currency",),
)
"""Columns that name what a row is about, the closest tie first."""

ON_EACH_SIDE = 8
"""Rows shown before and after; more would not be read."""

LOOKED_IN = (
    ("prices", ("isin",), "price"),
    ("prices", ("isin",), "move_bp"),
    ("trades", ("book", "isin"), "isin"),
    ("pnl_books", ("book",), "book"),
)
"""Where to look for a finding without a record of its own: table, subject, and the figure that makes it the place."""


@dataclass(frozen=True)
class Neighbours:
    """Rows about one subject, by date; `this` marks those of the finding, `measure` is the column to draw."""

    table: str
    subject: dict[str, str]
    dated: str
    measure: str | None
    rows: pd.DataFrame
    this: pd.Series


def around_records(name: str, records: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Neighbours | None:
    """Return the neighbours of the first of `records`, themselves rows of the table `name`; None if undated."""
    declared = DECLARED.get(name)
    if declared is None or declared.dated is None or pd.isna(records.iloc[0][declared.dated]):
        return None
    first = records.iloc[0]
    places = set(zip(records["source_file"], records["source_line"], strict=True))
    for subject in _subjects(declared, first):
        about = _about(tables[name], subject)
        this = [place in places for place in zip(about["source_file"], about["source_line"], strict=True)]
        if not all(this):
            break
    return _cut(declared, declared.dated, subject, about, this, _day(first[declared.dated]))


def around_date(row: Mapping[str, str], on: date, tables: Mapping[str, pd.DataFrame]) -> Neighbours | None:
    """Return the prices, trades or results of the same object around a date, for a finding without a record."""
    for name, columns, figure in LOOKED_IN:
        if name not in tables or not all(row.get(column) for column in (*columns, figure)):
            continue
        declared, subject = DECLARED[name], {column: row[column] for column in columns}
        dated = declared.dated or "date"
        about = _about(tables[name], subject)
        if len(about):
            return _cut(declared, dated, subject, about, [_day(value) == on for value in about[dated]], on)
    return None


def _subjects(declared: Table, row: pd.Series) -> Iterator[dict[str, str]]:
    for names in SUBJECTS:
        if all(name in declared.names and not pd.isna(row[name]) for name in names):
            yield {name: row[name] for name in names}
    yield {}


def _about(rows: pd.DataFrame, subject: dict[str, str]) -> pd.DataFrame:
    for name, value in subject.items():
        rows = rows[(rows[name] == value).fillna(False)]
    return rows


def _cut(declared: Table, dated: str, subject: dict, about: pd.DataFrame, this: list[bool], on: date) -> Neighbours:
    rows = about.assign(_this=this, _day=[_day(value) for value in about[dated]])
    rows = rows.dropna(subset="_day").sort_values(["_day"], kind="stable")
    before, after = rows[(rows["_day"] < on) & ~rows["_this"]], rows[(rows["_day"] > on) & ~rows["_this"]]
    same = rows[(rows["_day"] == on) | rows["_this"]]
    same = pd.concat([same[same["_this"]], same[~same["_this"]].head(ON_EACH_SIDE)]).sort_values("_day", kind="stable")
    chosen = pd.concat([before.tail(ON_EACH_SIDE), same, after.head(ON_EACH_SIDE)]).reset_index(drop=True)
    shown = [name for name in declared.names if name in chosen and chosen[name].notna().any()]
    provenance = [column.name for column in PROVENANCE if column.name in chosen]
    measure = _measure(declared, chosen)
    return Neighbours(declared.name, subject, dated, measure, chosen[shown + provenance], chosen["_this"])


def _measure(declared: Table, rows: pd.DataFrame) -> str | None:
    numeric = [column.name for column in declared.columns if column.type in DECIMALS or column.type == "integer"]
    wanted = [declared.amount, "total", "market_value", "price", "rate", *numeric]
    return next((name for name in wanted if name and name in rows and rows[name].notna().any()), None)


def _day(value) -> date | None:
    if value is None or pd.isna(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def heights(found: Neighbours) -> list[float | None]:
    """Return the measure as the height of each point; drawing only, nothing is summed or compared."""
    values = found.rows[found.measure] if found.measure else [1] * len(found.rows)
    return [None if pd.isna(value) else float(value) for value in values]
