"""Client instalments as people read them: who is behind, how old that is, whether it rolls forward, and defaults."""

import datetime
from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis
from bolib.report.recovery import in_words, to_loan
from bolib.report.tables import columns, table
from bolib.results import Result

LIMIT = 40
"""Loans in arrears drawn in a page; the others are counted and stand in the CSV."""

BEHIND = ("unpaid_instalments", "recovery_work", "limitations", "letters")
"""Tables a loan opens on."""

CSV = "results/arrears.csv"
TENTH = Decimal("0.1")
COLOURS = ("minor", "gain", "accent", "major", "loss", "critical")
"""Of the bands of days past due, the youngest first; the last one for all beyond."""


def arrears(result: Result) -> Display:
    """Return the loans in arrears, the largest amount first; each opens on its instalments, counters and next steps."""
    behind = {name: _by_loan(result, name) for name in BEHIND}
    rows = [
        _opened(row, behind, result.day.as_of)
        for row in numerals.records(result.tables["arrears"])
        if row["loan_id"] in behind["recovery_work"]
    ]
    rows.sort(key=lambda row: (-row["amount_past_due"], row["loan_id"]))
    values = {"rows": rows[:LIMIT], "left_out": max(len(rows) - LIMIT, 0), "csv": CSV, "as_of": result.day.as_of}
    order = result.day.rulebook.rules("D-13")[-1]
    return Display("arrears.html.j2", plain=f"{numerals.count(len(rows), 'loan')} in arrears", order=order, **values)


def _opened(row: dict[str, Any], behind: dict[str, dict], as_of: datetime.date) -> dict[str, Any]:
    """Return a loan with what it opens on; `pause` is how many of the days since it is overdue were days of a pause."""
    unpaid, work, claims, letters = (behind[name].get(row["loan_id"], []) for name in BEHIND)
    return row | {
        "first": work[0],
        "unpaid": sorted(unpaid, key=lambda item: (item["due_on"], item["instalment_no"])),
        "steps": [in_words(step) for step in sorted(work, key=lambda step: step["urgency"]) if step["step"]],
        "lapses": claims[0]["due_date"] if claims else None,
        "letters": letters,
        "pause": (as_of - row["overdue_since"]).days - row["days_past_due"],
    }


def _by_loan(result: Result, name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables[name]):
        found[row["loan_id"]].append(row)
    return found


def aged_balance(result: Result) -> Figure:
    """Return what is past due by band of days (balance âgée), on the day and on the month ends before it."""
    rows = numerals.records(result.tables["aged_balance"])
    evenings = sorted({row["day"] for row in rows} | {result.day.as_of})
    bands = sorted({(row["rank"], row["bucket"]) for row in rows})
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row["bucket"], row["day"]] += row["amount_past_due"]
    data = [_band(rank, bucket, evenings, sums) for rank, bucket in bands]
    layout: dict[str, Any] = {"height": 330, "barmode": "stack", "showlegend": True}
    layout |= {"legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}}
    layout |= {"margin": {"l": 12, "r": 12, "t": 44, "b": 30}, "yaxis": axis(rangemode="tozero", nticks=5)}
    layout |= {"xaxis": axis(showgrid=False, type="category")}
    sentence = f"Amounts past due by days past due, on {numerals.count(len(evenings), 'evening')}."
    return Figure(data, layout, sentence, aged_table(result))


def _band(rank: int, bucket: str, evenings: list[datetime.date], sums: dict) -> dict[str, Any]:
    values = [sums[bucket, day] for day in evenings]
    return {
        "type": "bar",
        "name": f"{bucket} days",
        "x": [numerals.day(day) for day in evenings],
        "y": [float(value) for value in values],
        "customdata": [numerals.money(value) for value in values],
        "hovertemplate": f"%{{x}}, {bucket} days: %{{customdata}}<extra></extra>",
        "marker": {"color": PALETTE[COLOURS[min(max(rank - 1, 0), len(COLOURS) - 1)]]},
    }


def aged_table(result: Result) -> Display:
    """Return the aged balance of the day by band and currency, with the one of the last month end beside."""
    rows = numerals.records(result.tables["aged_balance"])
    days = sorted({row["day"] for row in rows if row["day"] < result.day.as_of})
    before = {(row["bucket"], row["currency"]): row for row in rows if days and row["day"] == days[-1]}
    lines = [
        row | {"before": before.get((row["bucket"], row["currency"]), {}).get("amount_past_due")}
        for row in sorted(rows, key=lambda row: (row["rank"], row["currency"]))
        if row["day"] == result.day.as_of
    ]
    drawn = columns(
        *("bucket|Days past due|word", "currency|Currency|word", "loans|Loans|integer", "customers|Borrowers|integer"),
        *("amount_past_due|Past due|money", "in_default|of which in default|money"),
        f"before|On {numerals.day(days[-1]) if days else 'the last month end'}|money",
    )
    empty = "No instalment is past due: all loans were checked."
    return table(lines, drawn, "Aged balance (balance âgée)", CSV, _totals(lines), empty)


def _totals(lines: list[dict]) -> dict[str, Any] | None:
    if len({row["currency"] for row in lines}) != 1:
        return None
    sums = {name: sum(row[name] for row in lines) for name in ("loans", "amount_past_due", "in_default")}
    return {"bucket": "All"} | sums | {"before": sum(row["before"] or 0 for row in lines)}


def roll_rates(result: Result) -> Display:
    """Return, of the loans in each band at the last month end, the share in each band on the day."""
    moves = numerals.records(result.tables["roll_rates"])
    last = max((row["to_date"] for row in moves), default=None)
    moves = [row for row in moves if row["to_date"] == last]
    bands = sorted({(row["from_rank"], row["from_bucket"]) for row in moves})
    into = sorted({(row["to_rank"], row["to_bucket"]) for row in moves})
    found = {(row["from_bucket"], row["to_bucket"]): row["loans"] for row in moves}
    rows = [_rolled(bucket, [name for _, name in into], found) for _, bucket in bands]
    drawn = columns(
        "band|From days past due|word", "loans|Loans|integer", *(f"{name}|to {name}|percent" for _, name in into)
    )
    since = numerals.day(moves[0]["from_date"]) if moves else ""
    return table(rows, drawn, f"Roll rates since {since}, in percent of the loans", empty="No loan to follow.")


def _rolled(bucket: str, into: list[str], found: dict[tuple[str, str], int]) -> dict[str, Any]:
    total = sum(found.get((bucket, name), 0) for name in into)
    shares = {name: percent(found[bucket, name], total) for name in into if (bucket, name) in found}
    return {"band": bucket, "loans": total} | shares


def percent(part: int, whole: int) -> Decimal:
    """Return part of whole in percent, to a tenth.

    >>> percent(2, 3)
    Decimal('66.7')
    """
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_EVEN)


def defaults(result: Result) -> Display:
    """Return the loans in default: since when, the earliest end, and what own funds must bear of them and when."""
    backstop = {row["loan_id"]: row for row in numerals.records(result.tables["backstop"])}
    rows = [
        row | backstop.get(row["loan_id"], {}) | {"loan": to_loan(row), "bear": _borne(backstop.get(row["loan_id"]))}
        for row in numerals.records(result.tables["arrears"])
        if row["in_default"]
    ]
    rows.sort(key=lambda row: (row["default_since"], row["loan_id"]))
    drawn = columns(
        *("loan|Loan|link", "default_since|In default since|date", "amount_past_due|Past due|money"),
        *("default_until|Earliest end|date", "outstanding|Outstanding|money", "bear|Own funds bear|reason"),
        "backstop_on|All of it from|date",
    )
    empty = "No loan is in default by days past due."
    return table(rows, drawn, "Loans in default by days past due; no end while arrears are material", CSV, empty=empty)


def _borne(row: dict | None) -> str:
    if row is None:
        return "granted before the rule"
    later = f", {row['next_percent']} % from {numerals.day(row['next_on'])}" if row["next_on"] else ""
    return f"{row['percent_now']} %{later}"
