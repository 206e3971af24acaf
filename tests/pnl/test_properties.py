"""What holds whatever was dealt: one number by every route, nothing unexplained, no order, no method in the total."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import BOOKS, small_day

from bolib.pnl import compute

CALM = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
INSTRUMENTS = """
    isin | name | asset_class | currency | quotation | multiplier
    A    | Ay   | EQUITY      | USD      | UNIT      | 1
"""
PRICES = """
    date       | isin | price    | currency
    2026-03-26 | A    | 101.37   | USD
    2026-03-27 | A    | 99.1234  | USD
    2026-03-30 | A    | 14.501   | USD
    2026-03-31 | A    | 14.77    | USD
"""
RATES = """
    date       | currency | rate
    2026-03-26 | USD      | 1.0811
    2026-03-27 | USD      | 1.0777
    2026-03-30 | USD      | 1.0893
    2026-03-31 | USD      | 1.0901
"""
EVENTS = """
    ca_id | isin | type | ex_date    | amount | currency | ratio_new | ratio_old
    S1    | A    | SPLF | 2026-03-30 |        |          | 7         | 1
    D1    | A    | DVCA | 2026-03-31 | 0.13   | USD      |           |
"""
HEAD = (
    "trade_id | version | action | book | from_book | isin | side | quantity | price | currency | fees |"
    " gross_amount | net_amount | trade_date | traded_at | entered_at"
)
DAYS = ("2026-03-27", "2026-03-30", "2026-03-31")


@st.composite
def blotters(draw):
    """Return deals as drawn lines: buys, sells, transfers; some entered, amended or cancelled a day late."""
    lines = []
    for number in range(draw(st.integers(1, 7))):
        day, late = draw(st.sampled_from(DAYS)), draw(st.booleans())
        entered = DAYS[min(DAYS.index(day) + late, 2)]
        book, giver = draw(st.sampled_from([("CASH", ""), ("MEAN", ""), ("MEAN", "CASH"), ("CASH", "MEAN")]))
        side, quantity = draw(st.sampled_from(["BUY", "SELL"])), draw(st.integers(1, 400))
        price = Decimal(draw(st.integers(900, 11000))) / 100
        fees = Decimal(0) if giver else Decimal(draw(st.integers(0, 300))) / 100
        lines.append(deal(number, 1, "NEW", book, giver, side, quantity, price, fees, day, entered))
        change = draw(st.sampled_from(["", "", "AMEND", "CANCEL"]))
        if change and entered < DAYS[2]:
            later = DAYS[DAYS.index(entered) + 1]
            lines.append(deal(number, 2, change, book, giver, side, quantity + 3, price, fees, day, later))
    return lines


def deal(number, version, action, book, giver, side, quantity, price, fees, day, entered) -> str:
    """Return a drawn line."""
    gross = quantity * price
    net = gross + fees if side == "BUY" else gross - fees
    time = f"{day} 09:{number:02d}"
    cells = (f"T{number}", version, action, book, giver, "A", side, quantity, price, "USD", fees, gross, net, day, time)
    return " | ".join(str(cell) for cell in (*cells, f"{entered} 10:00"))


def computed(lines, books=BOOKS):
    """Return the books' rows and lines of the day of these deals."""
    day = small_day(
        "2026-03-31",
        books=books,
        instruments=INSTRUMENTS,
        prices=PRICES,
        fx_rates=RATES,
        corporate_actions=EVENTS,
        trades="\n".join([HEAD, *lines]),
    )
    compute(day)
    return day.rows("pnl_books"), day.rows("pnl_lines")


def totals(rows):
    return {(row["date"], row["book"]): row["total"] for row in rows}


@CALM
@given(blotters())
def test_every_route_comes_to_the_same_and_nothing_is_unexplained(lines):
    books, parts = computed(lines)
    assert [row for row in books if row["total"] != row["realised"] + row["unrealised"]] == []
    assert [row for row in parts if row["component"] == "UNEXPLAINED"] == []


@CALM
@given(blotters())
def test_neither_the_cost_method_nor_fees_in_cost_change_a_total(lines):
    other = BOOKS.replace("FIFO       ", "PMP        ").replace("| false", "| true")
    assert totals(computed(lines)[0]) == totals(computed(lines, other)[0])


@CALM
@given(blotters().flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
def test_the_order_of_the_rows_changes_nothing(both):
    def keyed(found):
        return sorted(map(str, found[0])), sorted(map(str, found[1]))

    assert keyed(computed(both[0])) == keyed(computed(both[1]))
