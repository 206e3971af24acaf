"""Operations as people follow them: where front and back office differ, and how far each operation has come."""

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from bolib.anomalies.pack import PACK, Check
from bolib.control import REPORTS, catalogue
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis
from bolib.report.tables import columns, table
from bolib.results import Result

STATES = {
    "ORDERED": "ordered, nothing dealt",
    "DEALT": "dealt, not booked",
    "BOOKED": "booked, not confirmed",
    "CONFIRMED": "confirmed, not instructed",
    "INSTRUCTED": "instructed, not matched",
    "MATCHED": "matched, not settled",
    "SETTLED": "settled, not in the accounts",
    "ACCOUNTED": "settled and in the accounts",
    "SETTLED_EARLIER": "settled, no accounts received of that day",
    "TRANSFERRED": "between own books, booked",
    "CANCELLED": "cancelled",
    "REJECTED": "rejected or expired",
    "SET_ASIDE": "set aside at the load",
}
"""States in the order an operation goes through them, then those that end elsewhere."""

CLASSES = {
    "MISSING_BACK": "not in the back office",
    "MISSING_FRONT": "not in the front office",
    "VERSION": "another version",
    "ECONOMIC": "economic field",
    "OTHER": "no effect on the economics",
}
LISTED = 25
"""Operations of one state drawn in a page; the others stand in the CSV."""
CSV = "results/operation_states.csv"


def funnel(result: Result) -> Figure:
    """Return the operations under way by state: those whose next step is overdue, due today, and the others."""
    tally = _tally(result)
    found = [name for name in STATES if tally[name]["waiting"]]
    labels = [STATES[name].capitalize() for name in found]
    parts = (("Overdue", "overdue", "critical"), ("Due today", "due_today", "major"), ("In time", "in_time", "minor"))
    data = [_bar(labels, [tally[state][column] for state in found], name, colour) for name, column, colour in parts]
    short = [numerals.label(name) for name in found]
    narrow = {"yaxis.tickmode": "array", "yaxis.tickvals": labels, "yaxis.ticktext": short, "xaxis.nticks": 3}
    layout: dict[str, Any] = {"height": 96 + 34 * len(found), "showlegend": True, "barmode": "stack"}
    layout |= {"margin": {"l": 12, "r": 48, "t": 40, "b": 30}, "meta": {"narrow": narrow}}
    layout |= {"xaxis": axis(rangemode="tozero", nticks=6)}
    layout |= {"yaxis": axis(autorange="reversed", showgrid=False, categoryorder="array", categoryarray=labels)}
    layout |= {"legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}}
    return Figure(data, layout, _sentence(tally), _funnel_table(result))


def _tally(result: Result) -> dict[str, Counter]:
    found: dict[str, Counter] = defaultdict(Counter)
    for row in numerals.records(result.tables["funnel"]):
        found[row["state"]].update({name: row[name] for name in ("operations", "waiting", "overdue", "due_today")})
    for tally in found.values():
        tally["in_time"] = tally["waiting"] - tally["overdue"] - tally["due_today"]
    return found


def _sentence(tally: dict[str, Counter]) -> str:
    """Say how many operations there are, and where those are that have no step left."""
    total = sum(state["operations"] for state in tally.values())
    done = {name: tally[name]["operations"] - tally[name]["waiting"] for name in STATES if name in tally}
    ended = [f"{number:,} {STATES[name]}" for name, number in done.items() if number]
    waiting = total - sum(done.values())
    said = f"{numerals.count(total, 'operation')}, each in exactly one state: {waiting:,} under way"
    return ", ".join([said, *ended]) + "."


def _bar(labels: list[str], values: list[int], name: str, colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": labels,
        "x": values,
        "text": [f"{value:,}" if value else "" for value in values],
        "marker": {"color": PALETTE[colour]},
        "hovertemplate": "%{y}: %{x:,}<extra>" + name + "</extra>",
    }


def _funnel_table(result: Result) -> Display:
    order = list(STATES)
    rows = sorted(
        numerals.records(result.tables["funnel"]), key=lambda row: (order.index(row["state"]), row["currency"])
    )
    rows = [row | {"words": STATES[row["state"]]} for row in rows]
    drawn = columns(
        *("words|State|text", "operations|Operations|integer", "amount|Net amount|money", "currency|Currency|word"),
        *("waiting|Under way|integer", "overdue|Overdue|integer", "due_today|Due today|integer"),
        *("next_due|Earliest due|date", "skipped|With a step missing before|integer"),
    )
    names = ("operations", "waiting", "overdue", "due_today", "skipped")
    total = {"words": "All operations"} | {name: sum(row[name] for row in rows) for name in names}
    return table(rows, drawn, "The funnel", "results/funnel.csv", total=total)


def operations_by_state(result: Result) -> Display:
    """Return the operations of each state, what is most overdue first; each state is folded."""
    found: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables["operation_states"]):
        found[row["state"]].append(row)
    drawn = columns(
        *("operation|Operation|key", "next_step|Next|word", "next_due|By|date", "skipped|Missing before|word"),
        *("book|Book|word", "isin|Instrument|code", "amount|Net amount|money", "currency|Currency|word"),
        *("settlement_date|Settles|date", "owner|Owner|word"),
    )
    said = "Operations, the most overdue first"
    groups = [_group(STATES[name].capitalize(), sorted(found[name], key=_urgency), drawn, said, CSV) for name in STATES]
    return Display(
        "groups.html.j2",
        plain="Operations by state",
        groups=[group for group in groups if group["rows"]],
        empty="No order, deal or instruction was received: nothing is followed.",
    )


def _urgency(row: dict) -> tuple:
    return (row["next_due"] is None, str(row["next_due"]), -abs(row["amount"] or Decimal(0)), row["operation"])


def office_differences(result: Result) -> Display:
    """Return what front and back office do not agree on, by class; what blocks the booking first."""
    found: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables["differences"]):
        found[row["class"]].append(row | {"field": numerals.label(row["field"])})
    drawn = columns(
        *("trade_id|Deal|key", "field|What|text", "front|Front office|text", "back|Back office|text"),
        *("amount|Net amount|money", "currency|Currency|word", "age_days|Age, days|integer", "owner|Owner|word"),
    )
    groups = []
    for name, words in CLASSES.items():
        rows = sorted(found[name], key=lambda row: (-(row["age_days"] or 0), row["trade_id"], row["field"]))
        said = f"{words.capitalize()}: {'to be settled before booking' if name != 'OTHER' else 'not blocking'}"
        groups.append(_group(said, rows, drawn, "Deals, the oldest first", "results/differences.csv", True))
    return Display(
        "groups.html.j2",
        plain=f"{len(result.tables['differences'])} differences between the offices",
        groups=[group for group in groups if group["rows"]],
        empty="The two offices agree on every deal, or only one of them was received.",
    )


def _group(title: str, rows: list[dict], drawn: list, caption: str, csv: str, unfolded: bool = False) -> dict[str, Any]:
    return {
        "title": title,
        "count": len(rows),
        "amounts": amounts(rows),
        "rows": len(rows),
        "open": unfolded and len(rows) <= 8,
        "table": table(rows, drawn, caption, csv, limit=LISTED).html() if rows else "",
    }


def amounts(rows: list[dict]) -> str:
    """Return the sizes of the amounts added up by currency, in words: 1.2 m EUR, 3.0 m USD."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row["amount"] is not None and row["currency"]:
            sums[row["currency"]] += abs(row["amount"])
    said = [f"{numerals.short_money(total).lstrip('+')} {currency}" for currency, total in sorted(sums.items())]
    return ", ".join(said)


def checks_before_booking(result: Result) -> Display:
    """Return the pack of checks of a deal, what watches each, and what nothing can see."""
    home = {item.id: report for report in REPORTS for item in catalogue(report)}
    status = {item["control"]: item for item in result.checked}
    rows = [
        {
            "id": check.id,
            "asks": check.asks,
            "controls": ", ".join(name if name in status else f"{name} ({home[name]})" for name in check.controls),
            "state": _state(check.controls, status),
            "findings": _findings(result, check, status),
            "unseen": "; ".join(filter(None, [_missing(check.controls, status), check.unseen])) or None,
        }
        for check in PACK
    ]
    drawn = columns(
        *("id|Check|key", "asks|What it asks|reason", "controls|Watched by|reason", "state|Here|status"),
        *("findings|Findings|integer", "unseen|Not seen|reason"),
    )
    return table(rows, drawn, "Checks before booking, and what watches them")


def _findings(result: Result, check: Check, status: dict[str, dict]) -> int | None:
    """Return how many findings of this report are about a check; None where all its controls are in another."""
    if check.reasons:
        aside = result.findings[result.findings["control"].isin(check.controls)]["key"]
        return sum(any(words in key for words in check.reasons) for key in aside)
    here = [status[name]["findings"] for name in check.controls if name in status]
    return sum(here) if here else None


def _state(controls: tuple[str, ...], status: dict[str, dict]) -> str:
    here = [status[name]["status"] for name in controls if name in status]
    return "ELSEWHERE" if not here else "OFF" if set(here) == {"off"} else "PARTLY" if "off" in here else "RAN"


def _missing(controls: tuple[str, ...], status: dict[str, dict]) -> str:
    """Return the tables for want of which some of the controls are off."""
    off = sorted({name for control in controls for name in status.get(control, {}).get("missing", ())})
    return f"not received: {', '.join(off)}" if off else ""
