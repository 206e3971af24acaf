"""What a position that does not agree may be: its class, since when, and in words why; all that is true is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from bolib.day import Day
from bolib.holdings.units import growth, written
from bolib.valuation.exact import QUANTITY

CLASSES = (
    *("DUPLICATE", "COMPENSATING", "MISSING_THEIRS", "MISSING_OURS", "TIMING"),
    *("CORPORATE_ACTION", "WRONG_SIDE", "ROUNDING", "REFERENCE_DATA", "UNKNOWN"),
)
"""In the order in which the first that is true gives the class."""

RETURNS = {"LENT": "lent until {}, may not have come back", "BORROWED": "borrowed until {}, may still stand there"}
"""What may be of a loan whose whole quantity is left over after its end."""

SCHEMA = pa.schema([
    ("account", pa.string()), ("isin", pa.string()), ("class", pa.string()), ("residual", QUANTITY),
    ("since", pa.date32()), ("age_days", pa.int64()), ("explanation", pa.string()), ("arithmetic", pa.string()),
])  # fmt: skip

Evening = tuple[date, dict[str, Decimal]]
"""The day, and what was left over on it by ISIN."""


@dataclass(frozen=True)
class Facts:
    """What is known of positions that do not agree: rows of `depot`, `depot_suspects`, `known_events`, `loans_out`."""

    positions: list[dict]
    suspects: list[dict]
    events: list[dict]
    linked: set[str]
    loans: list[dict]


def add_breaks(day: Day) -> None:
    """Add `depot_classes`: each position that does not agree, with its class, its age and what may explain it."""
    positions = day.engine.query("select * from depot where residual <> 0").to_pylist()
    linked = {row["account"] for row in day.rows("account_books")}
    loans = [row for row in day.rows("loans_out") if row["outright"]]
    facts = Facts(positions, day.rows("depot_suspects"), day.rows("known_events"), linked, loans)
    history = _history(day)
    before = {(row["account"], row["isin"]): row for row in day.rows("carried_holdings")}
    rows = []
    for position in positions:
        known = before.get((position["account"], position["isin"]))
        first = since(position, history[position["account"]], known)
        rows.append(_row(day, position, facts, first))
    day.engine.add("depot_classes", pa.Table.from_pylist(rows, schema=SCHEMA))


def _row(day: Day, position: dict, facts: Facts, first: date) -> dict:
    found = sorted(causes(position, facts), key=lambda cause: CLASSES.index(cause[0]))
    return {
        **{name: position[name] for name in ("account", "isin", "residual", "arithmetic")},
        "class": found[0][0],
        "since": first,
        "age_days": day.business_days(first, day.as_of),
        "explanation": "; ".join(words for _, words in found),
    }


def _history(day: Day) -> dict[str, list[Evening]]:
    """Return by account its evenings, the last first, each with what was left over by security."""
    left: dict[tuple, dict[str, Decimal]] = {}
    for row in day.engine.query(
        "select account, evening, isin, residual from depot_explained where residual <> 0"
    ).to_pylist():
        left.setdefault((row["account"], row["evening"]), {})[row["isin"]] = row["residual"]
    found: dict[str, list[Evening]] = {}
    for row in sorted(day.rows("depot_evenings"), key=lambda row: row["rank"]):
        found.setdefault(row["account"], []).append((row["evening"], left.get((row["account"], row["evening"]), {})))
    return found


def since(position: dict, evenings: list[Evening], before: dict | None = None) -> date:
    """Return the first of the evenings, without a gap up to the last, on which the same was left over.

    Where that is all of them, `before`, what the last publication said of it, reaches further back.
    """
    first = position["evening"]
    for evening, left in evenings:
        if left.get(position["isin"]) != position["residual"]:
            return first
        first = evening
    if before and before["residual"] == position["residual"]:
        return min(first, before["since"])
    return first


def causes(position: dict, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield (class, words) of everything that may explain a position that does not agree."""
    found = [
        *_by_delivery(position, facts.suspects),
        *_by_loan(position, facts.loans),
        *_compensating(position, facts),
        *_missing(position, facts.linked),
        *_by_event(position, facts.events),
    ]
    yield from found or [("UNKNOWN", "no delivery, event or other position has this quantity")]


def _by_delivery(position: dict, suspects: list[dict]) -> Iterator[tuple[str, str]]:
    for one in suspects:
        if (one["account"], one["isin"]) != (position["account"], position["isin"]):
            continue
        settled = one["settled_on"] is not None and one["settled_on"] <= position["evening"]
        same_way = one["sign"] == one["direction"]
        if one["twice"]:
            yield from _wrong_side(one) if settled and not same_way else ()
        elif settled and same_way:
            yield "DUPLICATE", f"{one['reference']} of {_units(one['quantity'])} may stand there twice"
        elif settled:
            yield "MISSING_THEIRS", f"{one['reference']} settled here on {one['settled_on']}, and may not have there"
        elif same_way:
            yield "TIMING", f"{one['reference']}, pending here, may have settled there"


def _by_loan(position: dict, loans: list[dict]) -> Iterator[tuple[str, str]]:
    for one in loans:
        if (one["account"], one["isin"]) == (position["account"], position["isin"]):
            yield "TIMING", f"{one['loan_ref']}, {RETURNS[one['direction']].format(one['to_date'])}"


def _wrong_side(one: dict) -> Iterator[tuple[str, str]]:
    yield "WRONG_SIDE", f"{one['reference']} of {_units(one['quantity'])} may stand here the wrong way round"


def _compensating(position: dict, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the positions whose difference undoes this one: elsewhere, or under another ISIN of the same account."""
    for other in facts.positions:
        same_account, same_isin = other["account"] == position["account"], other["isin"] == position["isin"]
        opposite = other["residual"] == -position["residual"]
        if same_isin and not same_account and opposite:
            yield "COMPENSATING", f"the opposite in {other['account']}"
        elif same_account and not same_isin:
            event = _exchange(position, other, facts.events)
            if event:
                ratio = f"{event['ratio_new'].normalize():f} for {event['ratio_old'].normalize():f}"
                yield (
                    "COMPENSATING",
                    f"{event['ca_id']} exchanges it {ratio} for {other['isin']}, booked by one side alone",
                )
            elif opposite:
                yield "COMPENSATING", f"the opposite in {other['isin']}, on which it may be booked"


def _exchange(one: dict, other: dict, events: list[dict]) -> dict | None:
    """Return the event that turns one security into the other in the ratio of their differences, to the unit."""
    for event in events:
        old, new = (one, other) if event["isin"] == one["isin"] else (other, one)
        if (
            (event["isin"], event["new_isin"]) == (old["isin"], new["isin"])
            and event["ratio_new"]
            and event["ratio_old"]
        ):
            left = Fraction(old["residual"]) * Fraction(event["ratio_new"]) / Fraction(event["ratio_old"])
            if old["residual"] and abs(left + Fraction(new["residual"])) < 1:
                return event
    return None


def _missing(position: dict, linked: set[str]) -> Iterator[tuple[str, str]]:
    ours = any(position[name] for name in ("dealt", "receipts", "deliveries", "clients"))
    if not ours:
        yield "MISSING_OURS", "nothing of it in our records"
        if position["account"] not in linked:
            yield "REFERENCE_DATA", f"{position['account']} is linked to no book and no client"
    elif not position["theirs"]:
        yield "MISSING_THEIRS", "nothing of it in their statement"


def _by_event(position: dict, events: list[dict]) -> Iterator[tuple[str, str]]:
    theirs = Fraction(position["theirs"])
    ours = theirs - Fraction(position["residual"])
    for event in events:
        factor = (
            growth(event) if event["isin"] == position["isin"] and event["ex_date"] <= position["evening"] else None
        )
        if factor is None:
            continue
        if theirs and theirs * factor == ours:
            yield "CORPORATE_ACTION", f"{event['ca_id']} is booked here and not there"
        elif ours and ours * factor == theirs:
            yield "CORPORATE_ACTION", f"{event['ca_id']} is booked there and not here"
        elif abs(position["residual"]) < 1:
            yield "ROUNDING", f"a fraction of a unit from {event['ca_id']}, paid in cash"


def _units(quantity: Decimal) -> str:
    return written(int(quantity.scaleb(6)))
