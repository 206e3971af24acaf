"""The pictures of the workbench: findings by age and amount with their controls, and a finding's days in a strip."""

from collections import Counter
from collections.abc import Callable
from html import escape
from math import floor, log10
from pathlib import Path
from zlib import crc32

import anywidget
import pandas as pd
import plotly.graph_objects as go
import traitlets
from plotly.subplots import make_subplots

from bolib.control import SEVERITIES
from bolib.findings import shown
from bolib.workbench.neighbours import Neighbours, heights

COLOURS = {"CRITICAL": "#d1242f", "MAJOR": "#d98300", "MINOR": "#3b82c4"}
SYMBOLS = {"pnl": "circle", "deadlines": "diamond", "anomalies": "triangle-up"}
WORDS = {"pnl": "P&L", "deadlines": "Deadlines", "anomalies": "Anomalies"}
QUIET = "#8a8f98"
"""Reads on white and on black; text and grid take the theme's colours from workbench.css."""

POINTS, RING, BARS = range(3)
"""Traces of the picture, in this order."""

NO_TOGGLES = {"itemclick": False, "itemdoubleclick": False}
"""The legend only explains; hiding points is what the filters are for, and they say so."""

BARRED = 30
"""Controls drawn as bars, those with most findings: as many as one screen shows; the filter has them all."""

SPREAD = 0.3
"""Business days by which points are spread around their age, so that equal ones can be told apart."""


def settle(figure: go.FigureWidget) -> None:
    """Make what is drawn so far the state a page starts from: changes sent before the page is ready are lost.

    A figure shown alone does so through the same call; one inside a box is never asked.
    """
    figure._repr_mimebundle_()


class Browser(anywidget.AnyWidget):
    """What only the page can do, in browser.js; `picked` is the last pick: kind, points (trace, id), selections."""

    _esm = Path(__file__).parent / "browser.js"
    picked = traitlets.Dict().tag(sync=True)


class Picture:
    """Findings as points (age by amount) and as bars (by control), which say what the reader picks in them."""

    def __init__(self, findings: pd.DataFrame, titles: dict[str, str], on_points: Callable, on_controls: Callable):
        self._titles = titles
        self._controls = [name for name, _ in reversed(Counter(findings["control"]).most_common(BARRED))]
        self._severity = dict(zip(findings["control"], findings["severity"], strict=True))
        self._floor = _floor(findings)
        self.figure = go.FigureWidget(_empty_figure(len(self._controls), self._floor, findings))
        _fill_frame(self.figure)
        self.browser = Browser()
        self._on_points, self._on_controls = on_points, on_controls
        self.browser.observe(self._told, "picked")

    def draw(self, findings: pd.DataFrame, picked: frozenset[str]) -> None:
        """Show these findings; those not picked step back, unless none is."""
        ids = findings["finding_id"].tolist()
        points, bars = self.figure.data[POINTS], self.figure.data[BARS]
        counted = Counter(findings["control"])
        with self.figure.batch_update():
            points.x = [_x(row) for row in findings.to_dict("records")]
            points.y = [_y(size, self._floor) for size in findings["size"]]
            points.customdata, points.text = ids, [_hover(row) for row in findings.to_dict("records")]
            points.marker.color = [COLOURS[name] for name in findings["severity"]]
            points.marker.symbol = [SYMBOLS[name] for name in findings["report"]]
            points.selectedpoints = [n for n, identity in enumerate(ids) if identity in picked] if picked else None
            bars.y = bars.customdata = self._controls
            bars.x = [counted[name] for name in self._controls]
            bars.text = [f"{counted[name]}" for name in self._controls]
            bars.hovertext = [escape(self._titles.get(name, name)) for name in self._controls]
            bars.marker.color = [COLOURS[self._severity[name]] for name in self._controls]
            bars.selectedpoints = None
            self.figure.layout.selections = ()

    def ring(self, finding: dict | None) -> None:
        """Draw a ring around the selected finding, or none."""
        with self.figure.batch_update():
            self.figure.data[RING].x = [_x(finding)] if finding else []
            self.figure.data[RING].y = [_y(finding["size"], self._floor)] if finding else []

    def _told(self, change) -> None:
        told = change["new"]
        findings = frozenset(name for trace, name in told["points"] if trace == POINTS)
        controls = frozenset(name for trace, name in told["points"] if trace == BARS)
        self._same_as_browser(told, findings)
        if controls and not findings:
            self._on_controls(controls)
        else:
            self._on_points(findings)

    def _same_as_browser(self, told: dict, findings: frozenset[str]) -> None:
        """Record what the browser shows as selected, so that taking it away later is a change it is told of."""
        ids = list(self.figure.data[POINTS].customdata or ())
        with self.figure.batch_update():
            self.figure.data[POINTS].selectedpoints = [n for n, name in enumerate(ids) if name in findings]
            self.figure.data[BARS].selectedpoints = []
            self.figure.layout.selections = told["selections"]


def _fill_frame(figure: go.FigureWidget) -> None:
    """Let a figure follow the width of its frame, without plotly's logo; FigureWidget has no public word for it."""
    figure._config = figure._config | {"responsive": True, "displaylogo": False}


def _floor(findings: pd.DataFrame) -> int:
    """Return the power of ten under the smallest amount: the lane of findings without one is drawn below it."""
    sizes = [float(size) for size in findings["size"] if size]
    return floor(log10(min(sizes))) if sizes else 0


def _x(row: dict) -> float:
    """Return the age, spread by the finding's own id so that a point never moves."""
    return row["age_days"] + SPREAD * (crc32(row["finding_id"].encode()) / 2**31 - 1)


def _y(size, lowest: int) -> float:
    return float(size) if size else 10.0 ** (lowest - 0.7)


def _hover(row: dict) -> str:
    amount = f"{shown(row['amount'])} {row['currency'] or ''}" if row["amount"] is not None else "no amount"
    words = row["message"] if len(row["message"]) <= 110 else row["message"][:109] + "…"
    title = f"<b>{escape(row['control'])}</b> {escape(row['key'])}"
    return f"{title}<br>{escape(words)}<br>{escape(amount)}, {row['age_days']} days"


def _empty_figure(controls: int, lowest: int, findings: pd.DataFrame) -> go.Figure:
    figure = make_subplots(1, 2, column_widths=[0.66, 0.34], horizontal_spacing=0.14)
    marker = {"size": 9, "opacity": 0.85, "line": {"width": 0.5, "color": "white"}}
    figure.add_scatter(mode="markers", marker=marker, hoverinfo="text", showlegend=False, name="findings", row=1, col=1)
    ring = {"size": 20, "symbol": "circle-open", "color": QUIET, "line": {"width": 3}}
    figure.add_scatter(mode="markers", marker=ring, hoverinfo="skip", showlegend=False, name="selected", row=1, col=1)
    words = {"hoverinfo": "text", "textposition": "outside", "cliponaxis": False}
    figure.add_bar(orientation="h", showlegend=False, **words, row=1, col=2)
    figure.update_traces(unselected={"marker": {"opacity": 0.15}}, selector={"name": "findings"})
    figure.update_traces(unselected={"marker": {"opacity": 1}}, selector={"type": "bar"})
    _legend(figure, findings)
    _axes(figure, lowest)
    return figure.update_layout(**_layout(max(560, 17 * controls + 90)))


def _legend(figure: go.Figure, findings: pd.DataFrame) -> None:
    marks = {
        name.lower(): {"color": COLOURS[name], "symbol": "square"}
        for name in SEVERITIES
        if name in set(findings["severity"])
    }
    marks |= {
        WORDS[name]: {"color": QUIET, "symbol": SYMBOLS[name]} for name in SYMBOLS if name in set(findings["report"])
    }
    for name, marker in marks.items():
        figure.add_scatter(x=[None], y=[None], mode="markers", name=name, marker=marker)


def _axes(figure: go.Figure, lowest: int) -> None:
    powers = range(lowest, lowest + 14)
    heights = [10.0 ** (lowest - 0.7), *(10.0**n for n in powers)]
    ticks = {"tickvals": heights, "ticktext": ["none", *map(_power, powers)]}
    figure.update_xaxes(title="age, business days", zeroline=False, row=1, col=1)
    figure.update_yaxes(title="amount, each in its currency", type="log", zeroline=False, **ticks, row=1, col=1)
    figure.update_xaxes(title="findings by control", zeroline=False, rangemode="tozero", fixedrange=True, row=1, col=2)
    figure.update_yaxes(fixedrange=True, tickmode="linear", tickfont={"size": 11}, row=1, col=2)


def _power(n: int) -> str:
    words = {3: "k", 6: "M", 9: "bn"}
    step = max((size for size in words if size <= n), default=0)
    return f"{10 ** (n - step):,}{words.get(step, '')}" if n >= 0 else f"{10.0**n:g}"


def _layout(height: int) -> dict:
    return {
        "height": height,
        "margin": {"l": 70, "r": 30, "t": 30, "b": 50},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12, "color": QUIET},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0} | NO_TOGGLES,
        "clickmode": "event+select",
        "dragmode": "select",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#24292f", "bordercolor": "#24292f", "font": {"color": "white"}, "align": "left"},
        "modebar": {"remove": ["sendChartToCloud", "autoScale2d", "zoomIn2d", "zoomOut2d"], "bgcolor": "rgba(0,0,0,0)"},
    }


class Strip:
    """The neighbours of a finding along time; its own rows stand out."""

    def __init__(self):
        self.figure = go.FigureWidget()
        _fill_frame(self.figure)
        thin = {"line": {"width": 1, "color": QUIET}, "marker": {"size": 6}}
        self.figure.add_scatter(mode="lines+markers", name="neighbours", **thin)
        self.figure.add_scatter(mode="markers", name="this finding", marker={"size": 12, "symbol": "diamond"})
        self.figure.update_layout(**_layout(190) | {"dragmode": "zoom", "clickmode": "none", "showlegend": True})
        self.figure.update_traces(hoverinfo="x+y")
        self.figure.update_xaxes(zeroline=False)
        self.figure.update_yaxes(zeroline=False)

    def draw(self, found: Neighbours | None, severity: str) -> None:
        """Show the neighbours, or nothing where there is none to show."""
        days, values = (found.rows[found.dated].tolist(), heights(found)) if found else ([], [])
        this = [n for n, mark in enumerate(found.this) if mark] if found else []
        with self.figure.batch_update():
            self.figure.data[0].x, self.figure.data[0].y = days, values
            self.figure.data[1].x, self.figure.data[1].y = [days[n] for n in this], [values[n] for n in this]
            self.figure.data[1].marker.color = COLOURS[severity]
            self.figure.layout.yaxis.title.text = found.measure if found else ""
