"""A control selects, from tables, the rows that break a rule: one .sql file, with its header.

The header says which rule, how bad, who is concerned and how to say it; the SELECT returns the
breaches. A file without an `id:` is a view, prepared for several controls. A bank adds a control
by dropping a file under `parameters/controls/<report>/`.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import yaml

from bolib.errors import ParameterError, RuleError
from bolib.results import frame
from bolib.rulebook import SEVERITIES
from bolib.tables import TABLES
from bolib.views import PACKAGE, closure, prepare, select, selects, split, tables_named, views

if TYPE_CHECKING:
    from bolib.day import Day

REPORTS = ("pnl", "deadlines", "anomalies")


@dataclass(frozen=True)
class Control:
    """A control, as its file tells it; callable on tables, as `control("ID")(trades=frame, as_of=day)`."""

    id: str
    title: str
    rule: str
    severity: str
    key: str
    message: str
    report: str
    sql: str
    path: Path
    amount: str | None = None
    currency: str | None = None
    date: str | None = None
    owner: str | None = None
    thresholds: dict[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] | None = None

    @property
    def tables(self) -> set[str]:
        """Return the names of the tables and views the SELECT reads."""
        return tables_named(self.sql)

    @property
    def needed(self) -> set[str]:
        """Return the users' tables without which the control is off: those it reads, through views too.

        `needs` in the header narrows them to what the control cannot do without.
        """
        if self.needs is None:
            return set(closure(self.sql, views(self.report), set()) & set(TABLES))
        return {name.partition(".")[0] for name in self.needs}

    @property
    def needed_columns(self) -> list[str]:
        """Return the columns, as `journal.user`, without any value of which the control has nothing to judge."""
        return sorted(name for name in self.needs or () if "." in name)

    @property
    def keys(self) -> list[str]:
        """Return the columns that name the object concerned."""
        return [name.strip() for name in self.key.split(",")]

    def __call__(self, as_of: datetime.date | None = None, **given: Any) -> pd.DataFrame:
        """Return the breaches among the given tables (pandas or Arrow); other words are thresholds."""
        tables = {name: rows for name, rows in given.items() if isinstance(rows, pd.DataFrame | pa.Table)}
        thresholds = {name: value for name, value in given.items() if name not in tables}
        with_defaults = changed(self, thresholds).thresholds
        return frame(select(self.report, self.sql, tables, as_of, with_defaults))


HEADER = {item.name for item in fields(Control)} - {"report", "sql", "path"}


def read_control(path: Path, report: str) -> Control:
    """Return the control of a file; a header that is incomplete or has an unknown word stops the run."""
    head, sql = split(path)
    unknown, missing = set(head) - HEADER, {"id", "title", "rule", "severity", "key", "message"} - set(head)
    if unknown or missing:
        found = f"unknown {sorted(unknown)}" if unknown else f"no {sorted(missing)}"
        raise RuleError(str(path), f"a header with words among {sorted(HEADER)}", found, "Correct the header.")
    if head["severity"] not in SEVERITIES:
        raise RuleError(f"{path}, severity", f"one of {SEVERITIES}", head["severity"], "Correct the header.")
    head["thresholds"] = head.get("thresholds") or {}
    if "needs" in head:
        head["needs"] = _needs(path, head["needs"] or ())
    if PACKAGE not in path.parents:
        _check_portable(sql, path)
    return Control(report=report, sql=sql, path=path, **head)


def _needs(path: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Return the tables and columns, as `table.column`, that a header names; one that is not declared stops the run."""
    unknown = sorted(name for name in names if not _is_declared(*name.partition(".")))
    if unknown:
        raise RuleError(f"{path}, needs", "tables, and columns as table.column", str(unknown), "Correct the header.")
    return tuple(names)


def _is_declared(table: str, dot: str, column: str) -> bool:
    return table in TABLES and (column in TABLES[table].names if dot else True)


def _check_portable(sql: str, path: Path) -> None:
    """Refuse what another engine would read otherwise; the tests hold our own controls to the same."""
    from bolib.portable import refuse  # a parser, which a run without a control of the bank's own does not need

    refuse(sql, str(path))


def catalogue(report: str, parameters: Path | None = None) -> list[Control]:
    """Return the controls of a report, ours and then the bank's own, by id; no id stands twice."""
    own = sorted((parameters / "controls" / report).glob("*.sql")) if parameters else []
    paths = [path for path in (*selects(report), *own) if split(path)[0]]
    controls = sorted((read_control(path, report) for path in paths), key=lambda found: found.id)
    for one, other in zip(controls, controls[1:], strict=False):
        if one.id == other.id:
            raise RuleError(str(other.path), "an id of its own", f"{one.id}, as in {one.path}", "Change one of them.")
    return controls


def control(id: str, parameters: Path | None = None) -> Control:
    """Return the control with that id, whichever report it belongs to."""
    found = {item.id: item for report in REPORTS for item in catalogue(report, parameters)}
    if id not in found:
        raise ParameterError("control", f"one of {sorted(found)}", id, "Correct the id.")
    return found[id]


def changed(item: Control, thresholds: dict[str, Any]) -> Control:
    """Return the control with some thresholds changed; an unknown one stops the run."""
    unknown = sorted(set(thresholds) - set(item.thresholds))
    if unknown:
        expected = f"names among {sorted(item.thresholds)}"
        raise ParameterError(f"thresholds of {item.id}", expected, str(unknown), "Correct the parameters file.")
    return Control(**{**vars(item), "thresholds": item.thresholds | thresholds})


def probe(day: "Day", sql: str, **thresholds: Any) -> pd.DataFrame:
    """Return what a SELECT finds on the day's tables: a control before it has a header."""
    bound = {**day.bound, **thresholds}
    prepare(day.engine, views(day.report), tables_named(sql), **bound)
    return frame(day.engine.query(sql, **bound))


def save(sql: str, report: str, name: str, parameters: Path | str = "parameters", **header: Any) -> Path:
    """Write a SELECT under `parameters/controls/<report>/<name>.sql`, so that the next run counts it.

    The header's words are those of a control: id, title, rule, severity, key, message ...
    """
    folder = PACKAGE.parent / parameters / "controls" / report
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.sql"
    text = f"/*\n{yaml.safe_dump(header, sort_keys=False, allow_unicode=True)}*/\n{sql.strip()}\n"
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    try:
        read_control(draft, report)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path
