"""The clocks one by one, those that run and those that ended: each opens on its arithmetic, owner and ladder."""

from collections import Counter, defaultdict
from typing import Any

from bolib.deadlines.objects import said
from bolib.report import numerals
from bolib.report.clocks import CSV, LATE_FIRST, RUNNING, clocks
from bolib.report.display import Display
from bolib.report.leads import CLOCKS
from bolib.report.pressing import found_by, objects, state
from bolib.results import Result

LIMIT, FEW = 80, 8
"""Running clocks of one rule drawn in a page; of a source that never records when a thing is done, how many in each
state. The others are counted and stand in the CSV."""

ENDED = {"LATE": 6, "DONE": 1}
"""Clocks of one rule drawn that were met late, or in time: the last ones."""


def deadlines_table(result: Result) -> Display:
    """Return the clocks by rule, the most overdue first, those met last; each opens on its arithmetic and ladder."""
    found: dict[str, list[dict]] = defaultdict(list)
    for row in sorted(clocks(result), key=_order):
        found[row["rule"]].append(row)
    counted = {(row["object_type"], row["key"], row["rule"]) for row in objects(result)}
    rows = result.tables["clock_rows"].itertuples(index=False, name=None)
    read = {(kind, key): source for kind, key, source in rows}
    groups = [_group(result, rule, rows, counted, read) for rule, rows in found.items()]
    groups.sort(key=lambda group: [-group["tally"][status] for status in LATE_FIRST])
    number = sum(row["status"] in RUNNING for row in clocks(result))
    plain = numerals.count(number, "running deadline")
    return Display("deadlines.html.j2", plain=plain, groups=groups, csv=CSV, place=CLOCKS, ended=ENDED)


def _order(row: dict[str, Any]) -> tuple:
    """Return the place of a clock in its rule: of those that run the first to end first, of those met the last one."""
    day = row["due_date"].toordinal()
    return LATE_FIRST.index(row["status"]), day if row["status"] in RUNNING else -day, row["key"]


def _group(
    result: Result, rule: str, rows: list[dict], counted: set[tuple[str, str, str]], read: dict[tuple[str, str], str]
) -> dict[str, Any]:
    """Return a rule with its clocks drawn; `read` says from which row each comes."""
    drawn, tally = _first(result, rows), Counter(row["status"] for row in rows)
    return {
        "rule": result.day.rulebook.rules(rule)[-1],
        "kinds": sorted({said(row["object_type"]) for row in rows}),
        "tally": tally,
        "last": _last(tally),
        "rows": [
            _drawn(result, row, counted) | {"source": read.get((row["object_type"], row["key"]))} for row in drawn
        ],
        "left_out": len(rows) - len(drawn),
    }


def _last(tally: Counter) -> list[str]:
    """Return of which ended clocks of a rule only the last are drawn.

    >>> _last(Counter(LATE=6, DONE=2698))
    ['the last one of 2,698 done']
    """
    cut = [(status, limit) for status, limit in ENDED.items() if tally[status] > limit]
    said = [(limit if limit > 1 else "one", tally[status], numerals.label(status).lower()) for status, limit in cut]
    return [f"the last {number} of {every:,} {state}" for number, every, state in said]


def _first(result: Result, rows: list[dict]) -> list[dict]:
    """Return the clocks of a rule that are drawn, in the order given."""
    seen: Counter = Counter()
    drawn = []
    for row in rows:
        kind, limit = _drawn_with(result, row)
        seen[kind] += 1
        if seen[kind] <= limit:
            drawn.append(row)
    return drawn


def _drawn_with(result: Result, row: dict[str, Any]) -> tuple[str, int]:
    """Return the clocks of its rule a clock is counted with, and how many of them are drawn."""
    if row["status"] in ENDED:
        return row["status"], ENDED[row["status"]]
    return ("running", LIMIT) if row["recorded"] else (state(result, row), FEW)


def _drawn(result: Result, row: dict[str, Any], counted: set[tuple[str, str, str]]) -> dict[str, Any]:
    """Return a clock with the fields figures find it by; `counts` marks the one by which its object counts."""
    first = (row["object_type"], row["key"], row["rule"]) in counted
    return row | {"fields": found_by(result, row) | ({"counts": "once"} if first else {})}
