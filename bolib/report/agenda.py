"""What falls due, day by day, for the coming business days; and how often it was late in the past weeks."""

import datetime
from collections import Counter, defaultdict
from typing import Any

from bolib.calendars import calendar
from bolib.deadlines.objects import counted, said
from bolib.report import numerals
from bolib.report.clocks import CSV, clocks
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis, panel, reference, shown, spread, title
from bolib.report.leads import CLOCKS, led, rows_of
from bolib.report.pressing import WEEKS, week
from bolib.report.tables import columns, table
from bolib.results import Result

LISTED = 12
"""Clocks of one day listed in its cell; the others are counted."""

LATE = ("LATE", "OVERDUE")
NO_TEAM = "No team"
OWN_SECTION = (
    "complaint",
    "refund",
    "dispute",
    "estate",
    "quiet_account",
    "loan",
    "promise",
    "guarantee",
    "insolvency_case",
)
"""Kinds whose trend stands in their own section."""

LEDGER = ("instalment",)


def agenda(result: Result, days: int = 20) -> Display:
    """Return the clocks that fall due on the day and the next `days` business days, a row a week.

    A clock of another calendar may end on a day TARGET is closed: it stands on that day.
    """
    due: dict[datetime.date, list[dict]] = defaultdict(list)
    for row in clocks(result):
        if row["status"] in ("TODAY", "OPEN"):
            due[row["due_date"]].append(row)
    opened = _days(result.day.as_of, days)
    weeks: dict[datetime.date, list[dict]] = defaultdict(list)
    for day, is_open in opened.items():
        weeks[day - datetime.timedelta(day.weekday())].append(_cell(day, is_open, due[day], result.day.as_of))
    number = sum(len(due[day]) for day in opened)
    plain = f"{numerals.count(number, 'clock')} in the next {days} business days"
    return Display("agenda.html.j2", plain=plain, weeks=list(weeks.values()), csv=CSV)


def _days(as_of: datetime.date, number: int) -> dict[datetime.date, bool]:
    """Return every day to the last of the business days, from the Monday of the first week, and whether it is open."""
    monday = as_of - datetime.timedelta(as_of.weekday())
    found = calendar("TARGET", monday, as_of + datetime.timedelta(2 * number + 15))
    rows = found.to_pylist()
    last = next(row["day"] for row in rows if row["date"] == as_of) + number
    end = next(row["date"] for row in rows if row["day"] == last)
    return {row["date"]: row["open"] for row in rows if row["date"] <= end}


def _cell(day: datetime.date, is_open: bool, due: list[dict], as_of: datetime.date) -> dict[str, Any]:
    kinds = Counter(row["object_type"] for row in due)
    return {
        "day": day,
        "open": is_open,
        "past": day < as_of,
        "today": day == as_of,
        "weekend": day.weekday() > 4,
        "said": [counted(number, kind) for kind, number in sorted(kinds.items())],
        "rows": sorted(due, key=lambda row: (-abs(row["amount"] or 0), row["key"], row["rule"]))[:LISTED],
        "left_out": max(len(due) - LISTED, 0),
    }


def lateness(result: Result, *kinds: str) -> Display:
    """Return, for the past weeks, how many clocks fell due and how many of them were late, by kind and team.

    Without `kinds`: of every kind that has no section of its own. What is paid leaves the ledger of instalments, so
    that a share of them would say nothing: their trend is the aged balance.
    """
    found: dict[tuple, Counter] = defaultdict(Counter)
    for row in clocks(result):
        chosen = row["object_type"] in kinds if kinds else row["object_type"] not in (*OWN_SECTION, *LEDGER)
        monday = week(result, row) if chosen else None
        if monday:
            found[row["object_type"], row["team"] or "", monday][row["status"] in LATE] += 1
    rows = [
        {"kind": kind, "team": team, "week": monday, "due": tally.total(), "late": tally[True]}
        for (kind, team, monday), tally in sorted(found.items())
    ]
    sentence = f"Clocks that fell due in the past {WEEKS} weeks, and those of them that were late."
    drawn = columns("kind|What|word", "team|Team|text", "week|Week from|date", "due|Due|integer", "late|Late|integer")
    empty = f"Nothing fell due in the past {WEEKS} weeks."
    numbers = table([_told(row) for row in rows], drawn, sentence, CSV, empty=empty)
    if not rows:
        return numbers
    data, layout = _panels(rows)
    return Figure(data, layout, sentence, numbers)


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields by which the clocks of a week are found."""
    return {"kind": said(row["kind"]), "team": row["team"], "week": numerals.day(row["week"])}


def _missed(row: dict[str, Any]) -> dict[str, Any]:
    return _fields(row) | {"status": [status.lower() for status in LATE]}


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Return a line of the table: what fell due in a week and what of it was late lead to the clocks."""
    figures = {"due": led(row["due"], CLOCKS, row["due"], _fields(row))}
    figures |= {"late": led(row["late"], CLOCKS, row["late"], _missed(row))}
    return row | {"kind": said(row["kind"]), "team": row["team"] or NO_TEAM} | figures


def _panels(rows: list[dict]) -> tuple[list[dict], dict[str, Any]]:
    """Return one panel a kind and team: the share that was late, week by week."""
    lines = sorted({(row["kind"], row["team"]) for row in rows})
    layout: dict[str, Any] = {"height": 60 + 120 * max(len(lines), 1)}
    data, titles = [], []
    for number, ((kind, team), share) in enumerate(
        zip(lines, reversed(spread(len(lines), 0.5 / max(len(lines), 1))), strict=True), start=1
    ):
        mine = [row for row in rows if (row["kind"], row["team"]) == (kind, team)]
        data.append(_late_share(mine, number))
        layout[panel("x", number)] = axis(
            showgrid=False, tickformat="%-d %b", nticks=6, anchor=reference("y", number), type="date"
        )
        layout[panel("y", number)] = axis(
            rangemode="tozero", showgrid=False, showticklabels=False, domain=share, anchor=reference("x", number)
        )
        due, late = sum(row["due"] for row in mine), sum(row["late"] for row in mine)
        by = f"team {team}" if team else NO_TEAM.lower()
        line = f"{said(kind, 2).capitalize()}, {by}: {late:,} of {due:,} late"
        titles.append(title(shown(line, 60), number))
    return data, layout | {"annotations": titles}


def _late_share(rows: list[dict], number: int) -> dict[str, Any]:
    shares = [100 * row["late"] / row["due"] for row in rows]
    return {
        "type": "bar",
        "x": [str(row["week"]) for row in rows],
        "y": shares,
        "text": [f"{share:.0f} %" if share else "" for share in shares],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [f"{row['late']:,} of {row['due']:,}" for row in rows],
        "marker": {"color": PALETTE["major"]},
        "meta": {"leads": [rows_of(CLOCKS, row["late"], _missed(row)) if row["late"] else "" for row in rows]},
        "hovertemplate": "week of %{x|%-d %b}: %{customdata} late<extra></extra>",
        "xaxis": reference("x", number),
        "yaxis": reference("y", number),
    }
