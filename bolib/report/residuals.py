"""The waterfalls of what is left over: what was expected, built up part by part, and what was seen instead."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import (
    PALETTE,
    Figure,
    arranged,
    axis,
    bars,
    colour_of,
    panel,
    reference,
    room,
    shown,
    title,
)
from bolib.report.tables import columns, table
from bolib.report.unusual import CSV
from bolib.results import Result

MOST = 6
"""Alerts drawn in one picture, those on the list before those grouped, the first in rank first."""

LINE = 30
"""Height of one step, in pixels."""

GAP = 70
"""Height between two sums: the axis of one and the heading of the next."""

CLOSE = 0.5
"""Share of its level below which all that moves is drawn larger: the axis then does not begin at nothing."""

WORDS = {"POSITION": "units", "SCHEDULE": "", "RESULT": ""}
"""Unit of a kind of alert where its record has no currency."""


def unusual_residuals(result: Result) -> Display:
    """Return each position, instalment and result told as the sum that was expected of it, and what is left over."""
    rows = _told(result)
    drawn = columns(
        *("key|Record|key", "label|Step|text", "added|Added|quantity", "reached|Reached|quantity", "unit||word"),
        "place|Alert|status",
    )
    empty = "Every position, instalment and result of the last days is what was expected of it."
    numbers = table([step for row in rows for step in _lines(row)], drawn, "What is left over", CSV, empty=empty)
    if not rows:
        return numbers
    data = [_bars(row, number) for number, row in enumerate(rows, 1)]
    sentence = f"{numerals.count(len(rows), 'sum')} of what was expected; what nothing explains is marked."
    return Figure(data, _panels(rows), sentence, numbers)


def _told(result: Result) -> list[dict]:
    """Return the alerts that have steps, with them and their unit."""
    steps: dict[str, list[dict]] = defaultdict(list)
    for step in sorted(numerals.records(result.tables["alert_steps"]), key=lambda step: step["rank"]):
        steps[step["alert_id"]].append(step)
    rows = [row for row in numerals.records(result.tables["alerts"]) if row["alert_id"] in steps]
    rows.sort(key=lambda row: (row["place"] != "SHOWN", -row["priority"], row["alert_id"]))
    units = [WORDS[row["kind"]] or row["currency"] or "" for row in rows]
    return [row | {"steps": steps[row["alert_id"]], "unit": unit} for row, unit in zip(rows, units, strict=True)][:MOST]


def _lines(row: dict[str, Any]) -> list[dict]:
    """Return the steps as rows of a table."""
    common = {"key": numerals.masked(row["key"]), "unit": row["unit"], "place": row["place"]}
    return [
        common | {"label": step["label"], "added" if not step["level"] else "reached": step["amount"]}
        for step in row["steps"]
    ]


def _name(row: dict[str, Any]) -> str:
    """Return the heading of a sum: a position without its day, which its steps tell, so that a phone shows it whole."""
    return row["key"].rsplit(" ", 1)[0] if row["kind"] == "POSITION" else row["key"]


def _bars(row: dict[str, Any], number: int) -> dict[str, Any]:
    """Return one waterfall: levels from nothing, what is added from where the step before ended."""
    bases, reached = [], Decimal(0)
    for step in row["steps"]:
        bases.append(Decimal(0) if step["level"] else reached)
        reached = step["amount"] if step["level"] else reached + step["amount"]
    return bars(
        [shown(step["label"], 22) for step in row["steps"]],
        [step["amount"] for step in row["steps"]],
        row["unit"],
        base=[float(base) for base in bases],
        text=[numerals.quantity(step["amount"]) if step["level"] else _signed(step["amount"]) for step in row["steps"]],
        marker={"color": [_colour(step) for step in row["steps"]]},
        xaxis=reference("x", number),
        yaxis=reference("y", number),
    )


def _signed(amount: Decimal) -> str:
    return f"{'+' if amount > 0 else ''}{numerals.quantity(amount)}"


def _colour(step: dict[str, Any]) -> str:
    if step["marked"]:
        return PALETTE["critical"]
    return PALETTE["total"] if step["level"] else colour_of(step["amount"])


def _panels(rows: list[dict]) -> dict[str, Any]:
    sizes = [len(row["steps"]) for row in rows]
    layout: dict[str, Any] = {"height": sum(LINE * size + GAP for size in sizes)}
    titles, narrow = [], {}
    for number, (row, place) in enumerate(zip(rows, _places(sizes), strict=True), 1):
        across = axis(range=_reach(row["steps"], 0.35), anchor=reference("y", number), nticks=5, tickformat="~s")
        layout[panel("x", number)] = across
        down = axis(autorange="reversed", showgrid=False, anchor=reference("x", number), domain=place)
        layout[panel("y", number)] = down
        narrow |= {f"{panel('x', number)}.nticks": 3, f"{panel('x', number)}.range": _reach(row["steps"], 0.8)}
        titles.append(title(shown(numerals.masked(_name(row)), 40), number))
    return arranged(layout | {"annotations": titles}, {}, narrow)


def _places(sizes: list[int]) -> list[list[float]]:
    """Return the share of the height of each panel, the first on top."""
    whole, top, places = sum(LINE * size + GAP for size in sizes), 1.0, []
    for size in sizes:
        places.append([round(top - LINE * size / whole, 4), round(top, 4)])
        top -= (LINE * size + GAP) / whole
    return places


def _reach(steps: list[dict], beyond: float) -> list[float]:
    """Return what the axis shows: from nothing, or only where something moves if that is small beside the level.

    `beyond` is the room for what is written beside the bars, as a share of what is drawn.
    """
    ends, reached = [], Decimal(0)
    for step in steps:
        reached = step["amount"] if step["level"] else reached + step["amount"]
        ends.append(float(reached))
    low, high = min(ends), max(ends)
    if low * high > 0 and high - low < CLOSE * max(abs(low), abs(high)):
        margin = (high - low or 1.0) * beyond
        return [low - margin, high + margin]
    return [end * (1 + beyond / 2) for end in room(low, high)]
