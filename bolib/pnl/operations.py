"""The operations behind each figure of the day, each with its arithmetic in words."""

from collections import Counter
from decimal import Decimal

import pyarrow as pa

from bolib.day import Day
from bolib.findings import shown
from bolib.tables.results import RESULTS
from bolib.views import result_schema

SCHEMA = result_schema(RESULTS["operations"])
HELD = {
    "PRICE": ("price_effect", "{q0} held{split}: {price_before}{unit} → {price_now}{unit}{at}"),
    "CARRY": ("carry", "{q0} held: accrued {accrued_before} → {accrued_now}{unit}, coupon {coupon_unit}{unit}"),
    "FX": ("fx", "value of {q0} held: {before} → {now}"),
    "DIVIDEND": ("dividend", "{q0} held × {dividend_unit}{at_now}"),
    "CORPORATE_ACTION": (
        "corporate_action",
        "{q0} held: capital {capital_unit}{unit}, redemption {redemption_unit}{unit}",
    ),
}
"""Component → column of `explained`, and how its figures are told."""

DEALT = {
    "NEW": ("margin", "{verb} {quantity} at {dealt_price}, close {price}, cash {cash_gross} {currency}"),
    "CARRY": ("carry", "accrued interest {cash_accrued} {currency} {verb} with {quantity}, against that of the close"),
    "FEES": ("cash_fees", "fees booked with {quantity} {verb}"),
    "TAXES": ("cash_taxes", "taxes booked with {quantity} {verb}"),
}
"""Component → column of `deals_valued_today`, and how its figures are told."""


def operations(day: Day) -> pa.Table:
    """Return one row an operation and component of the day: what happened, the sum it made, where it stands."""
    rows = [*_positions(day), *_deals(day), *_late(day), *_adjustments(day)]
    rows += _rounding(day, rows)
    kept = [row | {"date": day.as_of} for row in rows if row["amount"] is None or row["amount"] != Decimal(0)]
    order = [(name, "ascending") for name in ("book", "isin", "component", "key", "kind")]
    return pa.Table.from_pylist(kept, schema=SCHEMA).sort_by(order)


def _row(component: str, kind: str, key: str, arithmetic: str, amount: Decimal | None, of: dict) -> dict:
    where = {name: of.get(name) for name in ("book", "isin", "currency", "source_file", "source_line")}
    return where | {"component": component, "kind": kind, "key": key, "arithmetic": arithmetic, "amount": amount}


def _positions(day: Day) -> list[dict]:
    """Return the effects on what was held the evening before."""
    return [
        _row(component, "POSITION", row["isin"], text.format_map(_words(row)), row[column], row)
        for row in day.rows("explained")
        for component, (column, text) in HELD.items()
    ]


def _words(row: dict) -> dict[str, str]:
    """Return the figures of a position as they are read, the rates and the split in words."""
    words = {name: shown(value) for name, value in row.items()}
    words |= {when: _rate(words, when) for when in ("before", "now")}
    split = f" (after {words['split_new']} for {words['split_old']})" if row["split_new"] != row["split_old"] else ""
    same = row["price_currency"] == row["currency"]
    at, at_now = ("", "") if same else (f", at {words['before']}", f", at {words['now']}")
    return words | {"split": split, "at": at, "at_now": at_now, "unit": " %" if row["quotation"] == "PERCENT" else ""}


def _rate(words: dict[str, str], when: str) -> str:
    own, other = words[f"book_rate_{when}"], words[f"rate_{when}"]
    return f"{own} {words['currency']} / {other} {words['price_currency']} per EUR"


def _deals(day: Day) -> list[dict]:
    """Return what each deal of the day brought: against the close, and its costs."""
    return [
        _row(component, row["kind"], f"{row['trade_id']} v{row['version']}", text.format_map(words), row[column], row)
        for row in day.rows("deals_valued_today")
        for words in [{name: shown(value) for name, value in row.items()} | _verb(row)]
        for component, (column, text) in DEALT.items()
    ]


def _verb(row: dict) -> dict[str, str]:
    verb = ("bought" if row["quantity"] > 0 else "sold") if row["kind"] == "TRADE" else "transferred"
    return {"verb": verb, "quantity": shown(abs(row["quantity"]))}


def _late(day: Day) -> list[dict]:
    """Return the versions of earlier deals that became known today.

    Their effect is known by instrument: one that came alone has it, several together share it.
    """
    rows = day.rows("late_today")
    alone = Counter(_place(row) for row in rows)
    effects = {_place(row): row["amount"] for row in _lines(day)}
    return [
        _row(
            row["component"],
            row["action"],
            f"{row['trade_id']} v{row['version']}",
            _late_words(row),
            effects.get(_place(row)) if alone[_place(row)] == 1 else None,
            row,
        )
        for row in rows
    ]


def _place(row: dict) -> tuple:
    return row["book"], row["isin"], row["component"]


def _lines(day: Day) -> list[dict]:
    return day.engine.query("select * from pnl_lines where date = $as_of", as_of=day.as_of).to_pylist()


def _rounding(day: Day, rows: list[dict]) -> list[dict]:
    """Return the cents between a component, rounded once, and its operations, rounded one by one."""
    sums, unknown = Counter(), {_place(row) for row in rows if row["amount"] is None}
    for row in rows:
        sums[_place(row)] += row["amount"] or Decimal(0)
    words = "cents of rounding between the operations and their sum"
    return [
        _row(line["component"], "ROUNDING", "", words, line["amount"] - sums[_place(line)], line)
        for line in _lines(day)
        if _place(line) in sums.keys() - unknown and line["amount"] != sums[_place(line)]
    ]


def _late_words(row: dict) -> str:
    deal = f"{row['side']} {shown(row['quantity'])} at {shown(row['price'])} of {row['trade_date']}"
    return f"{row['action']} known today: {deal}"


def _adjustments(day: Day) -> list[dict]:
    rows = day.engine.query("select * from adjustments where date = $as_of", as_of=day.as_of).to_pylist()
    return [
        _row("ADJUST", "ADJUSTMENT", row["adjustment_id"], _adjustment_words(row), row["amount"], row) for row in rows
    ]


def _adjustment_words(row: dict) -> str:
    return f"{row['reason']}, by {row['author']}, approved by {row['approver'] or 'nobody'}"
