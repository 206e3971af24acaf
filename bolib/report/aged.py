"""How old is what clients owe (balance âgée), by band and owner; each figure leads to the loans it adds up."""

import datetime
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.arrears import CSV
from bolib.report.display import Display
from bolib.report.figures import PALETTE, Figure, axis
from bolib.report.leads import BEHIND, EVENINGS, led, rows_of
from bolib.report.tables import columns, table
from bolib.results import Result

COLOURS = ("minor", "gain", "accent", "major", "loss", "critical")
"""Of the bands of days past due, the youngest first; the last one for all beyond."""


def aged_balance(result: Result) -> Figure:
    """Return what is past due by band of days (balance âgée), on the day and on the month ends before it."""
    every = numerals.records(result.tables["aged_balance"])
    currency = _largest(every)
    rows = {(row["bucket"], row["day"]): row for row in every if row["currency"] == currency}
    evenings = sorted({row["day"] for row in rows.values()} | {result.day.as_of})
    bands = sorted({(row["rank"], row["bucket"]) for row in rows.values()})
    data = [_band(rank, bucket, evenings, rows) for rank, bucket in bands]
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


def _band(rank: int, bucket: str, evenings: list[datetime.date], rows: dict) -> dict[str, Any]:
    """Return the bars of a band; `leads` says to which loans each of them does."""
    found = [rows.get((bucket, day)) for day in evenings]
    values = [row["amount_past_due"] if row else Decimal(0) for row in found]
    return {
        "type": "bar",
        "name": f"{bucket} days",
        "x": [numerals.day(day) for day in evenings],
        "y": [float(value) for value in values],
        "customdata": [numerals.money(value) for value in values],
        "hovertemplate": f"%{{x}}, {bucket} days: %{{customdata}}<extra></extra>",
        "marker": {"color": PALETTE[COLOURS[min(max(rank - 1, 0), len(COLOURS) - 1)]]},
        "meta": {"leads": [_evening(row) if row else "" for row in found]},
    }


def _evening(row: dict[str, Any]) -> str:
    """Return the link to the loans of a band on an evening."""
    return rows_of(EVENINGS, row["loans"], _on(row))


def _on(row: dict[str, Any]) -> dict[str, str]:
    return {numerals.day(row["day"]): row["bucket"], "Currency": row["currency"]}


def aged_table(result: Result) -> Display:
    """Return the aged balance of the day by band and currency, with the one of the last month end beside."""
    rows = numerals.records(result.tables["aged_balance"])
    days = sorted({row["day"] for row in rows if row["day"] < result.day.as_of})
    before = {(row["bucket"], row["currency"]): row for row in rows if days and row["day"] == days[-1]}
    today = [row for row in rows if row["day"] == result.day.as_of]
    today.sort(key=lambda row: (row["rank"], row["currency"]))
    defaults = Counter((row["band"], row["currency"]) for row in _behind(result) if row["default"])
    lines = [_aged(row, before.get((row["bucket"], row["currency"])), defaults) for row in today]
    drawn = columns(
        *("bucket|Days past due|word", "currency|Currency|word", "loans|Loans|integer", "customers|Borrowers|integer"),
        *("amount_past_due|Past due|money", "in_default|of which in default|money"),
        f"before|On {numerals.day(days[-1]) if days else 'the last month end'}|money",
    )
    empty = "No instalment is past due: all loans were checked."
    return table(lines, drawn, "Aged balance (balance âgée)", CSV, _totals(today, before), empty)


def _aged(row: dict[str, Any], before: dict[str, Any] | None, defaults: Counter) -> dict[str, Any]:
    fields = {"band": row["bucket"], "currency": row["currency"]}
    number = defaults[row["bucket"], row["currency"]]
    shown = {name: led(row[name], BEHIND, row["loans"], fields) for name in ("loans", "customers", "amount_past_due")}
    shown |= {"in_default": led(row["in_default"], BEHIND, number, fields | {"default": "yes"})}
    if before:
        shown |= {"before": led(before["amount_past_due"], EVENINGS, before["loans"], _on(before))}
    return fields | {"bucket": row["bucket"]} | shown


def _totals(today: list[dict], before: dict[Any, dict]) -> dict[str, Any] | None:
    if len({row["currency"] for row in today}) != 1:
        return None
    sums = {name: sum(row[name] for row in today) for name in ("loans", "amount_past_due", "in_default")}
    earlier = [before.get((row["bucket"], row["currency"])) for row in today]
    return {"bucket": "All"} | sums | {"before": sum(row["amount_past_due"] for row in earlier if row)}


def _behind(result: Result) -> list[dict[str, Any]]:
    """Return the loans in arrears on the day with the fields by which a figure finds them."""
    work = {row["loan_id"]: row for row in numerals.records(result.tables["recovery_work"])}
    return [
        {"owner": work[row["loan_id"]]["owner"] or "nobody", "currency": work[row["loan_id"]]["currency"]}
        | {"band": row["bucket"], "default": row["in_default"], "amount": row["amount_past_due"]}
        for row in numerals.records(result.tables["arrears"])
        if row["loan_id"] in work
    ]


def aged_by_owner(result: Result) -> Display:
    """Return what is past due by owner and band of days, on the day."""
    ranks = sorted({(row["rank"], row["bucket"]) for row in numerals.records(result.tables["aged_balance"])})
    found: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in _behind(result):
        found[row["owner"], row["currency"]].append(row)
    rows = [_owned(owner, currency, loans) for (owner, currency), loans in sorted(found.items())]
    used = [f"{bucket}|{bucket} days|money" for _, bucket in ranks if any(bucket in row for row in rows)]
    drawn = columns("owner|Owner|word", "currency|Currency|word", "loans|Loans|integer", *used, "total|All|money")
    return table(rows, drawn, "Past due by owner and days past due", CSV, empty="No instalment is past due.")


def _owned(owner: str, currency: str, loans: list[dict]) -> dict[str, Any]:
    fields = {"owner": owner, "currency": currency}
    line = fields | {"loans": led(len(loans), BEHIND, len(loans), fields)}
    line |= {"total": led(sum(row["amount"] for row in loans), BEHIND, len(loans), fields)}
    for band in {row["band"] for row in loans}:
        mine = [row["amount"] for row in loans if row["band"] == band]
        line[band] = led(sum(mine), BEHIND, len(mine), fields | {"band": band})
    return line
