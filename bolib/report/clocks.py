"""Deadlines as people read them: what is overdue, for whom and how much, and how each date comes about."""

from collections import Counter
from functools import lru_cache
from typing import Any

from bolib.deadlines.objects import said
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.leads import CLOCKS, RECEIVED, led
from bolib.report.tables import columns, table
from bolib.results import Result

LATE_FIRST = ("OVERDUE", "TODAY", "OPEN", "LATE", "DONE")
RUNNING = LATE_FIRST[:3]
STATES = {"OVERDUE": "overdue", "TODAY": "today", "OPEN": ["soon", "later"], "LATE": "late", "DONE": "done"}
"""What the list of clocks calls each status: what is open is due soon or later."""

CSV = "results/deadlines.csv"

UNJUDGED = {
    "NOT_RECORDED": "run out in a source that never records when the thing was done",
    "NOT_IN_FORCE": "no version of the rule was in force on the day of the event",
    "NO_CALENDAR": "the day of the event is beyond what the calendar of the rule knows",
    "NO_MOMENT": "the rule counts hours, and only the day of the event is known",
}


@lru_cache(maxsize=1)
def clocks(result: Result) -> list[dict[str, Any]]:
    """Return the deadlines of the day as plain rows; kept, since many sections read them, and not to be changed."""
    return numerals.records(result.tables["deadlines"])


def rule_text(result: Result, rule: str) -> str:
    """Return what a rule asks, as written last."""
    return result.day.rulebook.rules(rule)[-1].text_en


def deadlines_by_rule(result: Result) -> Display:
    """Return, by rule, how many clocks are overdue, due today, open, or were met late or in time."""
    found = Counter((row["object_type"], row["rule"], row["status"]) for row in clocks(result))
    rules = sorted({(kind, rule) for kind, rule, _ in found}, key=lambda pair: (pair[0], pair[1]))
    rows = [
        {"rule": (rule, f"#deadlines-{rule}", ""), "kind": said(kind), "text": rule_text(result, rule)}
        | {status: _led(found, kind, rule, status) for status in LATE_FIRST}
        for kind, rule in sorted(rules, key=lambda pair: [-found[*pair, status] for status in LATE_FIRST])
    ]
    states = [f"{status}|{numerals.label(status)}|integer" for status in LATE_FIRST]
    drawn = columns("rule|Rule|link", "kind|What|word", *states, "text|What it asks|reason")
    return table(rows, drawn, "Deadlines by rule and state", CSV)


def _led(found: Counter, kind: str, rule: str, status: str) -> Any:
    """Return how many clocks of a rule have a status, leading to them; nothing where there are none."""
    number = found[kind, rule, status] or None
    return led(number, CLOCKS, number or 0, {"control": rule, "kind": said(kind), "status": STATES[status]})


def unjudged(result: Result) -> Display:
    """Return the clocks that ran out in sources that never say whether the thing was done, or without a rule then."""
    rows = [
        row | {"text": rule_text(result, row["rule"]), "why": UNJUDGED[row["reason"]], "clocks": _silent(row)}
        for row in numerals.records(result.tables["unjudged"])
    ]
    drawn = columns(
        "rule|Rule|key",
        "why|Why not|reason",
        "object_type|Of a|word",
        "clocks|Clocks|integer",
        "first_due|First due|date",
        "last_due|Last due|date",
        "text|What it asks|reason",
    )
    empty = "Every source records when a thing was done, and every event has a rule: all clocks were judged."
    return table(rows, drawn, "Clocks that were not judged", empty=empty)


def _silent(row: dict[str, Any]) -> Any:
    """Return how many clocks were not judged; those of complaints whose source is silent lead to them."""
    if row["object_type"] != "complaint" or row["reason"] != "NOT_RECORDED":
        return row["clocks"]
    return led(row["clocks"], RECEIVED, row["clocks"], {"Ran out, not judged": row["rule"]})
