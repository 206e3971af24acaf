"""Where the findings fall: by control and severity, and by age."""

from collections import Counter
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis, broken
from bolib.report.tables import columns, table
from bolib.results import Result
from bolib.rulebook import SEVERITIES

AGES = ((0, "today"), (5, "1 to 5 days"), (20, "6 to 20 days"), (10**6, "older"))


BARS = 20
"""Controls drawn, those with most findings: as many as one screen shows; the table has them all."""


def findings_by_control(result: Result) -> Figure:
    """Return the number of findings of each control that found any, the most severe first, then the most."""
    found = [row for row in result.checked if row["findings"]]
    found.sort(key=lambda row: (SEVERITIES.index(row["severity"]), -row["findings"]))
    most = sorted(found, key=lambda row: -row["findings"])[:BARS]
    barred = [row for row in found if row in most]
    data = [_bars(barred, severity) for severity in SEVERITIES]
    short = [broken(row["title"], 26, lines=2) for row in barred]
    narrow = {"yaxis.tickmode": "array", "yaxis.tickvals": _labels(barred), "yaxis.ticktext": short, "xaxis.nticks": 3}
    narrow |= {"height": 96 + 40 * len(barred)}
    layout: dict[str, Any] = {
        "meta": {"narrow": narrow},
        "height": 96 + 36 * len(barred),
        "showlegend": True,
        "barmode": "stack",
    }
    layout |= {"margin": {"l": 12, "r": 40, "t": 40, "b": 30}, "xaxis": axis(rangemode="tozero", nticks=6)}
    order = {"categoryorder": "array", "categoryarray": _labels(barred)}
    layout |= {"yaxis": axis(autorange="reversed", showgrid=False, **order)}
    layout |= {"legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}}
    drawn = columns("title|Control|text", "severity|Severity|severity", "findings|Findings|integer")
    left = f" The {BARS} with most findings of {len(found)} controls are drawn." if len(found) > BARS else ""
    return Figure(data, layout, f"Findings by control.{left}", table(found, drawn, "Findings by control"))


def _labels(found: list[dict]) -> list[str]:
    return [broken(row["title"], 52) for row in found]


def _bars(found: list[dict], severity: str) -> dict[str, Any]:
    rows = [row for row in found if row["severity"] == severity]
    return {
        "type": "bar",
        "orientation": "h",
        "name": numerals.label(severity),
        "y": _labels(rows),
        "x": [row["findings"] for row in rows],
        "text": [f"{row['findings']:,}" for row in rows],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": PALETTE[severity.lower()]},
        "hovertemplate": "%{y}: %{x}<extra></extra>",
    }


def findings_by_age(result: Result) -> Display:
    """Return the number of findings by severity and by business days since the breach."""
    rows = numerals.records(result.findings)
    found = Counter((row["severity"], _age(row["age_days"])) for row in rows)
    ages = [label for _, label in AGES]
    lines = [
        {"severity": name, "all": sum(found[name, age] for age in ages)}
        | {age: found[name, age] or None for age in ages}
        for name in SEVERITIES
    ]
    drawn = columns(
        "severity|Severity|severity", *(f"{age}|{numerals.label(age)}|integer" for age in ages), "all|All|integer"
    )
    return table(lines, drawn, "Findings by age, in TARGET business days")


def _age(days: int) -> str:
    return next(label for limit, label in AGES if days <= limit)
