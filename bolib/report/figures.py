"""Charts as plain Plotly JSON: a notebook draws it with Plotly, a page with the copy beside it.

Each carries its numbers as a table too, for readers without the picture. Floats here are places on
a screen; every number a reader sees is written from decimals.
"""

from decimal import Decimal
from html import escape
from textwrap import wrap
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display, style

MIMETYPE = "application/vnd.plotly.v1+json"
PALETTE = {
    "ink": "#1b2430",
    "muted": "#5d6875",
    "rule": "#e2e0da",
    "gain": "#2f7d8c",
    "loss": "#c0553b",
    "total": "#35465a",
    "accent": "#0f5f73",
    "critical": "#b3261e",
    "major": "#b8690b",
    "minor": "#7a8694",
}
"""Colours of the light page; report.js puts the page's own (--gain …) in their place, light or dark."""

CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "showSendToCloud": False,
    "plotlyServerURL": "",
}


class Figure(Display):
    """A chart: its Plotly JSON, what it says in a sentence, and its numbers as a table."""

    def __init__(self, data: list[dict], layout: dict, sentence: str, numbers: Display):
        super().__init__("figure.html.j2", sentence, sentence=sentence, table=numbers.html())
        self.data, self.layout = data, BASE | layout

    def plotly(self) -> Any:
        """Return the chart as a plotly Figure, to change it further."""
        from plotly.graph_objects import Figure as PlotlyFigure

        return PlotlyFigure(data=self.data, layout=self.layout)

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        bundle, metadata = super()._repr_mimebundle_(include, exclude)
        chart = {"data": self.data, "layout": self.layout, "config": CONFIG}
        return {"text/plain": self.plain, MIMETYPE: chart, "text/html": style() + str(self.html())}, metadata


BASE: dict[str, Any] = {
    "font": {"family": "Segoe UI, Helvetica Neue, Arial, sans-serif", "size": 13, "color": PALETTE["muted"]},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 12, "r": 12, "t": 34, "b": 34},
    "showlegend": False,
    "bargap": 0.34,
    "dragmode": False,
    "separators": ".,",
    "modebar": {"remove": ["sendChartToCloud"]},
    "hoverlabel": {"font": {"size": 13}},
}


def axis(**more: Any) -> dict[str, Any]:
    """Return a quiet axis: thin grid, no zoom that would steal the page's scrolling."""
    quiet = {"gridcolor": PALETTE["rule"], "zerolinecolor": PALETTE["muted"], "zerolinewidth": 1, "fixedrange": True}
    return (
        quiet
        | {"automargin": True, "showline": False, "ticks": "outside", "ticklen": 5, "tickcolor": "rgba(0,0,0,0)"}
        | more
    )


def title(text: str, number: int) -> dict[str, Any]:
    """Return the heading of panel `number` (from 1), above its left corner."""
    suffix = "" if number == 1 else str(number)
    place = {
        "xref": f"x{suffix} domain",
        "yref": f"y{suffix} domain",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
    }
    return place | {
        "text": text,
        "showarrow": False,
        "yshift": 8,
        "font": {"size": 13, "weight": 600, "color": PALETTE["ink"]},
    }


def spread(number: int, gap: float) -> list[list[float]]:
    """Return the shares of the width (or height) of `number` panels with a gap between them."""
    if not number:
        return []
    size = (1 - gap * (number - 1)) / number
    return [[round(k * (size + gap), 4), round(k * (size + gap) + size, 4)] for k in range(number)]


def panel(kind: str, number: int) -> str:
    """Return the layout name of an axis: xaxis, xaxis2 …"""
    return f"{kind}axis" + ("" if number == 1 else str(number))


def reference(kind: str, number: int) -> str:
    """Return the name traces give to an axis: x, x2 …"""
    return kind + ("" if number == 1 else str(number))


def colour_of(value: Decimal) -> str:
    """Return the colour of a gain or a loss."""
    return PALETTE["loss"] if value < 0 else PALETTE["gain"]


def bars(labels: list[str], values: list[Decimal], unit: str, **more: Any) -> dict[str, Any]:
    """Return horizontal bars with their amount at the end."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": labels,
        "x": [float(value) for value in values],
        "text": [numerals.short_money(value) if value else "" for value in values],
        "customdata": [f"{numerals.money(value, sign=True)} {unit}" for value in values],
        "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": PALETTE["ink"], "size": 12},
        "marker": {"color": [colour_of(value) for value in values]},
    } | more


def room(low: float, high: float) -> list[float]:
    """Return a range with room for the amounts written beyond the bars."""
    low, high = min(low, 0.0), max(high, 0.0)
    margin = (high - low or 1.0) * 0.26
    return [low - margin if low < 0 else 0.0, high + margin if high > 0 else 0.0]


def arranged(layout: dict[str, Any], wide: dict[str, Any], narrow: dict[str, Any]) -> dict[str, Any]:
    """Return the layout with its panels as on a wide page; `meta.narrow` says what a phone changes."""
    placed = {name: dict(value) if isinstance(value, dict) else value for name, value in layout.items()}
    for path, value in wide.items():
        axis_name, _, word = path.partition(".")
        placed[axis_name][word] = value
    return placed | {"meta": {"narrow": narrow}}


def shown(text: str, width: int = 34) -> str:
    """Return a label Plotly draws as it stands, tags included; a long one ends in an ellipsis."""
    return escape(text if len(text) <= width else text[: width - 1].rstrip() + "…", quote=False)


def broken(text: str, width: int, lines: int | None = None) -> str:
    """Return a label in lines of a width. Without a limit it stays whole: its end may tell it from another."""
    return "<br>".join(escape(line, quote=False) for line in wrap(text, width, max_lines=lines, placeholder="…"))
