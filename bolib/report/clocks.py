"""Deadlines as people read them: what is overdue, what falls due, and how each date comes about."""

import datetime
from collections import Counter
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis, shown
from bolib.report.tables import columns, table
from bolib.results import Result

LATE_FIRST = ("OVERDUE", "TODAY", "OPEN", "LATE", "DONE")
AGES = ((-30, "over 30 days"), (-10, "11 to 30 days"), (-5, "6 to 10 days"), (-1, "1 to 5 days"))
LIMIT = 120
COLOURS = {
    "OVERDUE": PALETTE["critical"],
    "TODAY": PALETTE["major"],
    "OPEN": PALETTE["gain"],
    "LATE": PALETTE["loss"],
    "DONE": PALETTE["minor"],
}


def _rows(result: Result) -> list[dict[str, Any]]:
    return numerals.records(result.tables["deadlines"])


def deadlines_table(result: Result) -> Display:
    """Return the clocks that still run, the most overdue first; each opens on its arithmetic and rule."""
    running = [row for row in _rows(result) if row["status"] in LATE_FIRST[:3]]
    running.sort(key=lambda row: (LATE_FIRST.index(row["status"]), row["due_date"], row["key"]))
    texts = {rule: result.day.rulebook.rules(rule)[-1] for rule in {row["rule"] for row in running}}
    return Display(
        "deadlines.html.j2",
        plain=numerals.count(len(running), "running deadline"),
        rows=running[:LIMIT],
        left_out=max(len(running) - LIMIT, 0),
        texts=texts,
    )


def deadlines_by_kind(result: Result) -> Figure:
    """Return how many clocks of each kind are overdue, due today, open, or were met or missed."""
    found = Counter((row["object_type"], row["status"]) for row in _rows(result))
    kinds = sorted({kind for kind, _ in found})
    data = [_stack(kinds, status, [found[kind, status] for kind in kinds]) for status in LATE_FIRST]
    layout = {"barmode": "stack", "height": 110 + 40 * len(kinds), "showlegend": True, "margin": {"l": 12, "r": 12, "t": 40, "b": 30}}
    layout |= {"xaxis": axis(rangemode="tozero"), "yaxis": axis(showgrid=False, autorange="reversed")}
    layout |= {"legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}}
    rows = [{"kind": kind} | {status: found[kind, status] for status in LATE_FIRST} for kind in kinds]
    drawn = columns("kind|Deadline|text", *(f"{status}|{numerals.label(status)}|integer" for status in LATE_FIRST))
    return Figure(data, layout, "Deadlines by kind and state.", table(rows, drawn, "Deadlines by kind and state"))


def _stack(kinds: list[str], status: str, numbers: list[int]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": numerals.label(status),
        "y": [shown(kind) for kind in kinds],
        "x": numbers,
        "text": [f"{number:,}" if number else "" for number in numbers],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": "#ffffff"},
        "marker": {"color": COLOURS[status]},
        "hovertemplate": f"%{{y}}<br>{numerals.label(status)}: %{{x}}<extra></extra>",
    }


def ageing(result: Result) -> Display:
    """Return the overdue clocks by kind and by days overdue, on each rule's own calendar."""
    found = Counter((row["object_type"], _age(row["days_left"])) for row in _rows(result) if row["status"] == "OVERDUE")
    kinds = sorted({kind for kind, _ in found})
    ages = [label for _, label in reversed(AGES)]
    rows = [{"kind": kind, "all": sum(found[kind, age] for age in ages)} | {age: found[kind, age] or None for age in ages} for kind in kinds]
    total = {"kind": "All", "all": sum(found.values())} | {age: sum(found[kind, age] for kind in kinds) for age in ages}
    drawn = columns("kind|Deadline|text", *(f"{age}|{age}|integer" for age in ages), "all|All|integer")
    return table(rows, drawn, "Overdue, by days since the due date", total=total, empty="Nothing is overdue.")


def _age(days_left: int) -> str:
    return next(label for limit, label in AGES if days_left < limit or limit == AGES[-1][0])


def due_calendar(result: Result, days: int = 20) -> Figure:
    """Return how many open clocks fall due on each of the coming calendar days."""
    first = result.day.as_of
    coming = [first + datetime.timedelta(days=number) for number in range(days + 1)]
    found = Counter((row["object_type"], row["due_date"]) for row in _rows(result) if row["status"] in ("OPEN", "TODAY"))
    kinds = sorted({kind for kind, day in found if day in set(coming)})
    data = [_bars_of_days(kind, coming, [found[kind, day] for day in coming], number) for number, kind in enumerate(kinds)]
    layout = {"barmode": "stack", "height": 300, "showlegend": True, "margin": {"l": 12, "r": 12, "t": 40, "b": 30}}
    layout |= {"xaxis": axis(showgrid=False, tickformat="%a %d %b", nticks=8), "yaxis": axis(rangemode="tozero", nticks=5)}
    layout |= {"legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}}
    rows = [{"kind": kind, "day": day, "number": found[kind, day]} for day in coming for kind in kinds if found[kind, day]]
    sentence = f"Open deadlines that fall due in the next {days} days."
    return Figure(data, layout, sentence, table(rows, columns("day|Day|date", "kind|Deadline|text", "number|Falling due|integer"), sentence))


def _bars_of_days(kind: str, coming: list[datetime.date], numbers: list[int], number: int) -> dict[str, Any]:
    colours = (PALETTE["gain"], PALETTE["total"], PALETTE["loss"], PALETTE["major"], PALETTE["minor"])
    return {
        "type": "bar",
        "name": shown(kind),
        "x": [str(day) for day in coming],
        "y": numbers,
        "marker": {"color": colours[number % len(colours)]},
        "hovertemplate": "%{x|%a %d %b}: %{y}<extra>%{fullData.name}</extra>",
    }
