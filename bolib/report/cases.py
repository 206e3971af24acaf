"""Open files of one kind, the most pressing first: each opens on its facts, its clocks, their arithmetic and ladder."""

import datetime
from collections import defaultdict
from typing import Any

from bolib.report import numerals
from bolib.report.clocks import CSV, rule_text
from bolib.report.display import Display
from bolib.report.pressing import running
from bolib.results import Result

LIMIT = 40
"""Files drawn in a page; the others are counted and stand in the CSV."""

LAST = datetime.date.max

Case = dict[str, Any]
"""A file: key, about (in words), amount, currency, facts (pairs of a name and text), source (file:line)."""


def cases(result: Result, kinds: tuple[str, ...], files: list[Case], what: str, empty: str) -> Display:
    """Return open files with the clocks of `kinds` that run on each; `what` names one of them in the plural count."""
    mine: dict[str, list[dict]] = defaultdict(list)
    for row in running(result):
        if row["object_type"] in kinds:
            mine[row["key"]].append(row | {"text": rule_text(result, row["rule"])})
    rows = [file | {"clocks": mine[file["key"]], "first": _first(mine[file["key"]])} for file in files]
    rows.sort(key=lambda row: (row["first"]["due_date"] if row["first"] else LAST, row["key"]))
    shown = {"rows": rows[:LIMIT], "left_out": max(len(rows) - LIMIT, 0), "csv": CSV}
    return Display(
        "cases.html.j2", plain=numerals.count(len(rows), what), what=what, kind=kinds[0], empty=empty, **shown
    )


def _first(clocks: list[dict]) -> dict | None:
    return clocks[0] if clocks else None


def facts(**said: Any) -> list[tuple[str, str]]:
    """Return names and values as text, the empty ones left out; underscores are spaces.

    >>> facts(received=datetime.date(2026, 3, 11), fees_charged=None, stage="OPENED")
    [('Received', '11 Mar 2026'), ('Stage', 'OPENED')]
    """
    return [
        (name.replace("_", " ").capitalize(), _text(value)) for name, value in said.items() if value not in (None, "")
    ]


def _text(value: Any) -> str:
    if isinstance(value, datetime.date):
        return numerals.day(value)
    return numerals.money(value) if hasattr(value, "quantize") else str(value)


def source(row: dict[str, Any]) -> str:
    """Return where a row stands in its file."""
    return f"{row['source_file']}:{row['source_line']}"
