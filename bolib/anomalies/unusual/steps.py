"""What the waterfall of a residual is drawn from: what was expected, built up part by part, and what was seen."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bolib.day import Day
from bolib.results import earlier_days, read
from bolib.valuation import QUANTITY

STEPS = pa.schema(
    [
        ("alert_id", pa.string()),
        ("rank", pa.int64()),
        ("label", pa.string()),
        ("amount", QUANTITY),
        *((name, pa.bool_()) for name in ("level", "marked")),
    ]
)
"""`level`: what has been reached, else what is added; `marked`: what nothing explains."""

MOST = 6
"""Movements drawn apart, the largest; the rest as one."""

PLACES = ("SHOWN", "GROUPED")
"""Alerts drawn: what is grouped stays a row of its group, and its arithmetic explains it."""

Row = dict[str, Any]
Step = tuple[str, Decimal, bool, bool]


def steps(day: Day, alerts: list[Row]) -> pa.Table:
    """Return the steps of each position, instalment and result that is not what is expected of it."""
    told = [row for row in alerts if row["place"] in PLACES and row["kind"] in WAYS]
    rows = []
    for row in told:
        for rank, (label, amount, level, marked) in enumerate(WAYS[row["kind"]](day, row), 1):
            one = {"alert_id": row["alert_id"], "rank": rank, "label": label, "amount": amount}
            rows.append(one | {"level": level, "marked": marked})
    return pa.Table.from_pylist(rows, schema=STEPS)


def _position(day: Day, row: Row) -> Iterator[Step]:
    """Stated the evening before, what settled, what clients moved, expected, left over, stated."""
    [held] = day.engine.query("select * from rolled_worth where key = $key", key=row["key"]).to_pylist()
    yield f"stated on {held['before']:%-d %B}", held["theirs_before"], True, False
    moves = _moves(day, held)
    for reference, quantity in moves[:MOST]:
        yield reference, quantity, False, False
    rest = sum((quantity for _, quantity in moves[MOST:]), Decimal(0))
    if rest:
        yield f"{len(moves) - MOST} more", rest, False, False
    clients = held["expected"] - held["theirs_before"] - sum((quantity for _, quantity in moves), Decimal(0))
    if clients:
        yield "clients", clients, False, False
    yield "expected", held["expected"], True, False
    yield "not explained", held["residual"], False, True
    yield f"stated on {held['evening']:%-d %B}", held["theirs"], True, False


def _moves(day: Day, held: Row) -> list[tuple[str, Decimal]]:
    """Return what settled between the two evenings, of what the position is judged by, the largest first."""
    text = "select reference, quantity from settled_moves where account = $account and isin = $isin and evening = $day"
    bound = {"account": held["account"], "isin": held["isin"], "day": held["evening"], "known_by": held["known_by"]}
    found = day.engine.query(f"{text} and known_on <= $known_by", **bound).to_pylist()
    found.sort(key=lambda move: (-abs(move["quantity"]), move["reference"]))
    return [(move["reference"], move["quantity"]) for move in found]


def _instalment(day: Day, row: Row) -> Iterator[Step]:
    """Interest and principal by the schedule, due, what is asked beyond each, asked."""
    [asked] = day.engine.query("select * from loan_schedules where key = $key", key=row["key"]).to_pylist()
    parts = ("interest", "principal")
    for name in parts:
        yield f"{name} by the schedule", asked[f"due_{name}"], False, False
    yield "due", sum(asked[f"due_{name}"] for name in parts), True, False
    for name in parts:
        if asked[name] != asked[f"due_{name}"]:
            yield f"{name} beyond it", asked[name] - asked[f"due_{name}"], False, True
    yield "asked", sum(asked[name] for name in parts), True, False


def _result(day: Day, row: Row) -> Iterator[Step]:
    """The components of the official result as it was published, the result, what is apart, the estimate."""
    date, _, book = row["key"].partition(" ")
    lines = _published(day, date, book)
    for component in sorted(lines, key=lambda name: -abs(lines[name])):
        yield component.replace("_", " ").lower(), lines[component], False, False
    [told] = day.engine.query(
        "select total, flash, difference from published_books where cast(date as string) = $date and book = $book",
        date=date,
        book=book,
    ).to_pylist()
    yield "official result", told["total"], True, False
    yield "not explained", -told["difference"], False, True
    yield "estimate", told["flash"], True, False


def _published(day: Day, date: str, book: str) -> dict[str, Decimal]:
    """Return the components of a book's result as its day was published, those of nothing left out."""
    folders = [folder for folder in earlier_days(day.history, day.as_of) if folder.parent.name == date]
    rows = read(folders[0], "pnl_lines") if folders else None
    if rows is None:
        return {}
    rows = rows.filter(pc.and_(pc.equal(rows["book"], book), pc.equal(rows["date"].cast(pa.string()), date)))
    sums: dict[str, Decimal] = {}
    for line in rows.select(["component", "amount"]).to_pylist():
        sums[line["component"]] = sums.get(line["component"], Decimal(0)) + line["amount"]
    return {component: amount for component, amount in sums.items() if amount}


WAYS = {"POSITION": _position, "SCHEDULE": _instalment, "RESULT": _result}
"""How what is expected is built up, by kind of alert."""
