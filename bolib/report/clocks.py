"""Deadlines as people read them: what is overdue, for whom and how much, and how each date comes about."""

from collections import Counter, defaultdict
from functools import lru_cache
from typing import Any

from bolib.deadlines.objects import said
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

LATE_FIRST = ("OVERDUE", "TODAY", "OPEN", "LATE", "DONE")
RUNNING = LATE_FIRST[:3]
LIMIT = 15
"""Clocks of one rule drawn in a page; the others are counted and stand in the CSV."""

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


def deadlines_by_owner(result: Result) -> Display:
    """Return who has what to do: clocks overdue, due today and due soon, with the amounts at stake."""
    states = {"OVERDUE": "overdue", "TODAY": "today", "OPEN": "soon"}
    found: dict[tuple, Counter] = defaultdict(Counter)
    for row in clocks(result):
        if row["status"] in RUNNING and row["days_left"] <= result.day.parameters["days_ahead"]:
            tally = found[row["team"] or "", row["owner"] or "", row["object_type"], row["currency"]]
            tally[states[row["status"]]] += 1
            if row["amount"] is not None:
                tally[states[row["status"]] + "_amount"] += row["amount"]
    rows = [
        {"team": team or "No team", "owner": owner or "nobody", "kind": said(kind), "currency": currency} | tally
        for (team, owner, kind, currency), tally in found.items()
    ]
    rows.sort(key=lambda row: (-row.get("overdue", 0), -row.get("today", 0), row["team"], row["owner"], row["kind"]))
    drawn = columns(
        *("team|Team|text", "owner|Owner|word", "kind|What|word", "currency|Currency|word"),
        *("overdue|Overdue|integer", "overdue_amount|at stake|money", "today|Today|integer"),
        *("today_amount|at stake|money", "soon|Soon|integer", "soon_amount|at stake|money"),
    )
    empty = "Nothing is overdue, due today or due soon."
    return table(rows, drawn, "Running clocks by team and owner", CSV, empty=empty)


def deadlines_by_rule(result: Result) -> Display:
    """Return, by rule, how many clocks are overdue, due today, open, or were met late or in time."""
    found = Counter((row["object_type"], row["rule"], row["status"]) for row in clocks(result))
    rules = sorted({(kind, rule) for kind, rule, _ in found}, key=lambda pair: (pair[0], pair[1]))
    rows = [
        {"rule": _link(rule, found, kind), "kind": said(kind), "text": rule_text(result, rule)}
        | {status: found[kind, rule, status] or None for status in LATE_FIRST}
        for kind, rule in rules
    ]
    rows.sort(key=lambda row: [-(row[status] or 0) for status in LATE_FIRST])
    states = [f"{status}|{numerals.label(status)}|integer" for status in LATE_FIRST]
    drawn = columns("rule|Rule|link", "kind|What|word", *states, "text|What it asks|reason")
    return table(rows, drawn, "Deadlines by rule and state", CSV)


def _link(rule: str, found: Counter, kind: str) -> tuple[str, str, str]:
    """Return the rule as a link to its running clocks, or to its text where none runs."""
    runs = any(found[kind, rule, status] for status in RUNNING)
    return rule, f"#deadlines-{rule}" if runs else f"#rule-{rule}", ""


def deadlines_table(result: Result) -> Display:
    """Return the clocks that still run, by rule, the most overdue first; each opens on its arithmetic and ladder."""
    running: dict[str, list[dict]] = defaultdict(list)
    for row in sorted(clocks(result), key=lambda row: (LATE_FIRST.index(row["status"]), row["due_date"], row["key"])):
        if row["status"] in RUNNING:
            running[row["rule"]].append(row)
    groups = [_group(result, rule, rows) for rule, rows in running.items()]
    groups.sort(key=lambda group: [-group["tally"][status] for status in RUNNING])
    number = sum(len(rows) for rows in running.values())
    return Display("deadlines.html.j2", plain=numerals.count(number, "running deadline"), groups=groups, csv=CSV)


def _group(result: Result, rule: str, rows: list[dict]) -> dict[str, Any]:
    return {
        "rule": result.day.rulebook.rules(rule)[-1],
        "kinds": sorted({said(row["object_type"]) for row in rows}),
        "tally": Counter(row["status"] for row in rows),
        "rows": rows[:LIMIT],
        "left_out": max(len(rows) - LIMIT, 0),
    }


def unjudged(result: Result) -> Display:
    """Return the clocks that ran out in sources that never say whether the thing was done, or without a rule then."""
    rows = [
        row | {"text": rule_text(result, row["rule"]), "why": UNJUDGED[row["reason"]]}
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
