"""What the pictures of the alerts shown are drawn from: the counts around a pair, the amounts of a kind, the prices."""

import datetime
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa

from bolib.day import Day
from bolib.scoring.encoding import field
from bolib.valuation import PRICE

VIEWS = {
    "trades": "odd_trades",
    "journal": "odd_entries",
    "card_authorisations": "odd_cards",
    "events": "odd_events",
}

MOST = 5
"""Values drawn on each side of a pair, beside those of the alert."""

DAYS = 40
"""Days of prices drawn."""

POINTS = 200
"""Amounts drawn of a kind, the latest."""

COUNTS = pa.schema(
    [
        *((name, pa.string()) for name in ("alert_id", "field", "value", "other", "other_value")),
        ("count", pa.int64()),
        ("marked", pa.bool_()),
    ]
)
POINT = pa.schema([("alert_id", pa.string()), ("day", pa.date32()), ("value", PRICE), ("marked", pa.bool_())])


def counts(day: Day, shown: list[dict]) -> pa.Table:
    """Return around the pair of each alert how often each value of one field is seen with each of the other."""
    told = [row for row in shown if row["kind"] in ("RARE", "FIRST") and row["block"] in VIEWS]
    return pa.Table.from_pylist([cell for row in told for cell in _cells(day, row)], schema=COUNTS)


def _cells(day: Day, row: dict[str, Any]) -> Iterator[dict]:
    names = {name: None for side in (row["field"], row["other"]) for name in side.split(" + ")}
    text = f"select {', '.join(_quoted(name) for name in names)} from {VIEWS[row['block']]} where day <= $day"
    known = day.engine.query(text, day=row["day"])
    sides = [_values(known, row[side]) for side in ("field", "other")]
    company = Counter(zip(*sides, strict=True))
    drawn = [_drawn(values, row[side]) for values, side in zip(sides, ("value", "other_value"), strict=True)]
    for value in drawn[0]:
        for other in drawn[1]:
            mark = (value, other) == (row["value"], row["other_value"])
            yield {
                **{name: row[name] for name in ("alert_id", "field", "other")},
                "value": value,
                "other_value": other,
                "count": company[value, other] - mark,
                "marked": mark,
            }


def _quoted(name: str) -> str:
    return f'"{name}"'


def _values(known: pa.Table, side: str) -> list[str]:
    """Return what each record says in a field; of fields taken together, all of it."""
    fields = [field(name, known[name]) for name in side.split(" + ")]
    return [" / ".join(words) for words in zip(*(item.labels[item.codes] for item in fields), strict=True)]


def _drawn(values: list[str], own: str) -> list[str]:
    """Return the commonest values and, first, that of the alert."""
    common = sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
    return [own, *[value for value, _ in common if value != own][:MOST]]


def points(day: Day, shown: list[dict]) -> pa.Table:
    """Return the amounts of the kind of each alert of an amount, and the days before each of what is drawn by day."""
    rows = []
    for row in shown:
        if row["kind"] == "AMOUNT":
            rows += _amounts(day, row)
        elif row["kind"] in SERIES:
            rows += _series(day, row)
    return pa.Table.from_pylist(rows, schema=POINT)


AMOUNTS = """
select key, day, amount from odd_amounts
where block = $block and (kind = $kind or wider = $kind) and (day < $day or key = $key)
"""
PRICES = "select key, day, price as amount from odd_prices where key = $name"
RESULTS = "select key, day, amount from judged_results where kind = $name"
SCHEDULES = "select key, day, amount from loan_schedules where kind = $name and amount is not null"
SERIES = {"MOVE": PRICES, "STALE": PRICES, "RESULT": RESULTS, "SCHEDULE": SCHEDULES}
"""What is drawn day by day, by kind of alert."""


def _amounts(day: Day, row: dict[str, Any]) -> list[dict]:
    found = day.engine.query(AMOUNTS, block=row["block"], kind=row["other_value"], day=row["day"], key=row["key"])
    known = sorted(found.to_pylist(), key=lambda point: (point["day"], point["key"]))
    own = [point for point in known if point["key"] == row["key"]]
    rest = [point for point in known if point["key"] != row["key"]][-POINTS:]
    return [_point(row, point, point["key"] == row["key"]) for point in [*rest, *own]]


def _series(day: Day, row: dict[str, Any]) -> list[dict]:
    found = day.engine.query(SERIES[row["kind"]], name=row["other_value"]).to_pylist()
    known = sorted(found, key=lambda point: point["day"])[-DAYS:]
    return [_point(row, point, _marked(row, point["day"])) for point in known]


def _marked(row: dict[str, Any], day: datetime.date) -> bool:
    return day == row["day"] if row["kind"] != "STALE" else row["key"].endswith(str(day)) or day > _since(row)


def _since(row: dict[str, Any]) -> datetime.date:
    return datetime.date.fromisoformat(row["key"].rsplit(" ", 1)[1])


def _point(row: dict[str, Any], point: dict[str, Any], marked: bool) -> dict:
    value = point["amount"] if point["amount"] is not None else Decimal(0)
    return {"alert_id": row["alert_id"], "day": point["day"], "value": value, "marked": marked}
