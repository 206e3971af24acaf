"""One cause, one alert: what is said of a deal, its cash, its position, its entries and its book's result.

A finding belongs to the deal it names, or whose instruction or entry it names. Two that name no deal are followed
further, to a deal the two offices do not hold alike: a position whose difference is exactly what they dispute, as twice
the quantity of a deal the wrong way round; and a result apart from its estimate mostly by what that makes of it, or by
an adjustment found already.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bolib.day import Day
from bolib.findings import Breach

FLOW = ("COH", "DUP", "ORD", "CON", "FUN", "NOSTRO", "DEPOT", "JRN")
"""Subjects in the order in which a mistake shows: the deal, its order, its operation, cash, position and entries."""

OBJECTS = ("trade_id", "object_id", "loan_id", "authorisation_id", "operation_id", "payment_id")
"""Columns in which a control's finding names the object it is about."""

LINKS = ("event_id", "instruction_id")
"""Columns that name an instruction, and by it a deal."""

RESULT = "PNL-02"
"""The control of the daily P&L that holds a result against its estimate."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Causes:
    """What controls found already: the first finding about each name, and all findings about each deal."""

    found: dict[str, str] = field(default_factory=dict)
    deals: dict[str, list[Breach]] = field(default_factory=dict)

    def first(self, deal: str) -> str:
        """Return the first finding about a deal, as it is told."""
        return told(self.deals[deal][0])


def told(breach: Breach) -> str:
    """Return a finding as a cause is told."""
    return f"{breach.control.id} {breach.key}"


def causes(day: Day, breaches: list[Breach], most: int) -> Causes:
    """Return what was found of each name and deal, positions that follow from one deal under that deal's first finding.

    A control with more than `most` findings is left out: what holds for half a table explains no record of it.
    """
    count = Counter(breach.control.id for breach in breaches)
    few = sorted((breach for breach in breaches if count[breach.control.id] <= most), key=flow)
    found: dict[str, str] = {}
    for breach in few:
        for name in names(breach):
            found.setdefault(name, told(breach))
    known = Causes(found, _by_deal(day, few))
    for deal, about in known.deals.items():
        found[deal] = known.first(deal)
        found.update({breach.key: known.first(deal) for breach in about if breach.key not in known.deals})
    _follow_positions(day, known, {breach.key: breach for breach in few if breach.control.id.startswith("DEPOT")})
    return known


def flow(breach: Breach) -> tuple:
    """Return where in the flow of a deal a finding shows; a subject not of the flow comes last."""
    subject = breach.control.id.partition("-")[0]
    return FLOW.index(subject) if subject in FLOW else len(FLOW), breach.control.id, breach.key


def names(breach: Breach) -> list[str]:
    """Return what a finding names: objects in its columns, an entry, its key and each word of it."""
    named = [str(breach.row[name]) for name in (*OBJECTS, *LINKS) if breach.row.get(name) is not None]
    if breach.row.get("journal_code") and breach.row.get("entry_no"):
        named.append(f"{breach.row['journal_code']} {breach.row['entry_no']}")
    return [*named, breach.key, *breach.key.split()]


def _by_deal(day: Day, breaches: list[Breach]) -> dict[str, list[Breach]]:
    """Return the findings about each deal, in the order given."""
    deals = _deals(day, {name for breach in breaches for name in names(breach)})
    found: dict[str, list[Breach]] = defaultdict(list)
    for breach in breaches:
        for deal in sorted({deals[name] for name in names(breach) if name in deals}):
            found[deal].append(breach)
    return dict(found)


def _deals(day: Day, wanted: set[str]) -> dict[str, str]:
    """Return the deal of each name that is one, or an instruction of one."""
    found: dict[str, str] = {}
    for table, name in (("trades", "trade_id"), ("bookings", "trade_id"), ("settlements", "instruction_id")):
        rows = day.engine.query(f"select distinct {name} as name, trade_id from {table}")
        rows = rows.filter(pc.is_in(rows["name"], pa.array(sorted(wanted), pa.string())))
        found.update(zip(rows["name"].to_pylist(), rows["trade_id"].to_pylist(), strict=True))
    return {name: deal for name, deal in found.items() if deal is not None}


def _follow_positions(day: Day, known: Causes, breaks: dict[str, Breach]) -> None:
    """Put a position under the one disputed deal, found already, that explains what is left over of it."""
    disputed: dict[str, set[str]] = defaultdict(set)
    for row in day.rows("disputed_positions"):
        if row["trade_id"] in known.deals:
            disputed[row["position"]].add(row["trade_id"])
    for position, deals in sorted(disputed.items()):
        if len(deals) == 1 and position in breaks:
            [deal] = deals
            known.found[position] = known.first(deal)
            known.deals[deal].append(breaks[position])
            known.deals[deal].sort(key=flow)


def follow_results(day: Day, known: Causes, rows: Iterable[Row], rates: dict[str, Decimal]) -> None:
    """Put a result apart from its estimate under what was found already and makes more than half of it, if one does."""
    told = [row for row in rows if row["kind"] == "RESULT"]
    made = _made(day, known) if told else {}
    for row in told:
        whole = _euros(row, rates)
        left = {item["name"]: abs(whole - _euros(item, rates)) for item in made.get(row["object"], ())}
        nearest = min(sorted(left), key=left.__getitem__, default=None)
        if nearest and left[nearest] * 2 < abs(whole):
            known.found[row["object"]] = known.found[nearest]


def _made(day: Day, known: Causes) -> dict[str, list[Row]]:
    """Return by day and book what disputed deals and adjustments found already make of the result."""
    deals = [row | {"name": row["trade_id"], "date": row["trade_date"]} for row in day.rows("disputed_worth")]
    adjustments = [row | {"name": row["adjustment_id"]} for row in day.rows("adjustments")]
    found: dict[str, list[Row]] = defaultdict(list)
    for row in (*deals, *adjustments):
        if row["name"] in known.found and row["amount"] is not None:
            found[f"{row['date']} {row['book']}"].append(row)
    return found


def _euros(row: Row, rates: dict[str, Decimal]) -> Decimal:
    """Return an amount in euro, to compare it with another and nothing else; as it is where no rate is known."""
    return row["amount"] / rates.get(row["currency"], Decimal(1))


def todays_results(day: Day, known: Causes) -> dict[str, tuple[str, str]]:
    """Return of each disputed deal of the day found already its book and what it makes of the result of the day.

    The result itself is the daily P&L's, made beside this report; yesterday's, once published, is judged as an alert.
    """
    estimated = {row["book"] for row in day.rows("pnl_flash") if row["date"] == day.as_of}
    return {
        row["trade_id"]: (
            row["book"],
            f"what the offices dispute of it makes {row['amount']:+,.2f} {row['currency']} of the day's result of "
            f"{row['book']}, which the daily P&L holds against the front office's estimate",
        )
        for row in day.rows("disputed_worth")
        if row["trade_date"] == day.as_of
        and row["amount"]
        and row["book"] in estimated
        and row["trade_id"] in known.deals
    }


def members(known: Causes, alerts: list[Row], results: dict[str, tuple[str, str]]) -> list[Row]:
    """Return for each deal of which several controls say something what they say, the earliest first.

    `results`: what deals of the day make of the result of their book, which comes last.
    """
    found = []
    for deal, about in sorted(known.deals.items()):
        said = [(breach.control.id, breach.control.title, breach.key) for breach in about]
        said += [
            (row["control"], row["sentence"], f"{row['key']} {row['kind']}")
            for row in alerts
            if row["place"] == "GROUPED" and row["cause"] == known.first(deal)
        ]
        if deal in results:
            book, words = results[deal]
            said.append((RESULT, words, book))
        if len({control for control, _, _ in said}) > 1:
            found += [
                {"object": deal, "rank": rank, "control": control, "key": key, "sentence": words}
                for rank, (control, words, key) in enumerate(said, 1)
            ]
    return found
