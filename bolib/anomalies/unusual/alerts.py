"""From what the kernels say to a list to work through: one cause, one alert, the likeliest and dearest first."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pyarrow as pa

from bolib.anomalies.unusual.causes import Causes, follow_results
from bolib.anomalies.unusual.decisions import PRIOR, Chance, decisions
from bolib.anomalies.unusual.settings import Settings
from bolib.anomalies.unusual.words import scope, sentence
from bolib.day import Day
from bolib.findings import finding_id
from bolib.tables.results import RESULTS
from bolib.views import result_schema

ORDER = (
    "trades",
    "prices",
    "events",
    "positions",
    "journal",
    "pnl_books",
    "instalments",
    "payments",
    "cash_operations",
    "card_authorisations",
)
"""Where a cause shows first: a deal before its steps, its steps before its entries."""

CONTROLS = {
    "trades": "ODD-01",
    "prices": "ODD-02",
    "journal": "ODD-03",
    "cash_operations": "ODD-04",
    "card_authorisations": "ODD-05",
    "instalments": "ODD-06",
    "events": "ODD-07",
    "payments": "ODD-08",
    "pnl_books": "ODD-09",
    "positions": "ODD-10",
}
"""The control that makes findings of a table's alerts."""

WEIGHTS = {"CRITICAL": 9, "MAJOR": 3, "MINOR": 1}

Row = dict[str, Any]


def alerts(day: Day, given: Settings, told: Causes) -> pa.Table:
    """Return every alert of the last days with its place.

    SHOWN, BELOW the line of the day's budget, GROUPED under an earlier alert or a control's finding of the same
    object, ACCEPTED by a decision, or CLOSED by the next day itself.
    """
    known, rates = decisions(day), _rates(day)
    severities = {item.id: item.severity for item in day.controls}
    rows = [_alert(row, severities) for row in day.engine.table("alert_rows").to_pylist()]
    for row in rows:
        chance = known.chances.get((row["block"], row["kind"]), Chance())
        accepted = known.accepted(row["alert_id"], row["scope"], row["day"])
        row |= {"chance": chance.sentence, "confirmed": chance.confirmed, "decided": chance.decided}
        row["priority"] = _priority(row, chance, rates)
        row["place"] = "CLOSED" if row["state"] == "CLOSED" else "ACCEPTED" if accepted else "SHOWN"
        row["cause"] = _decided(accepted) if accepted else None
    rows.sort(key=_order)
    follow_results(day, told, rows, rates)
    _group(rows, told.found)
    _cut(rows, given.budget)
    return pa.Table.from_pylist(rows, schema=result_schema(RESULTS["alerts"]))


def _alert(row: Row, severities: dict[str, str]) -> Row:
    control = CONTROLS[row["block"]]
    words = {"sentence": sentence(row), "scope": scope(row), "object": row["object"] or row["key"]}
    identity = finding_id(control, f"{row['key']} {row['kind']}", 1)
    return row | words | {"alert_id": identity, "control": control, "severity": severities[control]}


def _rates(day: Day) -> dict[str, Decimal]:
    """Return units of each currency for a euro, as known last."""
    known = sorted(day.rows("fx_rates"), key=lambda row: row["date"])
    return {"EUR": Decimal(1)} | {row["currency"]: row["rate"] for row in known if row["date"] <= day.as_of}


def _priority(row: Row, chance: Chance, rates: dict[str, Decimal]) -> int:
    """Return severity x chance x money, to order alerts by and nothing else; whole euros, one where none are known."""
    rate = rates.get(row["currency"])
    euros = int(abs(row["amount"]) / rate) if row["amount"] is not None and rate else 0
    return WEIGHTS[row["severity"]] * chance.rank(PRIOR[row["kind"]]) * max(euros, 1)


def _order(row: Row) -> tuple:
    """Return the order of causes: the earlier day, then the table in which a cause shows first."""
    return row["day"], ORDER.index(row["block"]), row["key"], -abs(row["score"]), row["kind"]


def _decided(decision: Row) -> str:
    until = f" until {decision['expires_on']}" if decision["expires_on"] else ""
    why = f": {decision['comment']}" if decision["comment"] else ""
    return f"accepted by {decision['actor']} on {decision['decided_at']:%Y-%m-%d}{until}{why}"


def _group(rows: list[Row], found: dict[str, str]) -> None:
    """Put what has a cause under it: what a control found already, else the earliest alert of the same object.

    A price has no control here: a finding that names its instrument, as a custodian's holding, is another matter.
    """
    heads: dict[str, str] = {}
    for row in rows:
        if row["place"] != "SHOWN":
            continue
        control = None if row["block"] == "prices" else found.get(row["object"]) or found.get(row["key"])
        cause = control or heads.get(row["object"])
        if cause:
            row |= {"place": "GROUPED", "cause": cause}
        else:
            heads[row["object"]] = f"{row['control']} {row['key']}"


def _cut(rows: list[Row], budget: int) -> None:
    """Put below the line what a day and table have beyond the budget, the lowest in rank first."""
    tables: dict[tuple, list[Row]] = defaultdict(list)
    for row in rows:
        if row["place"] == "SHOWN":
            tables[row["block"], row["day"]].append(row)
    for told in tables.values():
        for row in sorted(told, key=lambda row: (-row["priority"], -abs(row["score"]), row["key"]))[budget:]:
            row["place"] = "BELOW"
