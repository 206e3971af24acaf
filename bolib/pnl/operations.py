"""The operations behind each figure of the day, each with its arithmetic in words."""

from decimal import Decimal

import pyarrow as pa

from bolib.day import Day
from bolib.findings import shown

SCHEMA = pa.schema([
    ("date", pa.date32()), ("book", pa.string()), ("isin", pa.string()), ("component", pa.string()),
    ("kind", pa.string()), ("key", pa.string()), ("arithmetic", pa.string()),
    ("amount", pa.decimal128(18, 2)), ("currency", pa.string()),
    ("source_file", pa.string()), ("source_line", pa.int64()),
])

ZERO = Decimal("0.00")


def operations(day: Day) -> pa.Table:
    """Return one row an operation and component of the day: what happened, the sum it made, where it stands."""
    rows = [*_positions(day), *_deals(day), *_late(day), *_adjustments(day)]
    dated = [{"date": day.as_of, "kind": "", "key": "", "source_file": None, "source_line": None, **row} for row in rows]
    kept = [row for row in dated if row["amount"] is None or row["amount"] != ZERO]
    return pa.Table.from_pylist(kept, schema=SCHEMA).sort_by(
        [(name, "ascending") for name in ("book", "isin", "component", "key")]
    )


def _positions(day: Day) -> list[dict]:
    return [part for row in day.rows("explained") for part in _components(row)]


def _components(row: dict) -> list[dict]:
    """Return the effects on what was held the evening before."""
    held, unit = shown(row["q0"]), " %" if row["quotation"] == "PERCENT" else ""
    to_book = "" if row["price_currency"] == row["currency"] else f", at {_rate(row, 'before')}"
    base = {"book": row["book"], "isin": row["isin"], "currency": row["currency"], "kind": "POSITION", "key": row["isin"]}
    split = f" (after {shown(row['split_new'])} for {shown(row['split_old'])})" if row["split_new"] != row["split_old"] else ""
    price = f"{held} held{split}: {shown(row['price_before'])}{unit} → {shown(row['price_now'])}{unit}{to_book}"
    carry = f"{held} held: accrued {shown(row['accrued_before'])} → {shown(row['accrued_now'])}, coupon {shown(row['coupon_unit'])}"
    fx = f"value of {held} held: {_rate(row, 'before')} → {_rate(row, 'now')}"
    return [
        base | {"component": "PRICE", "arithmetic": price, "amount": row["price_effect"]},
        base | {"component": "CARRY", "arithmetic": carry, "amount": row["carry"]},
        base | {"component": "FX", "arithmetic": fx, "amount": row["fx"]},
        base | {"component": "DIVIDEND", "arithmetic": f"{held} held × {shown(row['dividend_unit'])}", "amount": row["dividend"]},
        base | {
            "component": "CORPORATE_ACTION",
            "arithmetic": f"{held} held: capital {shown(row['capital_unit'])}, redemption {shown(row['redemption_unit'])}",
            "amount": row["corporate_action"],
        },
    ]


def _rate(row: dict, when: str) -> str:
    return f"{shown(row['book_rate_' + when])} {row['currency']} / {shown(row['rate_' + when])} {row['price_currency']} per EUR"


def _deals(day: Day) -> list[dict]:
    return [part for row in day.rows("deals_today") for part in _deal(row)]


def _deal(row: dict) -> list[dict]:
    """Return what a deal of the day brought: against the close, and its costs."""
    verb = ("bought" if row["quantity"] > 0 else "sold") if row["kind"] == "TRADE" else "transferred"
    base = {name: row[name] for name in ("book", "isin", "currency", "source_file", "source_line")}
    base |= {"kind": row["kind"], "key": f"{row['trade_id']} v{row['version']}"}
    new = f"{verb} {shown(abs(row['quantity']))} at {shown(row['dealt_price'])}, close {shown(row['price'])}, cash {shown(row['cash_gross'])}"
    return [
        base | {"component": "NEW", "arithmetic": new, "amount": None},
        base | {"component": "CARRY", "arithmetic": f"accrued interest {verb}", "amount": row["cash_accrued"]},
        base | {"component": "FEES", "arithmetic": "fees booked", "amount": row["cash_fees"]},
        base | {"component": "TAXES", "arithmetic": "taxes booked", "amount": row["cash_taxes"]},
    ]


def _late(day: Day) -> list[dict]:
    return [
        {name: row[name] for name in ("book", "isin", "component", "currency", "source_file", "source_line")}
        | {
            "kind": row["action"],
            "key": f"{row['trade_id']} v{row['version']}",
            "arithmetic": f"{row['action']} of {row['trade_date']} known today: {row['side']} {shown(row['quantity'])} at {shown(row['price'])}",
            "amount": None,
        }
        for row in day.rows("late_today")
    ]


def _adjustments(day: Day) -> list[dict]:
    rows = day.engine.query("select * from adjustments where date = $as_of", as_of=day.as_of).to_pylist()
    return [
        {name: row[name] for name in ("book", "amount", "currency", "source_file", "source_line")}
        | {"component": "ADJUST", "isin": None, "kind": "ADJUSTMENT", "key": row["adjustment_id"],
           "arithmetic": f"{row['reason']} — {row['author']}, approved by {row['approver'] or 'nobody'}"}
        for row in rows
    ]
