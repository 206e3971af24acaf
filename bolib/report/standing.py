"""How clocks stand: by owner what is overdue, due and coming, and how old the overdue is; each figure leads to them."""

from collections import Counter, defaultdict
from typing import Any

from bolib.deadlines.objects import said
from bolib.report import numerals
from bolib.report.clocks import CSV, RUNNING, clocks
from bolib.report.display import Display
from bolib.report.pressing import age, at_stake, found_by, objects
from bolib.report.tables import columns, table
from bolib.results import Result

STATES = ("overdue", "today", "soon", "later")


def deadlines_by_owner(result: Result) -> Display:
    """Return who has what to do: clocks overdue, due today and due soon, with the amounts at stake."""
    running = [row | found_by(result, row) for row in clocks(result) if row["status"] in RUNNING]
    lines = _by_state([row for row in running if row["status"] != "later"], ("team", "owner", "kind", "currency"), {})
    rows = [line | {"team": line["team"] or "No team"} for line in lines]
    rows.sort(key=_urgency)
    drawn = columns(
        *("team|Team|text", "owner|Owner|word", "kind|What|word", "currency|Currency|word", *_states(STATES[:3]))
    )
    empty = "Nothing is overdue, due today or due soon."
    return table(rows, drawn, "Running clocks by team and owner", CSV, empty=empty)


def _urgency(row: dict[str, Any]) -> tuple:
    return -row["number"]["overdue"], -row["number"]["today"], row["team"], row["owner"], row["kind"]


def standing(result: Result, *kinds: str) -> Display:
    """Return the running clocks of some kinds of objects by owner, and the age of those overdue.

    An object counts once, by its most pressing clock; its amount likewise.
    """
    rows = [row | found_by(result, row) for row in objects(result) if row["object_type"] in kinds]
    once = {"kind": [said(kind) for kind in kinds], "counts": "once"}
    overdue = [row for row in rows if row["status"] == "overdue"]
    halves = (_by_owner(rows, once), _by_age(result, overdue, once | {"status": "overdue"}))
    return Display("halves.html.j2", plain=numerals.count(len(rows), "open object"), halves=halves)


def _by_owner(rows: list[dict], once: dict[str, Any]) -> Display:
    lines = _by_state(rows, ("owner", "currency"), once)
    lines.sort(key=lambda line: (line["owner"], line["currency"] or ""))
    used = [name for name in STATES if name != "later" or any(name in line for line in lines)]
    drawn = columns("owner|Owner|word", "currency|Currency|word", *_states(used))
    return table(lines, drawn, "By owner", CSV, empty="Nothing runs.")


def _states(names: Any) -> list[str]:
    pairs = [(f"{name}|{name.capitalize()}|integer", f"{name}_amount|at stake|money") for name in names]
    return [part for pair in pairs for part in pair]


def _by_state(rows: list[dict], by: tuple[str, ...], wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a line for each value of the fields `by`, with the clocks in each state and what is at stake."""
    found: dict[tuple, list[dict]] = defaultdict(list)
    for row in rows:
        found[*(row[name] for name in by), row["status"]].append(row)
    lines: dict[tuple, dict[str, Any]] = {}
    for (*values, status), mine in found.items():
        fields = dict(zip(by, values, strict=True))
        line = lines.setdefault(tuple(values), fields | {"number": Counter()})
        line["number"][status] = len(mine)
        line.update(at_stake(mine, status, wanted | fields | {"status": status}))
    return list(lines.values())


def _by_age(result: Result, rows: list[dict], once: dict[str, Any]) -> Display:
    """Return the overdue by age, in days of each clock's own calendar."""
    found: dict[tuple[int, str | None], list[dict]] = defaultdict(list)
    for row in rows:
        found[age(result, row), row["currency"]].append(row)
    lines = [
        {"band": mine[0]["age"], "currency": currency, "oldest": min(row["due_date"] for row in mine)}
        | at_stake(mine, "objects", once | {"age": mine[0]["age"], "currency": currency})
        for (_, currency), mine in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    ]
    drawn = columns(
        *("band|Days overdue|word", "objects|Objects|integer", "objects_amount|at stake|money"),
        *("currency|Currency|word", "oldest|Oldest due|date"),
    )
    return table(lines, drawn, "Overdue, by age", CSV, empty="Nothing is overdue.")
