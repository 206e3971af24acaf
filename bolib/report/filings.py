"""Filings with authorities as people read them: the proof by regime, what is missing, and what comes in the year."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis
from bolib.report.tables import columns, table
from bolib.results import Result

DEADLINES = "results/deadlines.csv"
LIMIT, NEXT = 15, 3
"""Filings of one regime drawn in a page, wrong ones and coming ones; the others are counted and stand in the CSV."""

NOT_FILED = ("NOT_SENT", "SENT", "REJECTED")
PRESSING = ("OVERDUE", "TODAY", "OPEN")
FAULTS = {
    "REJECTED": "rejected, not sent again",
    "LATE": "filed late",
    "UNANSWERED": "no answer yet",
    "TWICE": "reported twice",
    "NOT_IN_SCOPE": "nothing of the kind in the tables",
}
PARTS = {
    "filed": "filed in time",
    "filed_late": "filed late",
    "exempted": "exempted",
    "running": "still to file",
    "overdue": "overdue",
    "unexplained": "left out without a reason",
}
"""What the scope is the sum of, as a reader says it."""

WRONG = ("filed_late", "overdue", "unexplained")
HEADINGS = {
    "in_scope": "In scope",
    "filed": "In time",
    "filed_late": "Late",
    "exempted": "Exempted",
    "running": "To file",
    "overdue": "Overdue",
    "unexplained": "No reason",
    "unlisted": "Unlisted",
    "undecided": "Undecided",
    "strays": "Of nothing",
}
"""Headings of the counts: the scope, its parts, and what is unlisted in it, undecided or about nothing beside it."""

SPANS = ("MONTH", "QUARTER", "YEAR")


def filings_by_regime(result: Result) -> Display:
    """Return that what is in scope is filed, exempted or still to be filed, by regime; and what no table tells."""
    rows = numerals.records(result.tables["filings_by_regime"])
    rows.sort(key=lambda row: (-row["overdue"], -row["in_scope"], not row["source"], row["regime"]))
    named = [row | {"name": row["regime"], "regime": _link(row)} for row in rows]
    totals = {name: sum(row[name] for row in rows) for name in HEADINGS}
    plain = f"{totals['in_scope']:,} in scope, {totals['overdue']:,} overdue"
    values = {"parts": PARTS.items(), "wrong": WRONG, "table": _counts(named, totals).html(), "regimes": named}
    return Display("regimes.html.j2", plain, totals=totals, **values)


def _counts(rows: list[dict[str, Any]], totals: dict[str, int]) -> Display:
    """Return the counts of the regimes that have any; a column of zeros is not drawn."""
    shown = [row | {name: row[name] or None for name in HEADINGS} for row in rows if row["in_scope"] or row["strays"]]
    counted = [f"{name}|{heading}|integer" for name, heading in HEADINGS.items() if totals[name]]
    total = {"regime": ("All regimes", None, None)} | totals
    empty = "Nothing is in scope, by the register or by the tables."
    caption, more = "What is in scope, by regime", "results/filings_by_regime.csv"
    return table(shown, columns("regime|Regime|link", *counted), caption, more, total=total, empty=empty)


def _link(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["regime"], f"#rule-{row['rule']}", ""


def filings_open(result: Result) -> Display:
    """Return what is not filed and overdue, rejected or due soon, by regime; each opens on its arithmetic."""
    open_rows: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables["judged_filings"]):
        if row["state"] in NOT_FILED and row["status"] in PRESSING:
            open_rows[row["regime"]].append(row | {"standing": _standing(row)})
    groups = [_group(result, regime, rows) for regime, rows in open_rows.items()]
    groups.sort(key=lambda group: (-group["overdue"], group["next_due"], group["regime"]))
    number = sum(group["overdue"] for group in groups)
    empty = "Everything the register and the tables put in scope is filed or exempted."
    pressing, later = [group for group in groups if group["rows"]], [group for group in groups if not group["rows"]]
    plain = numerals.count(number, "filing") + " overdue"
    return Display("filings.html.j2", plain, groups=pressing, later=later, csv=DEADLINES, empty=empty)


def _group(result: Result, regime: str, rows: list[dict]) -> dict[str, Any]:
    ahead = result.day.parameters["days_ahead"]
    rows.sort(key=lambda row: (PRESSING.index(row["status"]), row["due_date"], row["object_id"]))
    wrong = [row for row in rows if row["status"] == "OVERDUE" or row["state"] == "REJECTED" or not row["listed"]]
    coming = [row for row in rows if row not in wrong and row["days_left"] <= ahead]
    drawn = wrong[:LIMIT] + coming[:NEXT]
    tally = Counter(row["status"] for row in rows)
    return {
        "regime": regime,
        "rule": result.day.rulebook.rules(rows[0]["rule"])[-1],
        "overdue": tally["OVERDUE"],
        "next_due": rows[0]["due_date"],
        "tally": _tally(tally, rows),
        "rows": drawn,
        "left_out": len(wrong) + len(coming) - len(drawn),
    }


def _tally(tally: Counter, rows: list[dict]) -> str:
    """Return "2 overdue, 21 to file by 1 Apr 2026"."""
    said = [f"{tally['OVERDUE']:,} overdue"] if tally["OVERDUE"] else []
    coming = [row["due_date"] for row in rows if row["status"] != "OVERDUE"]
    return ", ".join(said + ([f"{len(coming):,} to file by {numerals.day(max(coming))}"] if coming else []))


def _standing(row: dict[str, Any]) -> str:
    """Return how what is not filed stands, in words."""
    if row["state"] == "REJECTED":
        return f"rejected {numerals.day(row['refused_on'])}, not sent again"
    if row["state"] == "SENT":
        return f"sent {numerals.day(row['last_sent_on'])}, no answer"
    return "not sent" if row["listed"] else "not sent, not even in the register"


def filing_faults(result: Result) -> Display:
    """Return what was refused, late, unanswered, reported twice or about nothing."""
    rows = numerals.records(result.tables["filing_faults"])
    rows.sort(key=lambda row: (list(FAULTS).index(row["fault"]), row["regime"], row["period"], row["object_id"]))
    drawn = columns(
        *("what|What went wrong|text", "regime|Regime|word", "object_id|Object|key", "period|Event|word"),
        *("filing_id|Filing|code", "sent_on|Sent|date", "due_date|Due|date"),
    )
    empty = "Every filing was accepted, in time, once, and about something in scope."
    named = [row | {"what": FAULTS[row["fault"]].capitalize()} for row in rows]
    return table(named, drawn, "Filings that went wrong", empty=empty)


def transaction_tax(result: Result) -> Display:
    """Return the tax on financial transactions by share and month: due, declared, and booked on the deals."""
    rows = sorted(numerals.records(result.tables["ttf_months"]), key=lambda row: (row["name"], row["period"]))
    named = [
        row | {"standing": _declared(row), "netted": row["tax_booked"] - row["tax_due"]}
        | {"differs": None if row["declared"] is None else row["declared"] - row["tax_due"]}
        for row in rows
    ]  # fmt: skip
    drawn = columns(
        *("period|Month|word", "name|Share|word", "base|Taxed value|money", "rate_percent|Rate, %|price"),
        *("tax_due|Due|money", "declared|Declared|money", "differs|Difference|change"),
        *("netted|Above due|money", "standing|Declaration|reason"),
    )
    empty = "No purchase of a share subject to the tax has settled."
    return table(named, drawn, "Tax on financial transactions by month", "results/ttf_computed.csv", empty=empty)


def _declared(row: dict[str, Any]) -> str:
    if row["filed_on"]:
        return f"filed {numerals.day(row['filed_on'])}, due {numerals.day(row['due_date'])}"
    if row["due_date"]:
        return f"due {numerals.day(row['due_date'])}, not filed"
    return "before the register"


def client_documents(result: Result) -> Display:
    """Return the tax documents that are missing, have ended or end within a year."""
    rows = [
        row for row in numerals.records(result.tables["client_documents"])
        if row["state"] != "VALID" or row["days_left"] <= 366
    ]  # fmt: skip
    words = {"MISSING": "missing", "EXPIRED": "ended", "VALID": "ends within a year"}
    rows.sort(key=lambda row: (list(words).index(row["state"]), row["document"], row["customer_id"]))
    named = [row | {"standing": words[row["state"]].capitalize()} for row in rows]
    drawn = columns(
        *("customer_id|Customer|key", "document|Document|word", "standing|State|word", "valid_to|Valid to|date"),
        *("days_left|Days left|integer", "tax_residence|Tax residence|word", "accounts|Open accounts|integer"),
        "last_opened_on|Last opened|date",
    )
    empty = "Every customer with an account has the tax documents the tables can show."
    return table(named, drawn, "Tax documents of customers", empty=empty)


def obligations(result: Result) -> Figure:
    """Return what must be filed by period in the next twelve months, one line a regime."""
    rows = [row for row in numerals.records(result.tables["obligations"]) if row["span"] != "DAY"]
    rows.sort(key=lambda row: (row["due_date"], row["rule"]))
    named = [row | {"name": row["regime"] or row["event"]} for row in rows]
    lines = list(dict.fromkeys(row["name"] for row in sorted(named, key=_by_frequency)))
    layout = {
        "height": 80 + 34 * max(len(lines), 1),
        "xaxis": axis(type="date", tickformat="%b\n%Y", dtick="M2", tickangle=0, range=_span(rows, result.day.as_of)),
        "yaxis": axis(categoryorder="array", categoryarray=lines, showgrid=True),
    }
    sentence = f"{numerals.count(len(rows), 'filing')} by period in the next twelve months."
    drawn = columns(
        *("due_date|Due|date", "send_by|Send by|date", "name|Regime|word", "period|Covers|word"),
        *("known|Known to file|integer", "rule|Rule|key", "arithmetic|How the date comes about|reason"),
    )
    return Figure([_dots(named)], layout, sentence, table(named, drawn, sentence, "results/obligations.csv"))


def _by_frequency(row: dict[str, Any]) -> tuple:
    return SPANS.index(row["span"]), row["rule"]


def _span(rows: list[dict[str, Any]], as_of: date) -> list[str]:
    """Return the ends of the axis, with room for the numbers beside the first and the last marker."""
    return [str(as_of - timedelta(10)), str(max([row["due_date"] for row in rows] + [as_of]) + timedelta(25))]


def _dots(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [str(row["due_date"]) for row in rows],
        "y": [row["name"] for row in rows],
        "text": [_next(row, rows) for row in rows],
        "textposition": "top center",
        "cliponaxis": False,
        "textfont": {"size": 11},
        "marker": {"size": 9, "color": [PALETTE["major"] if row["known"] else PALETTE["gain"] for row in rows]},
        "customdata": [f"{row['period']}, send by {numerals.day(row['send_by'])}" for row in rows],
        "hovertemplate": "%{y}: %{x|%a %-d %b %Y}<br>covers %{customdata}<extra></extra>",
    }


def _next(row: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """Return the day of the next date of a line; the later ones repeat it."""
    first = next(other for other in rows if other["name"] == row["name"])
    return f"{row['due_date'].day} {row['due_date']:%b}" if row is first else ""


def obligations_after_events(result: Result) -> Display:
    """Return how long there is after an event, by regime: when an event of the day itself is due."""
    rows = [row for row in numerals.records(result.tables["obligations"]) if row["span"] == "DAY"]
    rows.sort(key=lambda row: (row["due_date"], row["regime"]))
    named = [row | {"regime": _link(row)} for row in rows]
    drawn = columns(
        *("regime|Regime|link", "event|Event|reason", "due_date|One of today is due|date"),
        *("arithmetic|How the date comes about|reason", "known|Known to file|integer"),
    )
    return table(named, drawn, "What is filed after each event", "results/obligations.csv")
