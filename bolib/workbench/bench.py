"""The bench: a day's findings with the tables, rules and results behind them, wherever they come from."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as W
import pandas as pd

from bolib import PROJECT, anomalies, deadlines, pnl
from bolib.control import REPORTS, catalogue, probe
from bolib.day import Day, open_day
from bolib.errors import ParameterError
from bolib.results import frame, read
from bolib.rulebook import Rulebook
from bolib.tables.results import RESULTS
from bolib.workbench.detail import opened
from bolib.workbench.question import Shelf, asked
from bolib.workbench.screen import Screen
from bolib.workbench.selection import prepared, status

MODULES = {"pnl": pnl, "deadlines": deadlines, "anomalies": anomalies}


class Found(NamedTuple):
    """Findings and result tables, and one sentence on where they come from."""

    findings: pd.DataFrame
    results: dict[str, pd.DataFrame]
    origin: str


@dataclass
class Bench:
    """A day on the bench. `origin` says where its findings come from."""

    findings: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    results: Mapping[str, pd.DataFrame]
    rulebook: Rulebook
    titles: Mapping[str, str]
    origin: str
    parameters: Path = PROJECT / "parameters"
    day: Callable[[str], Day] | None = None

    def show(self, finding: str = "") -> W.Widget:
        """Return the screen: filters, picture, grid and sheet; with an id, that finding is open."""
        opens = partial(opened, tables=self.tables, results=self.results, rulebook=self.rulebook)
        self.screen = Screen(self.findings, self.titles, opens)
        if finding:
            self.screen.select(finding)
        self.screen.settle()
        return self.screen.widget

    def table(self, name: str) -> pd.DataFrame:
        """Return a table as it was accepted, with file and line of each row, or a result of the day."""
        found = {**self.results, **self.tables}
        if name not in found:
            raise ParameterError("table", f"one of {', '.join(sorted(found))}", name, "Correct the name.")
        return found[name]

    def ask(self, sql: str, report: str = "anomalies", **thresholds: Any) -> W.Widget:
        """Return the rows a SELECT finds today and a form that saves it as a control; nothing is written before."""
        taken = {item.id: item.path for name in REPORTS for item in catalogue(name, self.parameters)}
        shelf = Shelf(report, self.parameters, self.rulebook.ids, taken)
        return asked(partial(probe, self.day(report), sql, **thresholds), sql, thresholds, shelf)

    def __str__(self) -> str:
        return f"{status(self.findings, len(self.findings))}\n{self.origin}"


def open_bench(
    as_of: str | date,
    data: str = "data/sample",
    parameters: str = "parameters",
    thresholds: dict | None = None,
    results: str = "",
    history: str = "",
    archive: str = "",
    engine: str = "duckdb",
    memory: str = "",
) -> Bench:
    """Return the day on the bench; findings are those of a finished run of the same inputs, else computed now."""
    split = _by_report(thresholds or {}, PROJECT / parameters)
    places = ("", history, archive, engine, memory)
    opens = cache(lambda report: open_day(report, as_of, data, parameters, split[report], *places))
    day = opens("anomalies")
    folder = PROJECT / (results or f"reports/{day.as_of}/results")
    found = None if thresholds else _finished(folder, day, PROJECT / parameters)
    found = found or _computed(opens)
    return Bench(
        findings=prepared(found.findings),
        tables={name: frame(rows) for name, rows in day.loaded.tables.items()},
        results=found.results | {"set_aside": frame(day.loaded.set_aside)},
        rulebook=day.rulebook,
        titles={item.id: item.title for name in REPORTS for item in catalogue(name, PROJECT / parameters)},
        origin=found.origin,
        parameters=PROJECT / parameters,
        day=opens,
    )


def _by_report(thresholds: dict, parameters: Path) -> dict[str, dict]:
    """Return the thresholds of each report; one of an unknown control stops here."""
    belongs = {item.id: name for name in REPORTS for item in catalogue(name, parameters)}
    unknown = sorted(set(thresholds) - set(belongs))
    if unknown:
        expected = f"controls among {sorted(belongs)}"
        raise ParameterError("thresholds", expected, str(unknown), "Correct the parameters cell.")
    return {name: {item: given for item, given in thresholds.items() if belongs[item] == name} for name in REPORTS}


def _finished(folder: Path, day: Day, parameters: Path) -> Found | None:
    """Return what a finished run wrote, if it ran on these very inputs and parameters; None otherwise."""
    record = folder.parent / "run.json"
    if not record.exists():
        return None
    run = json.loads(record.read_text(encoding="utf-8"))
    kept = {name: was["sha256"] for name, was in run.get("kept", {}).get("parameters", {}).items()}
    same = run.get("inputs") == day.loaded.inputs and kept == _hashes(parameters)
    whole = run["as_of"] == f"{day.as_of}" and set(run.get("reports", {})) == set(REPORTS)
    findings = read(folder, "findings")
    if findings is None or not (same and whole) or run["parameters"].get("thresholds"):
        return None
    results = {name: frame(rows) for name in RESULTS if (rows := read(folder, name)) is not None}
    return Found(frame(findings), results, f"As published in {folder.parent.name}, run at {run['started_at']}.")


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.glob("**/*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _computed(opens: Callable[[str], Day]) -> Found:
    found = [module.produce(opens(name)) for name, module in MODULES.items()]
    findings = pd.concat([result.findings for result in found], ignore_index=True)
    results = {name: rows for result in found for name, rows in result.tables.items() if name in RESULTS}
    return Found(findings, results, "Computed now: no finished run has the same inputs, parameters and thresholds.")
