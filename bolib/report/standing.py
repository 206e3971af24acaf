"""How the clocks of one kind of object stand: by owner what is overdue, due and coming, and how old the overdue is."""

from collections import Counter
from typing import Any

from bolib.report import numerals
from bolib.report.clocks import CSV, RUNNING, clocks
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

BANDS = "H-09"
"""The rule that says in which bands what is open is aged."""

STATES = ("overdue", "today", "soon", "later")


def standing(result: Result, *kinds: str) -> Display:
    """Return the running clocks of some kinds of objects by owner, and the age of those overdue.

    An object counts once, by its most pressing clock; its amount likewise.
    """
    rows = _objects(result, kinds)
    halves = (_by_owner(rows), _by_age(result, [row for row in rows if row["state"] == "overdue"]))
    return Display("halves.html.j2", plain=numerals.count(len(rows), "open object"), halves=halves)


def state(result: Result, row: dict[str, Any]) -> str:
    """Return overdue, today, soon or later for a running clock; soon is a parameter of the report."""
    if row["status"] in ("OVERDUE", "TODAY"):
        return row["status"].lower()
    return "soon" if row["days_left"] <= result.day.parameters["days_ahead"] else "later"


def running(result: Result, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the clocks of some kinds that still run, the first to end first.

    Those of sources that never record when a thing is done are left out: it may be done already.
    """
    mine = [row for row in clocks(result) if row["object_type"] in kinds and row["status"] in RUNNING]
    found = [row for row in mine if row["recorded"]]
    return sorted(found, key=lambda row: (row["due_date"], row["rule"], row["object_type"], row["key"]))


def _objects(result: Result, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    first: dict[tuple[str, str], dict] = {}
    for row in running(result, kinds):
        first.setdefault((row["object_type"], row["key"]), row)
    return [row | {"state": state(result, row)} for row in first.values()]


def _by_owner(rows: list[dict]) -> Display:
    found: dict[tuple[str, str], Counter] = {}
    for row in rows:
        tally = found.setdefault((row["owner"] or "nobody", row["currency"] or ""), Counter())
        tally[row["state"]] += 1
        if row["amount"] is not None:
            tally[f"{row['state']}_amount"] += row["amount"]
    lines = [{"owner": owner, "currency": currency} | tally for (owner, currency), tally in sorted(found.items())]
    drawn = [f"{name}|{name.capitalize()}|integer,{name}_amount|at stake|money" for name in STATES]
    shown = [part for pair in drawn if any(pair.split("|")[0] in line for line in lines) for part in pair.split(",")]
    return table(
        lines, columns("owner|Owner|word", "currency|Currency|word", *shown), "By owner", CSV, empty="Nothing runs."
    )


def _by_age(result: Result, rows: list[dict]) -> Display:
    """Return the overdue by age, in days of each clock's own calendar."""
    bands = result.day.rulebook.rules(BANDS)[-1].parameters["bands"]
    found: dict[tuple[int, str], list[dict]] = {}
    for row in rows:
        place = max(number for number, band in enumerate(bands) if band["from"] <= -row["days_left"])
        found.setdefault((place, row["currency"] or ""), []).append(row)
    lines = [
        {"band": bands[place]["band"], "objects": len(mine), "currency": currency, "oldest": mine[0]["due_date"]}
        | {"amount": sum(row["amount"] or 0 for row in mine) or None}
        for (place, currency), mine in sorted(found.items())
    ]
    drawn = columns(
        *("band|Days overdue|word", "objects|Objects|integer", "amount|at stake|money", "currency|Currency|word"),
        "oldest|Oldest due|date",
    )
    return table(lines, drawn, "Overdue, by age", CSV, empty="Nothing is overdue.")
