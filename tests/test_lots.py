"""Lots: known answers, a queue of fractions as slow twin, and what must never change."""

import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from queue_of_lots import queue_of_lots

from bolib.lots import COLUMNS, match_lots, results_by_method

LEGS = pa.schema(
    [("state", pa.int64())]
    + [(name, pa.string()) for name in ("isin", "book", "method")]
    + [("day", pa.int64()), ("seq", pa.int64()), ("kind", pa.string()), ("trade_id", pa.string())]
    + [("opened_on", pa.date32()), ("quantity", pa.decimal128(18, 6)), ("amount", pa.decimal128(18, 2))]
    + [("to_book", pa.string()), ("to_amount", pa.decimal128(18, 2)), ("to_method", pa.string())]
    + [("ratio_new", pa.decimal128(18, 6)), ("ratio_old", pa.decimal128(18, 6))]
)
_DECIMAL = {
    "quantity": "0.000001",
    "amount": "0.01",
    "to_amount": "0.01",
    "ratio_new": "0.000001",
    "ratio_old": "0.000001",
}


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
    table = match_lots(
        legs("""
        quantity | amount
        100      | 1000
        50       | 600
        -120     | 1800""")
    )
    assert table.schema == COLUMNS
    matches = rows(table, "MATCH", "open_trade_id", "close_trade_id", "quantity", "cost", "proceeds", "result")
    assert matches == [("T0", "T2", 100, 1000, 1500, 500), ("T1", "T2", 20, 240, 300, 60)]
    assert rows(table, "LOT", "open_trade_id", "opened_on", "quantity", "cost") == [("T1", date(2026, 1, 2), 30, 360)]
    positions = rows(table, "POSITION", "day", "until_day", "quantity", "cost", "result")
    assert positions == [(0, 1, 100, 1000, 0), (1, 2, 150, 1600, 0), (2, 99999999, 30, 360, 560)]


def test_the_average_takes_its_share_of_the_whole_cost():
    """The textbook CUMP: 100 at 10 and 100 at 12 make 200 at 11, so 150 sold cost 1,650 and 550 is left."""
    table = match_lots(
        legs(
            """
        quantity | amount
        100      | 1000
        100      | 1200
        -150     | 1950""",
            method="PMP",
        )
    )
    matches = rows(table, "MATCH", "open_trade_id", "opened_on", "quantity", "cost", "proceeds", "result")
    assert matches == [("PMP", date(2026, 1, 1), 150, 1650, 1950, 300)]
    assert rows(table, "LOT", "open_trade_id", "quantity", "cost") == [("PMP", 50, 550)]


def test_the_cent_of_a_rounding_stays_in_the_lot_until_the_last_unit():
    """1.00 over three units: 0.33, then half of 0.67 to the even cent 0.34, then the 0.33 that are left."""
    table = match_lots(
        legs("""
        quantity | amount
        3        | 1.00
        -1       | 0.50
        -1       | 0.50
        -1       | 0.50""")
    )
    assert rows(table, "MATCH", "cost") == [(Decimal("0.33"),), (Decimal("0.34"),), (Decimal("0.33"),)]
    assert rows(table, "LOT", "cost") == []


def test_a_sale_of_what_is_not_held_opens_a_short():
    """40 of 100 sold at 10 are bought back at 7.50: 400 - 300."""
    table = match_lots(
        legs("""
        quantity | amount
        -100     | 1000
        40       | 300""")
    )
    assert rows(table, "MATCH", "quantity", "cost", "proceeds", "result") == [(40, 300, 400, 100)]
    assert rows(table, "LOT", "quantity", "cost") == [(-60, 600)]


def test_crossing_zero_closes_then_opens():
    """200.01 for 15, of which 10 close: 133.34 by half-even, and the other 66.67 open a short of 5."""
    for method in ("FIFO", "PMP"):
        table = match_lots(
            legs(
                """
            quantity | amount
            10       | 100
            -15      | 200.01""",
                method=method,
            )
        )
        cents = rows(table, "MATCH", "quantity", "cost", "proceeds")
        assert cents == [(10, 100, Decimal("133.34"))]
        assert rows(table, "LOT", "quantity", "cost", "opened_on") == [(-5, Decimal("66.67"), date(2026, 1, 2))]


def test_a_split_moves_no_money_and_its_fractions_are_exact():
    """100 become 33 and a third; 33 of them sold leave a third, which is 1 again after a 3:1."""
    table = match_lots(
        legs("""
        quantity  | amount   | kind  | ratio_new | ratio_old | book
        100       | 30000.00 | TRADE | -         | -         | A
        -         | -        | SPLIT | 1         | 3         |
        -33       | 29700    | TRADE | -         | -         | A
        -         | -        | SPLIT | 3         | 1         |
        -1        | 100      | TRADE | -         | -         | A""")
    )
    assert rows(table, "POSITION", "day", "quantity", "cost", "result") == [
        (0, 100, 30000, 0), (1, Decimal("33.333333"), 30000, 0), (2, Decimal("0.333333"), 300, 0), (3, 1, 300, 0),
        (4, 0, 0, -200),
    ]  # fmt: skip


def test_a_redemption_closes_whatever_is_left():
    table = match_lots(
        legs("""
        quantity | amount | kind
        100      | 98     | TRADE
        -30      | 30     | TRADE
        -        | 70     | REDEEM""")
    )
    assert rows(table, "MATCH", "quantity", "cost", "proceeds") == [
        (30, Decimal("29.40"), 30), (70, Decimal("68.60"), 70),
    ]  # fmt: skip
    assert rows(table, "POSITION", "quantity", "cost")[-1] == (0, 0)


def test_a_transfer_carries_date_trade_and_cost_and_nets_to_zero():
    """100 bought at 10 are worth 13 when they go: 300 crystallise in A, -300 in B, which holds them at 1,000."""
    table = match_lots(
        legs("""
        quantity | amount | kind     | book | to_book | to_method | to_amount
        100      | 1000   | TRADE    | A    | -       | -         | -
        -100     | 1300   | TRANSFER | A    | B       | FIFO      | 1300""")
    )
    matches = rows(table, "MATCH", "book", "open_trade_id", "close_trade_id", "quantity", "cost", "proceeds", "result")
    assert matches == [("A", "T0", "T1", 100, 1000, 1300, 300), ("B", "T0", "T1", 0, 1300, 1000, -300)]
    lots = rows(table, "LOT", "book", "open_trade_id", "opened_on", "quantity", "cost")
    assert lots == [("B", "T0", date(2026, 1, 1), 100, 1000)]


def test_a_cost_crosses_a_currency_at_the_rate_of_the_transfer():
    """Worth 1,300 EUR = 1,430 USD: the cost of 1,000 EUR arrives as 1,100 USD, the result of 300 EUR as -330 USD."""
    table = match_lots(
        legs("""
        quantity | amount | kind     | book | to_book | to_method | to_amount
        100      | 1000   | TRADE    | A    | -       | -         | -
        -100     | 1300   | TRANSFER | A    | B       | PMP       | 1430""")
    )
    assert rows(table, "LOT", "book", "open_trade_id", "opened_on", "cost") == [("B", "PMP", date(2026, 1, 1), 1100)]
    assert rows(table, "MATCH", "book", "result") == [("A", 300), ("B", -330)]


def test_a_short_is_handed_over_too():
    """100 sold at 10 are worth 13 when they go: A has lost 300, B gets the short at the sale of 1,000."""
    table = match_lots(
        legs("""
        quantity | amount | kind     | book | to_book | to_method | to_amount
        -100     | 1000   | TRADE    | A    | -       | -         | -
        100      | 1300   | TRANSFER | A    | B       | FIFO      | 1300""")
    )
    assert rows(table, "MATCH", "book", "cost", "proceeds", "result") == [
        ("A", 1300, 1000, -300),
        ("B", 1000, 1300, 300),
    ]
    assert rows(table, "LOT", "book", "quantity", "cost") == [("B", -100, 1000)]


def test_lots_come_home_through_a_chain_of_books():
    table = match_lots(
        legs("""
        quantity | amount | kind     | book | to_book | to_method | to_amount
        10       | 100    | TRADE    | A    | -       | -         | -
        20       | 240    | TRADE    | A    | -       | -         | -
        -15      | 300    | TRANSFER | A    | B       | FIFO      | 300
        -12      | 240    | TRANSFER | B    | C       | FIFO      | 240
        -12      | 252    | TRANSFER | C    | A       | FIFO      | 252""")
    )
    lots = rows(table, "LOT", "book", "open_trade_id", "quantity", "cost")
    assert lots == [("A", "T1", 15, 180), ("A", "T0", 10, 100), ("A", "T1", 2, 24), ("B", "T1", 3, 36)]
    assert sum(result for (result,) in rows(table, "MATCH", "result")) == 0


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
        row = {
            "state": draw(st.integers(0, 1)),
            "isin": draw(st.sampled_from("XY")),
            "book": book,
            "method": BOOKS[book],
        }
        row |= {
            "day": day,
            "seq": seq,
            "kind": kind,
            "trade_id": f"T{seq}",
            "opened_on": date.fromordinal(740000 + day),
        }
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


@settings(max_examples=150, deadline=None)
@given(histories())
def test_the_kernel_is_a_queue(rows):
    assert matched(rows) == queue_of_lots(rows)


@settings(max_examples=60, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert matched(shuffled) == matched(rows)


def worth_in_cash(table: pa.Table) -> dict[tuple, Decimal]:
    """Return by position what was realised less the cost of longs plus that of shorts: the cash that flowed."""
    total = {}
    for row in table.to_pylist():
        place = row["state"], row["isin"], row["book"]
        if row["kind"] == "MATCH":
            total[place] = total.get(place, 0) + row["result"]
        elif row["kind"] == "LOT":
            total[place] = total.get(place, 0) - row["cost"].copy_sign(row["quantity"])
    return {place: cash for place, cash in total.items() if cash}


def one_method(rows: list[dict], method: str) -> pa.Table:
    kept = [{**row, "method": method, "to_method": method} for row in rows if row["kind"] != "SPLIT"]
    return match_lots(pa.Table.from_pylist(kept, schema=LEGS))


@settings(max_examples=60, deadline=None)
@given(histories())
def test_realised_and_unrealised_together_do_not_depend_on_the_method(rows):
    rows = [row for row in rows if row["kind"] not in ("REDEEM", "TRANSFER")]
    assert worth_in_cash(one_method(rows, "FIFO")) == worth_in_cash(one_method(rows, "PMP"))


@settings(max_examples=60, deadline=None)
@given(histories())
def test_transfers_within_a_currency_net_to_zero_over_the_books(rows):
    """Without any other event, what the books realise is nothing, however the lots wander."""
    rows = [row for row in rows if row["kind"] != "REDEEM" and row["book"] not in ABROAD]
    rows = [row for row in rows if row.get("to_book") not in ABROAD]
    with_moves = sum(worth_in_cash(one_method(rows, "FIFO")).values())
    without = sum(worth_in_cash(one_method([row for row in rows if row["kind"] != "TRANSFER"], "FIFO")).values())
    assert with_moves == without


@settings(max_examples=60, deadline=None)
@given(histories())
def test_all_that_was_put_in_is_drawn_or_left(rows):
    """By position: amounts of opening parts = costs drawn + costs left, to the cent; so results by book follow."""
    sums = results_by_method(pa.Table.from_pylist(rows, schema=LEGS)).to_pylist()
    for method in ("FIFO", "PMP"):
        named = [{**row, "method": method, "to_method": method} for row in rows]
        lines = match_lots(pa.Table.from_pylist(named, schema=LEGS)).to_pylist()
        realised = sum(row["result"] for row in lines if row["kind"] == "MATCH")
        left = sum(row["cost"] for row in lines if row["kind"] == "LOT")
        mine = [row for row in sums if row["method"] == method]
        assert sum(row["result"] for row in mine) == realised
        assert sum(row["cost_change"] for row in mine) == left
        assert realised == sum(row["result"] for row in lines if row["kind"] == "POSITION")


def test_nothing_comes_of_nothing():
    empty = LEGS.empty_table()
    assert match_lots(empty).schema == COLUMNS
    assert match_lots(empty).num_rows == results_by_method(empty).num_rows == 0


def test_the_benchmark_finds_all_answers_equal():
    """Few deals, hence books that trade nothing on most days; without numba its two loops are left out."""
    script = Path(__file__).parent.parent / "benchmarks" / "pnl_kernels.py"
    done = subprocess.run([sys.executable, script, "--rows", "1000"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    ran = re.findall(r"^  (\w+) +\d", done.stdout, re.MULTILINE)
    assert {"lots_kernel", "lots_sql", "attribution_kernel", "attribution_sql", "lots_trail"} <= set(ran)
