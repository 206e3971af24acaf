"""Deadlines as people read them: what is overdue, what falls due, and how each date comes about."""

import datetime
from collections import Counter
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis, panel, reference, shown, spread, title
from bolib.report.tables import columns, table
from bolib.results import Result

LATE_FIRST = ("OVERDUE", "TODAY", "OPEN", "LATE", "DONE")
LIMIT = 120


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


def deadlines_by_rule(result: Result) -> Display:
    """Return, by rule, how many clocks are overdue, due today, open, or were met late or in time."""
    found = Counter((row["object_type"], row["rule"], row["status"]) for row in _rows(result))
    rules = sorted({(kind, rule) for kind, rule, _ in found}, reverse=True)
    rows = [
        {"rule": (rule, f"#rule-{rule}", ""), "kind": numerals.label(kind), "text": _text(result, rule)}
        | {status: found[kind, rule, status] or None for status in LATE_FIRST}
        for kind, rule in rules
    ]
    states = [f"{status}|{numerals.label(status)}|integer" for status in LATE_FIRST]
    drawn = columns("rule|Rule|link", "kind|Of a|word", *states, "text|What it asks|reason")
    return table(rows, drawn, "Deadlines by rule and state", "results/deadlines.csv")


def _text(result: Result, rule: str) -> str:
    return result.day.rulebook.rules(rule)[-1].text_en


def ageing(result: Result) -> Display:
    """Return what is past its settlement date by age band, with the share of it own funds must cover."""
    rows = sorted(numerals.records(result.tables["ageing"]), key=lambda row: (row["from_day"], row["currency"]))
    drawn = columns(
        "band|Business days late|word",
        "currency|Currency|word",
        "instructions|Instructions|integer",
        "amount|Amount|money",
        "factor|Own funds, % of the price difference|integer",
    )
    caption = "Unsettled instructions past their date, by age"
    return table(rows, drawn, caption, empty="No instruction is past its settlement date.")


def unjudged(result: Result) -> Display:
    """Return the clocks that ran out in sources that never say whether the thing was done."""
    rows = [row | {"text": _text(result, row["rule"])} for row in numerals.records(result.tables["unjudged"])]
    drawn = columns(
        "rule|Rule|key",
        "object_type|Of a|word",
        "clocks|Clocks|integer",
        "first_due|First due|date",
        "last_due|Last due|date",
        "text|What it asks|reason",
    )
    empty = "Every source records when a thing was done: all clocks were judged."
    return table(rows, drawn, "Clocks that ran out and were not judged", empty=empty)


def due_calendar(result: Result, days: int = 20) -> Figure:
    """Return how many open clocks fall due on each of the coming calendar days, one panel a kind of object."""
    coming = [result.day.as_of + datetime.timedelta(days=number) for number in range(days + 1)]
    found = Counter((row["object_type"], row["due_date"]) for row in _rows(result) if row["status"] in LATE_FIRST[1:3])
    kinds = sorted({kind for kind, day in found if day in set(coming)}, reverse=True) or ["deadline"]
    data, layout, titles = [], {"height": 60 + 170 * len(kinds)}, []
    for number, (kind, share) in enumerate(zip(kinds, reversed(spread(len(kinds), 0.22)), strict=True), start=1):
        data.append(_bars_of_days(coming, [found[kind, day] for day in coming], number))
        layout[panel("x", number)] = axis(
            showgrid=False, tickformat="%a %-d %b", nticks=8, anchor=reference("y", number)
        )
        layout[panel("y", number)] = axis(
            rangemode="tozero", showgrid=False, showticklabels=False, domain=share, anchor=reference("x", number)
        )
        titles.append(title(shown(numerals.label(kind)), number))
    rows = [
        {"kind": kind, "day": day, "number": found[kind, day]} for day in coming for kind in kinds if found[kind, day]
    ]
    sentence = f"Open deadlines that fall due in the next {days} days."
    numbers = table(rows, columns("day|Day|date", "kind|Of a|word", "number|Falling due|integer"), sentence)
    return Figure(data, layout | {"annotations": titles}, sentence, numbers)


def _bars_of_days(coming: list[datetime.date], numbers: list[int], number: int) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [str(day) for day in coming],
        "y": numbers,
        "text": [f"{count:,}" if count else "" for count in numbers],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [PALETTE["major"]] + [PALETTE["gain"]] * (len(coming) - 1)},
        "hovertemplate": "%{x|%a %d %b}: %{y}<extra></extra>",
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }
