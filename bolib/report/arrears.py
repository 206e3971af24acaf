"""Client instalments as people read them: who is behind, how old that is, whether it rolls forward, and defaults."""

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.deadlines.instalments import APPLIED
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis
from bolib.report.recovery import in_words, said
from bolib.report.tables import columns, table
from bolib.results import Result

LIMIT = 40
"""Loans in arrears drawn in a page; the others are counted and stand in the CSV."""

BEHIND = ("unpaid_instalments", "recovery_work", "limitations", "letters", "episode_steps")
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
    laws = [result.day.rulebook.rules(name)[-1] for name in APPLIED]
    return Display("arrears.html.j2", plain=f"{numerals.count(len(rows), 'loan')} in arrears", laws=laws, **values)


def _opened(row: dict[str, Any], behind: dict[str, dict], as_of: datetime.date) -> dict[str, Any]:
    """Return a loan with what it opens on; `pause` is how many of the days since it is overdue were days of a pause."""
    unpaid, work, claims, letters, taken = (behind[name].get(row["loan_id"], []) for name in BEHIND)
    return row | {
        "first": work[0],
        "unpaid": sorted(unpaid, key=lambda item: (item["due_on"], item["instalment_no"])),
        "steps": [in_words(step) for step in sorted(work, key=lambda step: step["urgency"]) if step["step"]],
        "lapses": claims[0]["due_date"] if claims else None,
        "letters": letters,
        "taken": [step | {"what": said(step["step"])} for step in sorted(taken, key=lambda step: step["done_on"])],
        "pause": (as_of - row["overdue_since"]).days - row["days_past_due"],
    }


def _by_loan(result: Result, name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables[name]):
        found[row["loan_id"]].append(row)
    return found


def aged_balance(result: Result) -> Figure:
    """Return what is past due by band of days (balance âgée), on the day and on the month ends before it."""
    every = numerals.records(result.tables["aged_balance"])
    currency = _largest(every)
    rows = [row for row in every if row["currency"] == currency]
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
    others = sorted({row["currency"] for row in every} - {currency})
    more = f" Not drawn, in the table: {', '.join(others)}." if others else ""
    sentence = f"Amounts past due in {currency}, by days past due, on {numerals.count(len(evenings), 'evening')}.{more}"
    return Figure(data, layout, sentence, aged_table(result))


def _largest(rows: list[dict]) -> str:
    """Return the currency of most loans past due: amounts of several are never added up."""
    loans: dict[str, int] = defaultdict(int)
    for row in rows:
        loans[row["currency"]] += row["loans"]
    return max(sorted(loans), key=lambda name: loans[name], default="EUR")


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


def aged_by_owner(result: Result) -> Display:
    """Return what is past due by owner and band of days, on the day."""
    buckets = {row["loan_id"]: row["bucket"] for row in numerals.records(result.tables["arrears"])}
    ranks = sorted({(row["rank"], row["bucket"]) for row in numerals.records(result.tables["aged_balance"])})
    work = {row["loan_id"]: row for row in numerals.records(result.tables["recovery_work"])}
    sums: dict[tuple[str, str], dict[str, Any]] = defaultdict(lambda: defaultdict(Decimal))
    for loan, row in work.items():
        line = sums[row["owner"] or "nobody", row["currency"]]
        line[buckets[loan]] += row["amount_past_due"]
        line["total"] += row["amount_past_due"]
        line["loans"] += 1
    rows = [{"owner": owner, "currency": currency} | line for (owner, currency), line in sorted(sums.items())]
    used = [f"{bucket}|{bucket} days|money" for _, bucket in ranks if any(bucket in row for row in rows)]
    drawn = columns("owner|Owner|word", "currency|Currency|word", "loans|Loans|integer", *used, "total|All|money")
    return table(rows, drawn, "Past due by owner and days past due", CSV, empty="No instalment is past due.")
