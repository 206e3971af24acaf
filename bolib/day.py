"""One business day as a report sees it: its tables on an engine, its proof, its rules and thresholds."""

import datetime
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from bolib import PROJECT
from bolib.calendars import calendar
from bolib.control import Control, catalogue
from bolib.engine import Engine, open_engine
from bolib.errors import ParameterError, RuleError
from bolib.findings import with_thresholds
from bolib.load import Loaded, load
from bolib.rulebook import Rulebook, load_rulebook
from bolib.tables import TABLES, Table
from bolib.views import DAY_TABLES, complete, day_table

VERSIONED = {"prices", "fx_rates", "corporate_actions", "instalments", "payments"}
"""Tables of which the result needs every version, and when each was known."""


@dataclass
class Day:
    """A day's tables, controls and parameters, ready to be asked."""

    report: str
    as_of: date
    engine: Engine
    loaded: Loaded
    parameters: dict[str, Any]
    rulebook: Rulebook
    controls: list[Control]
    results: Path | None
    history: Path | None
    notice: str
    proven: bool
    folder: Path = PROJECT / "parameters"

    @property
    def present(self) -> set[str]:
        """Return the names of the tables that were received."""
        return set(self.loaded.tables)

    def lacking(self, item: Control) -> list[str]:
        """Return the tables a control needs that were not received; where all were, its columns that are empty."""
        return sorted(item.needed - self.present) or [name for name in item.needed_columns if self._is_empty(name)]

    def _is_empty(self, name: str) -> bool:
        """Return whether no row of a table that has some says anything in a column, named `table.column`."""
        table, _, column = name.partition(".")
        cells = self.loaded.tables[table][column]
        return 0 < len(cells) == cells.null_count

    @property
    def bound(self) -> dict[str, Any]:
        """Return what every SELECT may name with `$`: the day and the plain parameters of the report."""
        return {"as_of": self.as_of, **self.parameters}

    def rows(self, name: str) -> list[dict]:
        """Return the rows of a small table as dictionaries; none where it was not received."""
        return self.engine.table(name).to_pylist()

    @cached_property
    def _numbers(self) -> dict[date, int]:
        days = calendar("TARGET", self.as_of - timedelta(days=10 * 365), self.as_of + timedelta(days=2 * 365))
        return dict(zip(days["date"].to_pylist(), days["day"].to_pylist(), strict=True))

    def business_days(self, start: date, end: date) -> int:
        """Return the number of TARGET business days from `start` to `end`, the first not counted.

        A day older than the ten years the numbers cover counts as their first.
        """
        first = min(self._numbers)
        return self._numbers[max(end, first)] - self._numbers[max(start, first)]


def open_day(
    report: str,
    as_of: str | date,
    data: str = "data/sample",
    parameters: str = "parameters",
    thresholds: dict | None = None,
    results: str = "",
    history: str = "",
    archive: str = "",
    engine: str = "duckdb",
    memory: str = "",
) -> Day:
    """Return the day `as_of` of `report`, loaded and proven; see the notebooks' parameters cell for each word."""
    day, folder = _business_day(as_of), _within(parameters)
    loaded = load(_within(data), folder, day, _within(archive) if archive else None)
    notice = _within(data) / "NOTICE.md"
    kept = {"results": _within(results) if results else None, "history": _within(history) if history else None}
    text = notice.read_text(encoding="utf-8") if notice.exists() else ""
    return day_of(report, day, loaded, folder, thresholds or {}, engine, memory, notice=text, **kept)


def day_of(
    report: str,
    as_of: date,
    loaded: Loaded,
    folder: Path = PROJECT / "parameters",
    thresholds: dict | None = None,
    engine: str = "duckdb",
    memory: str = "",
    notice: str = "",
    results: Path | None = None,
    history: Path | None = None,
) -> Day:
    """Return the day `as_of` of `report` on tables that are loaded already; `folder` holds the parameters."""
    settings = _settings(folder / f"{report}.yml")
    merged = _merged(settings.pop("thresholds", None) or {}, thresholds or {})
    book = load_rulebook(folder / "rulebook")
    return Day(
        report=report,
        as_of=as_of,
        engine=filled(open_engine(engine, memory or None, loaded.rows), loaded, as_of),
        loaded=loaded,
        parameters=settings,
        rulebook=book,
        controls=with_thresholds(_with_rules(catalogue(report, folder), book), merged),
        results=results,
        history=history,
        notice=notice,
        proven=loaded.proven,
        folder=folder,
    )


def _with_rules(controls: list[Control], book: Rulebook) -> list[Control]:
    """Return the controls; one that names no rule of the book stops the run before anything is computed."""
    for item in controls:
        if item.rule not in book.versions:
            remedy = "Correct the header, or add the rule."
            raise RuleError(f"{item.path}, rule", "a rule of the book", str(item.rule), remedy)
    return controls


def _business_day(value: str | date) -> date:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except ValueError as error:
        raise ParameterError("as_of", "a date as 2026-03-31", repr(value), "Correct the date.") from error
    before = calendar("TARGET", day, day)["previous_open"][0].as_py()
    if before != day:
        raise ParameterError("as_of", "a TARGET business day", f"{day:%A %Y-%m-%d}", f"Take {before}, the one before.")
    return day


def _within(path: str | Path) -> Path:
    return PROJECT / path


class Settings(dict):
    """What a parameters file says; a word that a report asks for and the file lacks is told in one line."""

    def __init__(self, where: str, said: dict[str, Any]):
        inner = {name: Settings(f"{where}, {name}", value) for name, value in said.items() if isinstance(value, dict)}
        super().__init__(said | inner)
        self._where = where

    def __missing__(self, name: str) -> Any:
        raise ParameterError(self._where, f"the parameter {name}", "none", "Take it over from the project's own file.")


def _settings(path: Path) -> Settings:
    if not path.exists():
        raise ParameterError(str(path), "a parameters file", "none", "Restore it from the project.")
    try:
        said = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    except (yaml.YAMLError, UnicodeError) as error:
        raise ParameterError(str(path), "YAML", " ".join(str(error).split()), "Correct the file.") from error
    if not isinstance(said, dict):
        raise ParameterError(str(path), "names with their values", type(said).__name__, "Correct the file.")
    return Settings(str(path), said)


def _merged(usual: dict[str, dict], today: dict[str, dict]) -> dict[str, dict]:
    return {name: {**usual.get(name, {}), **today.get(name, {})} for name in {*usual, *today}}


def filled(engine: Engine, loaded: Loaded, as_of: date) -> Engine:
    """Return the engine with every declared table, empty where none was received, and the calendars."""
    for name, declared in TABLES.items():
        engine.add(name, partial(_known, loaded, declared, as_of))
    for name in DAY_TABLES:
        engine.add(name, partial(day_table, name, as_of))
    return engine


def _known(loaded: Loaded, declared: Table, as_of: date) -> pa.Table:
    """Return the rows known by the end of the day, of each key the one known last."""
    rows = complete(declared, loaded.tables.get(declared.name))
    if declared.name in VERSIONED or rows["known_at"].null_count == rows.num_rows:
        return rows
    known = rows.filter((pc.field("known_at").is_null()) | (pc.field("known_at").cast(pa.date32()) <= pa.scalar(as_of)))
    since = pc.fill_null(known["known_at"], datetime.datetime.min)
    numbered = known.take(pc.sort_indices(since)).append_column("rank", pa.array(range(known.num_rows), pa.int64()))
    last = numbered.group_by(list(declared.key)).aggregate([("rank", "max")])["rank_max"]
    return numbered.take(last).drop_columns("rank")
