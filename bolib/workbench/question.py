"""The analyst's own question: a SELECT, the rows it finds today, and the way to make a control of it."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as W
import pandas as pd
from itables.widget import ITable

from bolib.control import SEVERITIES, save
from bolib.errors import BolibError, ParameterError
from bolib.findings import shown
from bolib.workbench.screen import STYLE

SHOWN = 500
"""Rows sent to the page; the count above them is of all."""

FIELDS = {
    "id": "Id, as in BANK-01",
    "title": "Title, a few words",
    "message": "Sentence; {column} becomes its value",
}
"""Words of a control that are typed; the others are chosen."""

LABELS = FIELDS | {"rule": "Rule of the rulebook", "severity": "Severity", "key": "Key: columns that name the object"}

GRID = {"maxBytes": 0, "pageLength": 10, "classes": "display compact", "style": "width:100%"}


@dataclass
class Shelf:
    """Where a report's own controls are kept: the parameters folder, the rules to choose from, the ids taken."""

    report: str
    place: Path
    rules: list[str]
    taken: dict[str, Path]

    def keep(self, sql: str, header: dict[str, Any]) -> Path:
        """Write a control to the file named after its id; an id of another file is refused."""
        name = "".join(letter if letter.isalnum() else "_" for letter in header["id"].lower())
        path = self.place / "controls" / self.report / f"{name}.sql"
        if self.taken.get(header["id"], path) != path:
            raise ParameterError("id", "one no control has", header["id"], "Choose another.")
        self.taken[header["id"]] = save(sql, self.report, name, self.place, **header)
        return path


class Question:
    """The rows of a SELECT, and a form that puts it on the shelf as a control."""

    def __init__(self, sql: str, rows: pd.DataFrame, thresholds: dict[str, Any], shelf: Shelf):
        self.sql, self.rows, self.thresholds, self.shelf = sql, rows, thresholds, shelf
        self.fields = _fields(rows, shelf.rules)
        self.save = W.Button(description="Save as control", icon="save", tooltip="The next run counts it")
        self.answer = W.HTML()
        self.save.on_click(self._saved)
        grid = W.VBox([ITable(_readable(rows.head(SHOWN)), **GRID)]).add_class("bo-grid")
        form = W.VBox([W.VBox([_label(words), self.fields[name]]) for name, words in LABELS.items()])
        parts = [_style(), W.HTML(_said(_count(rows))), grid, form.add_class("bo-form"), self.save, self.answer]
        self.widget = W.VBox(parts).add_class("bo-bench")

    def header(self) -> dict[str, Any]:
        """Return the header of the control as the form says it; a blank word is refused."""
        given = {name: field.value.strip() if name in FIELDS else field.value for name, field in self.fields.items()}
        blank = [name for name in ("id", "title", "message", "key") if not given[name]]
        if blank:
            raise ParameterError("form", "every word of a control", f"no {' and no '.join(blank)}", "Fill it in.")
        return given | {"key": ", ".join(given["key"]), "thresholds": self.thresholds}

    def _saved(self, _=None) -> None:
        try:
            path = self.shelf.keep(self.sql, self.header())
        except BolibError as error:
            self.answer.value = _refused(error)
            return
        self.answer.value = _said(f"Saved as {path}. The next run counts it.")


def _fields(rows: pd.DataFrame, rules: list[str]) -> dict[str, W.Widget]:
    columns = list(rows.columns)
    typed = {name: W.Text() for name in FIELDS}
    return typed | {
        "rule": W.Dropdown(options=rules),
        "severity": W.Dropdown(options=SEVERITIES, value="MINOR"),
        "key": W.SelectMultiple(options=columns, value=columns[:1], rows=min(len(columns), 5) or 1),
    }


def _label(text: str) -> W.HTML:
    return W.HTML(f'<span class="bo-label">{escape(text)}</span>')


def _count(rows: pd.DataFrame) -> str:
    cut = f"; the first {SHOWN} are shown" if len(rows) > SHOWN else ""
    return f"{len(rows)} rows today{cut}."


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: [shown(None if pd.isna(value) else value) for value in rows[name]] for name in rows})


def _style() -> W.HTML:
    return W.HTML(f"<style>{STYLE}</style>")


def _said(words: str) -> str:
    return f'<p class="bo-status" role="status">{escape(words)}</p>'


def _refused(error: BolibError) -> str:
    return f'<p class="bo-status bo-wrong" role="alert">{escape(str(error))}</p>'


def asked(probe: Callable[[], pd.DataFrame], sql: str, thresholds: dict[str, Any], shelf: Shelf) -> W.Widget:
    """Return the screen of a question, or the one line that says why its SELECT cannot run."""
    try:
        return Question(sql, probe(), thresholds, shelf).widget
    except BolibError as error:
        return W.VBox([_style(), W.HTML(_refused(error))]).add_class("bo-bench")
