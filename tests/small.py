"""A day made of a few drawn rows, for P&L known answers that a reader can check by hand."""

import datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
from drawn import drawn

from bolib.control import catalogue
from bolib.day import Day, filled
from bolib.engine import open_engine
from bolib.findings import with_thresholds
from bolib.pnl import STEPS, compute
from bolib.rulebook import load_rulebook
from bolib.tables import TABLES
from bolib.views import complete

PARAMETERS = Path(__file__).parent.parent / "parameters"
PLAIN = {
    "cut_off": "19:00",
    "time_zone": "Europe/Paris",
    "rebuild_days": 260,
    "price_sources": ["CLOSE"],
    "short_books": [],
}
DEAL = {
    "version": 1,
    "action": "NEW",
    "trader": "ann",
    "currency": "EUR",
    "fees": Decimal("0.00"),
    "taxes": Decimal("0.00"),
    "counterparty": "LEI",
    "entered_by": "ann",
}

BOOKS = """
    book | desk | trader | currency | cost_method | fees_in_cost
    CASH | EQ   | ann    | EUR      | FIFO        | false
    MEAN | EQ   | bob    | EUR      | PMP         | true
"""
SHARE = """
    isin | name | asset_class | currency | quotation | multiplier
    A    | Ay   | EQUITY      | EUR      | UNIT      | 1
"""
PRICES = """
    date       | isin | price | currency
    2026-03-27 | A    | 11    | EUR
    2026-03-30 | A    | 12    | EUR
    2026-03-31 | A    | 12.50 | EUR
"""
OPENING = """
    book | isin | trade_id | opened_on  | quantity | cost    | currency
    CASH | A    | T0       | 2026-01-05 | 100      | 1000.00 | EUR
"""


def small_day(as_of: str, history: Path | None = None, **tables: str) -> Day:
    """Return the day of the drawn tables; deals are given their usual columns where not drawn."""
    rows = {name: complete(TABLES[name], drawn(name, text)) for name, text in tables.items()}
    if "trades" in rows:
        rows["trades"] = _usual(rows["trades"])
    if "prices" in rows:
        rows["prices"] = _filled_in(rows["prices"], {"source": "CLOSE"})
    day = datetime.date.fromisoformat(as_of)
    loaded = SimpleNamespace(tables=rows, rows=sum(map(len, rows.values())), proven=True, heads=[])
    return Day(
        report="pnl",
        as_of=day,
        engine=filled(open_engine(rows=loaded.rows), loaded, day),
        loaded=loaded,
        parameters=dict(PLAIN),
        rulebook=load_rulebook(PARAMETERS / "rulebook"),
        controls=with_thresholds(catalogue("pnl"), {}),
        results=None,
        history=history,
        notice="",
        proven=True,
    )


def _usual(deals: pa.Table) -> pa.Table:
    """Return deals with net and gross as their price makes them, entered at noon of the trade date."""
    noon = [datetime.datetime.combine(day, datetime.time(12)) for day in deals["trade_date"].to_pylist()]
    filled_in = _filled_in(deals, {**DEAL, "traded_at": noon, "entered_at": noon})
    gross = [
        given if given is not None else quantity * price
        for given, quantity, price in zip(
            *(filled_in[name].to_pylist() for name in ("gross_amount", "quantity", "price")), strict=True
        )
    ]
    return _filled_in(filled_in, {"gross_amount": [amount.quantize(Decimal("0.01")) for amount in gross]})


def _filled_in(rows: pa.Table, defaults: dict) -> pa.Table:
    for name, usual in defaults.items():
        usual = usual if isinstance(usual, list) else [usual] * rows.num_rows
        values = [
            value if value is not None else other for value, other in zip(rows[name].to_pylist(), usual, strict=True)
        ]
        rows = rows.set_column(rows.schema.get_field_index(name), name, pa.array(values, rows.schema.field(name).type))
    return rows


def lines(day: Day, date: str, book: str | None = None, steps: tuple = STEPS) -> dict[str, str]:
    """Return component → amount of a date, as text, summed over instruments."""
    compute(day, steps)
    found: dict[str, Decimal] = {}
    for row in day.rows("pnl_lines"):
        if row["date"].isoformat() == date and book in (None, row["book"]):
            found[row["component"]] = found.get(row["component"], Decimal(0)) + row["amount"]
    return {name: str(amount) for name, amount in sorted(found.items()) if amount}


def book(day: Day, date: str, name: str) -> dict[str, str]:
    """Return total, realised and unrealised of a book, as text; call `lines` or `compute` first."""
    row = next(row for row in day.rows("pnl_books") if row["date"].isoformat() == date and row["book"] == name)
    return {column: str(row[column]) for column in ("total", "realised", "unrealised")}
