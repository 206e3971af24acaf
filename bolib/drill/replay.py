"""A day of a copy as its reports see it: loaded once, then all three, without their pages.

The anomalies are given what the days before published: the results that the daily result makes of the copy, and what an
evening that was replayed before kept of itself.
"""

import json
import re
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from bolib import anomalies, deadlines, pnl
from bolib.day import day_of
from bolib.drill.blindness import produced, reports_of
from bolib.load import Loaded, load
from bolib.results import write

WORD = re.compile(r"[\w./:-]{3,}\w")
"""A word of a value that may be a name: raw records stand in the evidence as one text."""

REPORTS = {"pnl": pnl, "deadlines": deadlines, "anomalies": anomalies}

KEPT = ("ledger_balances", "match_sample")
"""Results of the anomalies that a later day is held against, or that a person decides on."""


@dataclass(frozen=True)
class Alert:
    """A finding of a replay, with every name it shows."""

    control: str
    report: str
    severity: str
    key: str
    message: str
    names: frozenset[str]
    columns: frozenset[str]

    @property
    def key_words(self) -> set[str]:
        """Return the object concerned, and each word of it."""
        return {self.key, *self.key.split()}

    @property
    def identity(self) -> tuple[str, str]:
        """Return what makes it the same alert in two copies of the day; its figures may differ."""
        return self.control, self.key


@dataclass(frozen=True)
class Replay:
    """What the reports of a day said: their alerts, and each control with whether it ran, by report.

    `published` holds the results of KEPT.
    """

    day: date
    alerts: list[Alert] = field(default_factory=list)
    reports: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    published: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def controls(self) -> dict[str, dict[str, Any]]:
        """Return the controls of all reports by their id."""
        return {item["control"]: item for items in self.reports.values() for item in items}


def replay(
    data: Path,
    parameters: Path,
    days: Iterable[date],
    reports: Iterable[str] = tuple(REPORTS),
    blind_to: Sequence[str] = (),
    before: Collection[Replay] = (),
) -> list[Replay]:
    """Return what the reports say of each day on the files of a folder; `blind_to`: what the calculation does not see.

    `before`: replays whose evenings count as published, instead of the folder's own: what was decided on one of them
    is about what it said.
    """
    found: list[Replay] = []
    for day in days:
        evenings = {one.day: one for one in (*found, *before) if one.day < day}
        found.append(_replayed(load(data, parameters, day), parameters, day, reports, blind_to, evenings.values()))
    return found


def _replayed(
    loaded: Loaded,
    parameters: Path,
    day: date,
    reports: Iterable[str],
    blind_to: Sequence[str],
    evenings: Iterable[Replay],
) -> Replay:
    seen = Replay(day)
    with tempfile.TemporaryDirectory(prefix="bolib-published-") as history:
        for evening in evenings:
            for name, rows in evening.published.items():
                _publish(Path(history), name, rows, evening.day)
        for name in reports_of(blind_to) if blind_to else reports:
            known = Path(history) if name == "anomalies" else None
            opened = day_of(name, day, loaded, parameters, history=known)
            try:
                result = produced(name, opened, blind_to) if blind_to else REPORTS[name].produce(opened)
            finally:
                opened.engine.close()
            needed = {item.id: {reads(table) for table in item.needed} for item in opened.controls}
            seen.alerts.extend(_alerts(result.findings, needed))
            seen.reports[name] = result.checked
            if name == "pnl":
                before = result.tables["pnl_books"].query("date < @day")
                _publish(Path(history), "pnl_books", before, before["date"].max())  # to be judged by habit
            if name == "anomalies":
                seen.published.update({name: result.tables[name] for name in KEPT})
    return seen


def _publish(history: Path, name: str, rows: pd.DataFrame, evening: date) -> None:
    """Keep rows as the evening would have published them."""
    if len(rows):
        folder = history / str(evening) / "results"
        folder.mkdir(parents=True, exist_ok=True)
        write(folder, name, rows)


def reads(table: str) -> str:
    """Return the name under which an alert shows that its control reads a table."""
    return f"reads {table}"


def _alerts(findings: pd.DataFrame, needed: dict[str, set[str]]) -> list[Alert]:
    kept = findings[["control", "report", "severity", "key", "message", "evidence"]]
    return [_alert(needed.get(row["control"], set()), **row) for row in kept.to_dict("records")]


def _alert(needed: set[str], evidence: str, **said: str) -> Alert:
    row = json.loads(evidence)["row"]
    values = [str(value) for value in row.values() if value is not None]
    names = {said["key"], *said["key"].split(), *values, *(word for text in values for word in WORD.findall(text))}
    return Alert(**said, names=frozenset(names | needed), columns=frozenset(row))
