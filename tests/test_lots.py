"""Lots: known answers, a queue of fractions as slow twin, and what must never change."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
from bolib.lots import COLUMNS, match_lots
from hypothesis import given, settings
from hypothesis import strategies as st
from queue_of_lots import queue_of_lots

LEGS = pa.schema(
    [("state", pa.int64())]
    + [(name, pa.string()) for name in ("isin", "book", "method")]
    + [("day", pa.int64()), ("seq", pa.int64()), ("kind", pa.string()), ("trade_id", pa.string())]
    + [("opened_on", pa.date32()), ("quantity", pa.decimal128(18, 6)), ("amount", pa.decimal128(18, 2))]
    + [("to_book", pa.string()), ("to_amount", pa.decimal128(18, 2)), ("to_method", pa.string())]
    + [("ratio_new", pa.decimal128(18, 6)), ("ratio_old", pa.decimal128(18, 6))]
)
_DECIMAL = {"quantity": "0.000001", "amount": "0.01", "to_amount": "0.01", "ratio_new": "0.000001", "ratio_old": "0.000001"}


def legs(drawn: str, **every: object) -> pa.Table:
    """Return legs drawn as a table; `-` is a missing value, `every` a column the same in all rows."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    rows = [{"state": 0, "isin": "X", "book": "A", "method": "FIFO"} | every | _row(header, line) for line in lines]
    for number, row in enumerate(rows):
        row.setdefault("seq", number)
        row.setdefault("day", number)
        row.setdefault("kind", "TRADE")
        row.setdefault("trade_id", f"T{number}")
        row.setdefault("opened_on", date(2026, 1, 1 + row["day"]))
    return pa.Table.from_pylist(rows, schema=LEGS)


def _row(header, line):
    cells = {name: cell for name, cell in zip(header, line, strict=True) if cell != "-"}
    for name, cell in cells.items():
        if name in _DECIMAL:
            cells[name] = Decimal(cell).quantize(Decimal(_DECIMAL[name]))
        elif name in ("day", "seq", "state"):
            cells[name] = int(cell)
    return cells


def rows(table: pa.Table, kind: str, *names: str) -> list[tuple]:
    """Return the rows of a kind as tuples of plain values."""
    return [tuple(row[name] for name in names) for row in table.to_pylist() if row["kind"] == kind]


def test_the_oldest_lot_closes_first():
    table = match_lots(legs("""
        quantity | amount
        100      | 1000
        50       | 600
        -120     | 1800"""))
    assert table.schema == COLUMNS
    matches = rows(table, "MATCH", "open_trade_id", "close_trade_id", "quantity", "cost", "proceeds", "result")
    assert matches == [("T0", "T2", 100, 1000, 1500, 500), ("T1", "T2", 20, 240, 300, 60)]
    assert rows(table, "LOT", "open_trade_id", "opened_on", "quantity", "cost") == [("T1", date(2026, 1, 2), 30, 360)]
    positions = rows(table, "POSITION", "day", "until_day", "quantity", "cost", "result")
    assert positions == [(0, 1, 100, 1000, 0), (1, 2, 150, 1600, 0), (2, 99999999, 30, 360, 560)]


BOOKS = {"A": "FIFO", "B": "PMP", "C": "FIFO", "D": "PMP"}
ABROAD = ("C", "D")
"""Books in another currency than A and B."""

_QUANTITY = st.one_of(st.integers(1, 9), st.integers(1, 400), st.decimals("0.000001", "9", places=6)).map(Decimal)
_SPLIT = st.sampled_from([(7, 1), (1, 3), (Decimal("1.05"), 1), (2, 3)])


@st.composite
def histories(draw) -> list[dict]:
    """Return the events of two instruments and two states of knowledge, in order of time."""
    rows, day = [], 0
    for seq in range(draw(st.integers(1, 30))):
        day += draw(st.integers(0, 1))
        kinds = ["TRADE"] * 6 + ["TRANSFER"] * 3 + ["SPLIT", "REDEEM", "OPEN"]
        book, kind = draw(st.sampled_from("ABCD")), draw(st.sampled_from(kinds))
        row = {"state": draw(st.integers(0, 1)), "isin": draw(st.sampled_from("XY")), "book": book, "method": BOOKS[book]}
        row |= {"day": day, "seq": seq, "kind": kind, "trade_id": f"T{seq}", "opened_on": date.fromordinal(740000 + day)}
        rows.append(row | _details(draw, kind, book))
    return rows


def _details(draw, kind: str, book: str) -> dict:
    if kind == "SPLIT":
        new, old = draw(_SPLIT)
        return {"book": "", "method": None, "ratio_new": Decimal(new), "ratio_old": Decimal(old)}
    amount = Decimal(draw(st.integers(0, 100_000))) / 100
    if kind == "REDEEM":
        return {"amount": amount}
    details = {"quantity": draw(_QUANTITY) * draw(st.sampled_from([1, -1])), "amount": amount}
    if kind == "TRANSFER":
        other = draw(st.sampled_from("ABCD"))
        same = (book in ABROAD) == (other in ABROAD)
        to_amount = amount if same else round(amount * Decimal("1.0837"), 2)
        details |= {"to_book": other, "to_method": BOOKS[other], "to_amount": to_amount}
    return details


def matched(rows: list[dict]) -> list[tuple]:
    """Return the kernel's rows as the queue writes them."""
    lines = match_lots(pa.Table.from_pylist(rows, schema=LEGS)).to_pylist()
    return sorted(
        (
            *(line[name] for name in ("state", "isin", "book", "kind")),
            *(line[name] or "" for name in ("open_trade_id", "close_trade_id")),
            str(line["opened_on"] or ""),
            *(line[name] or 0 for name in ("day", "until_day")),
            int(line["quantity"] * 10**6),
            *(int((line[name] or 0) * 100) for name in ("cost", "proceeds", "result")),
        )
        for line in lines
    )


@settings(max_examples=300, deadline=None)
@given(histories())
def test_the_kernel_is_a_queue(rows):
    assert matched(rows) == queue_of_lots(rows)


@settings(max_examples=60, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert matched(shuffled) == matched(rows)
