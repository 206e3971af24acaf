"""The screen: filters, picture, grid and sheet, bound to one another; what they show is decided elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

import ipywidgets as W
import itables.options
import pandas as pd
from itables import JavascriptFunction
from itables.widget import ITable

from bolib.control import SEVERITIES
from bolib.errors import ParameterError
from bolib.findings import shown
from bolib.workbench import sheet
from bolib.workbench.detail import Detail
from bolib.workbench.picture import WORDS, Picture, Strip, settle
from bolib.workbench.selection import NAMED, Filters, amount_bound, choices, in_force, kept, status

STYLE = (Path(__file__).parent / "workbench.css").read_text(encoding="utf-8")

itables.options.warn_on_undocumented_option = False  # displayStart is an option of DataTables it does not list

SELECT_A_ROW = "Select a row of the grid, or click a point of the picture, to see what stands behind the finding."

COLUMNS = {
    "severity": "Severity",
    "control": "Control",
    "key": "Object",
    "message": "Finding",
    "amount": "Amount",
    "currency": "Ccy",
    "age_days": "Age",
    "business_date": "Date",
    "book": "Book",
    "owner": "Owner",
    "status": "Status",
}
"""Columns of the grid and their headings."""

ROWS = 10
"""Rows of a page of the grid."""


MARK_SEVERITY = JavascriptFunction("function (cell) { cell.classList.add('bo-' + cell.textContent.trim()) }")
TWO_LINES = JavascriptFunction("""function (cell) {
    const clamped = document.createElement("div");
    clamped.className = "bo-clamp";
    clamped.title = clamped.textContent = cell.textContent;
    cell.replaceChildren(clamped);
}""")


class Screen:
    """One view of the findings: `filters` is what the reader asked, `rows` what it leaves, `selected` what is open."""

    def __init__(self, findings: pd.DataFrame, titles: Mapping[str, str], opens: Callable[[dict], Detail]):
        self.findings, self.rows, self.filters = findings, findings, Filters()
        self.selected: str | None = None
        self._opens, self._quiet = opens, False
        self.controls = _filter_controls(findings, titles)
        self.status, self.head, self.body, self.around = W.HTML(), W.HTML(), W.HTML(), W.HTML()
        self.clear = W.Button(description="Clear filters", icon="times", tooltip="Show every finding again")
        self.picture = Picture(findings, dict(titles), self._picked_points, self._picked_controls)
        self.strip = Strip()
        self.grid = ITable(_displayed(findings), **_grid_options())
        self.widget = self._laid_out()
        self._bind()
        self._refresh()

    def settle(self) -> None:
        """Make what is shown so far the state a page starts from."""
        settle(self.picture.figure)
        settle(self.strip.figure)

    def select(self, finding: str) -> None:
        """Open a finding by its id; one that the filters hide clears them first, an unknown one is refused."""
        if finding not in set(self.findings["finding_id"]):
            expected = "the finding_id of one of the day's findings"
            raise ParameterError("finding", expected, repr(finding), "Copy it from the report, or leave it empty.")
        if finding not in set(self.rows["finding_id"]):
            self._cleared()
        row = self.rows.index[self.rows["finding_id"] == finding][0]
        self._list_from([int(row)])

    def ask(self, filters: Filters) -> None:
        """Show what passes these filters; the controls on the screen follow."""
        self._quiet = True
        for name in NAMED:
            self.controls[name].value = tuple(sorted(getattr(filters, name)))
        slider = self.controls["age"]
        slider.value = (_or(filters.age_from, slider.min), _or(filters.age_to, slider.max))
        for name in ("amount_from", "amount_to"):
            self.controls[name].value = shown(getattr(filters, name)) if getattr(filters, name) is not None else ""
        self._quiet = False
        self.filters = filters
        self._refresh()

    def _cleared(self, _=None) -> None:
        self.ask(Filters())

    def _asked(self, _) -> None:
        if self._quiet:
            return
        try:
            self.filters = self._read()
        except ParameterError as error:
            self.status.value = f'<p class="bo-status bo-wrong" role="alert">{escape(str(error))}</p>'
            return
        self._refresh()

    def _read(self) -> Filters:
        slider = self.controls["age"]
        low, high = slider.value
        return Filters(
            **{name: frozenset(self.controls[name].value) for name in NAMED},
            age_from=None if low == slider.min else low,
            age_to=None if high == slider.max else high,
            amount_from=amount_bound(self.controls["amount_from"].value),
            amount_to=amount_bound(self.controls["amount_to"].value),
            picked=self.filters.picked,
        )

    def _refresh(self) -> None:
        """Show the rows that pass the filters: first the picture of all that may be picked, then the grid."""
        self.picture.draw(kept(self.findings, replace(self.filters, picked=frozenset())), self.filters.picked)
        self._list()

    def _list(self) -> None:
        self.rows = kept(self.findings, self.filters)
        phrases = in_force(self.filters)
        chips = "".join(f'<span class="bo-filter">{escape(phrase)}</span>' for phrase in phrases)
        words = escape(status(self.rows, len(self.findings)))
        self.status.value = f'<p class="bo-status" role="status">{words}</p><p class="bo-filters">{chips}</p>'
        self.clear.disabled = not phrases
        still = self.rows.index[self.rows["finding_id"] == self.selected].tolist()
        self._list_from(still, df=_displayed(self.rows))
        self._open(self.selected if still else None)

    def _list_from(self, rows: list[int], **changes) -> None:
        """Show the page of the grid that holds the first of `rows`, and select it."""
        start = rows[0] // ROWS * ROWS if rows else 0
        self.grid.update(selected_rows=rows, displayStart=start, **_forgotten_at_update(), **changes)

    def _picked_points(self, picked: frozenset[str]) -> None:
        if picked == self.filters.picked:
            return
        self.filters = replace(self.filters, picked=picked)
        if len(picked) == 1:
            self.selected = next(iter(picked))
        self._list()

    def _picked_controls(self, controls: frozenset[str]) -> None:
        self.ask(replace(self.filters, control=controls, picked=frozenset()))

    def _chosen(self, change) -> None:
        """Open the row chosen in the grid; between two choices the grid says "none", which closes nothing."""
        rows = [row for row in change["new"] if row < len(self.rows)]
        if rows:
            self._open(self.rows.loc[rows[0], "finding_id"])

    def _open(self, finding: str | None) -> None:
        if self.head.value and self._opened == finding:
            return
        self.selected = self._opened = finding
        row = None if finding is None else self.findings.set_index("finding_id", drop=False).loc[finding].to_dict()
        self.picture.ring(row)
        self._fill(None if row is None else self._opens(row))

    def _fill(self, detail: Detail | None) -> None:
        found = detail.neighbours if detail else None
        self.head.value = sheet.head(detail) if detail else sheet.empty(SELECT_A_ROW)
        self.body.value = sheet.body(detail) if detail else ""
        self.around.value = sheet.around(found) if detail else ""
        self._strip_box.layout.display = None if found else "none"
        if found:
            self.strip.draw(found, detail.finding["severity"])

    def _bind(self) -> None:
        self._opened = None
        for widget in self.controls.values():
            widget.observe(self._asked, "value")
        self.clear.on_click(self._cleared)
        self.grid.observe(self._chosen, "selected_rows")

    def _laid_out(self) -> W.Widget:
        rail = W.VBox(_labelled(self.controls))
        rail.add_class("bo-rail")
        picture = W.VBox([self.picture.figure, self.picture.browser])
        picture.add_class("bo-picture")
        top = W.HBox([rail, picture])
        top.add_class("bo-top")
        grid = W.VBox([self.grid])
        grid.add_class("bo-grid").add_class("bo-findings")
        self._strip_box = W.VBox([self.strip.figure])
        self._strip_box.add_class("bo-picture")
        line = W.HBox([self.status, self.clear]).add_class("bo-line")
        sheet_parts = [self.head, self.body, self._strip_box, self.around]
        page = W.VBox([W.HTML(f"<style>{STYLE}</style>"), top, line, grid, *sheet_parts])
        return page.add_class("bo-bench")


def _or(value, otherwise):
    return otherwise if value is None else value


def _grid_options() -> dict:
    return {
        "select": "single",
        "maxBytes": 0,
        "pageLength": ROWS,
        "lengthMenu": [ROWS, 25, 100],
        "columnControl": ["searchDropdown"],
        "classes": "display compact",
        "style": "width:100%",
        "autoWidth": False,
    }


def _forgotten_at_update() -> dict:
    """Return the options the grid forgets at every update: without them it would leave rows out in silence."""
    columns = list(COLUMNS)
    right = [columns.index("amount"), columns.index("age_days")]
    looks = [
        {"createdCell": MARK_SEVERITY, "targets": columns.index("severity")},
        {"className": "bo-n", "targets": right},
        {"className": "bo-message", "createdCell": TWO_LINES, "targets": columns.index("message")},
        {"className": "bo-key", "createdCell": TWO_LINES, "targets": columns.index("key")},
    ]
    return {"maxBytes": 0, "columnDefs": looks}


def _displayed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the grid's columns as a reader expects them; severity sorts by how bad it is."""
    cells = {heading: [_cell(value) for value in rows[name]] for name, heading in COLUMNS.items()}
    cells["Severity"] = pd.Categorical(rows["severity"], SEVERITIES, ordered=True)
    cells["Age"] = rows["age_days"].astype("int64").to_list()
    return pd.DataFrame(cells)


def _cell(value) -> str:
    return "" if value is None else shown(value)


def _filter_controls(findings: pd.DataFrame, titles: Mapping[str, str]) -> dict[str, W.Widget]:
    words = {"report": WORDS, "control": {name: f"{name} · {title}" for name, title in titles.items()}}
    controls: dict[str, W.Widget] = {}
    for name in NAMED:
        options = choices(findings, name, words.get(name))
        controls[name] = W.SelectMultiple(options=options, rows=min(len(options), 5) or 1)
    oldest = max(findings["age_days"], default=0)
    controls["age"] = W.IntRangeSlider(min=0, max=oldest or 1, value=(0, oldest or 1), continuous_update=False)
    controls["amount_from"] = W.Text(placeholder="from", continuous_update=False)
    controls["amount_to"] = W.Text(placeholder="to", continuous_update=False)
    return controls


def _labelled(controls: dict[str, W.Widget]) -> list[W.Widget]:
    heads = {name: name.capitalize() for name in NAMED} | {"age": "Age, business days"}
    boxes = [W.VBox([_label(text), controls[name]]) for name, text in heads.items()]
    amounts = W.HBox([controls["amount_from"], controls["amount_to"]]).add_class("bo-pair")
    return [*boxes, W.VBox([_label("Amount, sign left out"), amounts])]


def _label(text: str) -> W.HTML:
    return W.HTML(f'<span class="bo-label">{escape(text)}</span>')
