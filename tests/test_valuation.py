"""Valuation: known answers worked out by hand, exact fractions as slow twin, identities that must hold."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walk_of_days import COMPONENTS, walk_of_days

from bolib.errors import BolibError
from bolib.valuation import (
    AMOUNT,
    PRICE,
    QUANTITY,
    accrued_at,
    accrued_interest,
    attribute,
    attribute_books,
    booked_apart,
    convert,
    decimals,
    integers,
    multiply_divide,
    value,
    yields,
)
from bolib.valuation.yields import YIELD

RATE = PRICE
_TYPES = {
    "state": pa.int64(), "isin": pa.string(), "book": pa.string(), "currency": pa.string(), "day": pa.int64(),
    "kind": pa.string(), "quantity": QUANTITY, "gross": AMOUNT, "accrued": AMOUNT, "fees": AMOUNT, "taxes": AMOUNT,
    "price": PRICE, "rate": RATE, "book_rate": RATE, "multiplier": QUANTITY, "divisor": pa.int64(),
    "split_new": QUANTITY, "split_old": QUANTITY, "dividend": PRICE, "coupon": PRICE, "capital": PRICE,
    "redemption": PRICE,
}  # fmt: skip
FLOW = {"state": 0, "isin": "X", "book": "A", "currency": "EUR", "kind": "TRADE", "accrued": 0, "fees": 0, "taxes": 0}
MARK = {
    "state": 0, "isin": "X", "currency": "EUR", "accrued": 0, "rate": 1, "book_rate": 1, "multiplier": 1, "divisor": 1,
    "split_new": 1, "split_old": 1, "dividend": 0, "coupon": 0, "capital": 0, "redemption": 0,
}  # fmt: skip


def table(rows: list[dict], **types: pa.DataType) -> pa.Table:
    """Return rows as a table with the columns' own types; `types` replaces some of them."""
    kinds = _TYPES | types
    return pa.table({name: pa.array([_exact(row[name], kinds[name]) for row in rows], kinds[name]) for name in rows[0]})


def _exact(cell, kind):
    if cell is None or not pa.types.is_decimal(kind):
        return cell
    return Decimal(cell).quantize(Decimal(1).scaleb(-kind.scale))


def flows(*rows: dict) -> pa.Table:
    return table([FLOW | {"gross": 0} | row for row in rows])


def marks(*rows: dict, **every: object) -> pa.Table:
    return table([MARK | every | {"day": number} | row for number, row in enumerate(rows)], accrued=PRICE)


def days(result: pa.Table, *names: str) -> list[tuple]:
    """Return plain values by row, in order of book and day."""
    ordered = sorted(result.to_pylist(), key=lambda row: (row["state"], row["isin"], row["book"], row["day"]))
    return [tuple(_plain(row[name]) for name in names) for row in ordered]


def _plain(cell):
    return float(cell) if isinstance(cell, Decimal) else cell


def test_price_and_rate_move_a_holding():
    """100 at 10 USD, then 11: at 1.25 USD a EUR, then 1.10. 100 x 1 / 1.25 = 80; 1100 / 1.10 - 1100 / 1.25 = 120."""
    result = attribute(
        flows({"day": 0, "kind": "OPEN", "quantity": 100}),
        marks({"price": 10, "rate": "1.25"}, {"price": 11, "rate": "1.10"}),
    )
    assert days(result, "day", "q0", "q1", "price_effect", "fx", "new") == [
        (0, 100, 100, 0, 0, 0), (1, 100, 100, 80, 120, 0),
    ]  # fmt: skip


def test_a_trade_is_new_at_the_close_and_its_costs_are_apart():
    """Bought 10 at 9.90, closed at 10: 1.00; fees of 0.50, tax of 0.20."""
    bought = {"day": 1, "quantity": 10, "gross": -99, "fees": "-0.50", "taxes": "-0.20"}
    result = attribute(flows(bought), marks({"price": 8}, {"price": 10}, {"price": 11}))
    assert days(result, "day", "q0", "q1", "price_effect", "new", "fees", "taxes") == [
        (1, 0, 10, 0, 1, -0.5, -0.2), (2, 10, 10, 10, 0, 0, 0),
    ]  # fmt: skip


def test_a_bond_carries_its_interest_and_its_coupon():
    """10,000 nominal: 0.02 % a day = 2.00; on the coupon date the accrued 1.00 % goes and 1.02 % is paid."""
    told = (
        {"price": 99, "accrued": "0.98"},
        {"price": 99, "accrued": 1},
        {"price": 99, "accrued": 0, "coupon": "1.02"},
    )
    result = attribute(flows({"day": 0, "kind": "OPEN", "quantity": 10_000}), marks(*told, divisor=100))
    assert days(result, "day", "price_effect", "carry") == [(0, 0, 0), (1, 0, 2), (2, 0, 2)]


def test_interest_bought_is_no_carry_and_interest_since_is():
    """10,000 bought at 99 with 97.00 of interest, when 98.00 had accrued: 1.00 of carry, nothing new."""
    bought = {"day": 0, "quantity": 10_000, "gross": -9900, "accrued": -97}
    result = attribute(flows(bought), marks({"price": 99, "accrued": "0.98"}, divisor=100))
    assert days(result, "new", "carry") == [(0, 1)]


def test_a_split_is_no_event():
    """100 at 700 become 700 at 100; the dividend of that day is due on the 100."""
    told = {"price": 700}, {"price": 101, "split_new": 7, "dividend": 2}
    result = attribute(flows({"day": 0, "kind": "OPEN", "quantity": 100}), marks(*told))
    assert days(result, "day", "q0", "q1", "price_effect", "dividend") == [(0, 100, 100, 0, 0), (1, 700, 700, 700, 200)]


def test_a_redemption_pays_and_ends_the_position():
    """1,000 nominal at 99.5 the day before; at par on the day: 5.00 of price, 1,000 for 1,000."""
    told = {"price": "99.5"}, {"price": 100, "redemption": 100}, {"price": 100}
    result = attribute(flows({"day": 0, "kind": "OPEN", "quantity": 1000}), marks(*told, divisor=100))
    assert days(result, "day", "q1", "price_effect", "corporate_action") == [(0, 1000, 0, 0), (1, 0, 5, 0)]


def test_a_capital_repayment_is_received():
    told = {"price": 10}, {"price": 9, "capital": 1}
    result = attribute(flows({"day": 0, "kind": "OPEN", "quantity": 50}), marks(*told))
    assert days(result, "day", "price_effect", "corporate_action")[1] == (1, -50, 50)


def test_a_transfer_at_the_close_earns_neither_book_anything():
    given = {"day": 1, "kind": "TRANSFER_OUT", "quantity": -60, "gross": 600}
    taken = {"day": 1, "kind": "TRANSFER_IN", "quantity": 60, "gross": -600, "book": "B"}
    result = attribute(
        flows({"day": 0, "kind": "OPEN", "quantity": 100}, given, taken), marks({"price": 10}, {"price": "10.01"})
    )
    assert days(result, "book", "day", "q1", "price_effect", "new") == [
        ("A", 0, 100, 0, 0), ("A", 1, 40, 1, 0), ("B", 1, 60, 0, 0),
    ]  # fmt: skip


def test_a_missing_price_leaves_the_day_and_the_next_without_result():
    told = {"price": 10}, {"price": None}, {"price": 11}, {"price": 12}
    result = attribute(flows({"day": 0, "kind": "OPEN", "quantity": 1}), marks(*told))
    assert days(result, "day", "price_effect", "fees") == [(0, 0, 0), (1, None, None), (2, None, None), (3, 1, 0)]


def test_flows_without_marks_and_doubled_marks_stop_the_run():
    bought = flows({"day": 0, "quantity": 1})
    with pytest.raises(BolibError, match="Add its marks"):
        attribute(bought, marks({"price": 1}, currency="USD"))
    with pytest.raises(BolibError, match="Remove the duplicates"):
        attribute(bought, pa.concat_tables([marks({"price": 1})] * 2))


STORY = (
    [{"day": 0, "kind": "OPEN", "quantity": 1000}]
    + [{"day": 2, "quantity": 500, "gross": "-502.35", "accrued": "-10.10", "fees": "-3.33"}]
    + [{"day": 3, "quantity": -700, "gross": "101.20", "accrued": "2.02", "fees": "-1.11", "taxes": "-0.07"}],
    ({"price": 99, "accrued": 1, "rate": "1.1", "coupon": 0, "split_new": 1},)
    + ({"price": "99.7", "accrued": "1.1", "rate": "1.0837", "coupon": 0, "split_new": 1},)
    + ({"price": "100.13", "accrued": 0, "rate": "1.09", "coupon": "1.15", "split_new": 1},)
    + ({"price": "14.31", "accrued": "0.01", "rate": "1.0912", "coupon": 0, "split_new": 7},),
)


def _total() -> Fraction:
    """Return the whole result of STORY in cents: values at the end and the start, and cash, each converted once."""

    def cents(amount, rate):
        return round(Fraction(amount) * 100 / Fraction(rate))

    start, end = cents("1000", "1.1"), cents(Fraction(7 * 1500 - 700) * Fraction("14.32") / 100, "1.0912")
    coupon = cents(Fraction(1000) * Fraction("1.15") / 100, "1.09")
    bought, sold = cents("-515.78", "1.09"), cents("102.04", "1.0912")
    return end - start + coupon + bought + sold


def _explained(flows_seen, marks_seen) -> int:
    result = attribute(flows(*flows_seen), marks(*marks_seen, divisor=100))
    return sum(int(row[name] * 100) for row in result.to_pylist() for name in COMPONENTS)


def test_what_attribution_sees_explains_the_whole_result():
    assert _explained(*STORY) == _total()


@pytest.mark.parametrize("unseen", ["trade", "fee", "coupon", "split"])
def test_what_attribution_does_not_see_is_left_unexplained(unseen):
    seen, told = [dict(row) for row in STORY[0]], [dict(row) for row in STORY[1]]
    if unseen == "trade":
        del seen[1]
    elif unseen == "fee":
        seen[1]["fees"] = 0
    elif unseen == "coupon":
        told[2]["coupon"] = 0
    else:
        told[3]["split_new"] = 1
    assert _explained(seen, told) != _total()


def test_value_in_the_currency_of_the_book():
    """10,000 nominal at 98.50 + 1.25 % = 9,975 USD; at 1.25 USD and 0.80 GBP a EUR: 6,384 GBP, clean 6,304."""
    one = {"quantity": 10_000, "price": "98.5", "accrued": "1.25", "multiplier": 1, "divisor": 100, "rate": "1.25"}
    rows = [one | {"book_rate": "0.8"}, one | {"book_rate": None}, one | {"book_rate": 1, "price": None}]
    result = value(table(rows, accrued=PRICE))
    assert result["market_value"].to_pylist() == [6384, None, None]
    assert result["clean_value"].to_pylist() == [6304, None, None]


def test_lines_booked_at_another_rate_are_kept_with_what_they_should_be():
    """1,170.00 USD at 1.17 are 1,000.00; five are tolerated, a cent more is not; without a rate nothing is said."""
    line = {"gross": "1170.00", "rate": "1.17", "booked": "1000.00"}
    rows = [line, line | {"booked": "1005.00"}, line | {"booked": "994.99"}, line | {"booked": "2.00", "rate": None}]
    kinds = {"gross": AMOUNT, "rate": RATE, "booked": AMOUNT, "tolerated": AMOUNT}
    given = pa.Table.from_pylist(
        [
            {
                name: _exact(value, AMOUNT if name != "rate" else RATE)
                for name, value in (row | {"tolerated": 5}).items()
            }
            for row in rows
        ],
        pa.schema(list(kinds.items())),
    )
    assert [(row["booked"], row["in_euro"]) for row in booked_apart(given).to_pylist()] == [(Decimal("994.99"), 1000)]


def test_converted_parts_add_up_to_the_converted_net():
    """-0.05, -0.05 and -0.05 at 2 a EUR are -0.15 / 2 = -0.075: -0.02, then -0.05, then -0.08 by half-even."""
    part = {"gross": "-0.05", "accrued": "-0.05", "fees": "-0.05", "taxes": 0, "rate": 2, "book_rate": 1}
    (row,) = convert(table([part])).to_pylist()
    cash = [row[f"cash_{name}"] for name in ("gross", "accrued", "fees", "taxes", "net")]
    assert cash == [Decimal(amount) for amount in ("-0.02", "-0.03", "-0.03", "0.00", "-0.08")]
    assert convert(table([part | {"rate": None}]))["cash_net"].to_pylist() == [None]


BOND = {
    "isin": "X",
    "coupon_rate": 6,
    "day_count": "ACT/ACT",
    "maturity_date": date(2030, 5, 25),
    "coupon_frequency": None,
}


def accrued_on(day: date, **bond: object) -> Decimal | None:
    """Return what a bond has earned by a day."""
    kinds = [("isin", pa.string()), ("coupon_rate", RATE), ("day_count", pa.string()), ("maturity_date", pa.date32())]
    kinds = pa.schema([*kinds, ("coupon_frequency", pa.int64())])
    row = BOND | bond
    row["coupon_rate"] = _exact(row["coupon_rate"], RATE)
    return accrued_interest(pa.Table.from_pylist([row], kinds), pa.array([day]))["accrued"][0].as_py()


@pytest.mark.parametrize(
    ("day", "bond", "percent"),
    [
        # 235 days of the 366 from 25 May 2023 to 25 May 2024: an OAT of 0.75 %
        (date(2024, 1, 15), {"coupon_rate": "0.75", "maturity_date": date(2028, 5, 25)}, "0.48155738"),
        # 61 days of the 182 from 1 November 2003 to 1 May 2004: half of 10 % x 61 / 182
        (date(2004, 1, 1), {"coupon_rate": 10, "maturity_date": date(2009, 5, 1), "coupon_frequency": 2}, "1.67582418"),
        # 31 August to 28 February to 31 August: 1 day of 184
        (date(2026, 3, 1), {"coupon_rate": 4, "maturity_date": date(2030, 8, 31), "coupon_frequency": 2}, "0.01086957"),
        (date(2026, 5, 24), {}, "5.98356164"),  # 364 days of 365
        (date(2026, 5, 25), {}, "0"),
        (date(2030, 5, 25), {}, "0"),
        (date(2026, 9, 2), {"day_count": "ACT/360", "coupon_rate": "3.6"}, "1"),  # 100 days
        (date(2026, 9, 2), {"day_count": "ACT/365", "coupon_rate": "3.65"}, "1"),
        # 28 February to 31 March: the 31st counts as the 30th, 32 days; actual days would be 31
        (date(2026, 3, 31), {"day_count": "30E/360", "maturity_date": date(2030, 2, 28)}, "0.53333333"),
        # from 31 January, counted as the 30th, to 28 February: 28 days
        (date(2026, 2, 28), {"day_count": "30E/360", "maturity_date": date(2030, 1, 31)}, "0.46666667"),
        (date(2026, 3, 1), {"coupon_rate": None, "day_count": None, "maturity_date": None}, "0"),
        (date(2026, 3, 1), {"day_count": "ACT/252"}, None),
        (date(2026, 3, 1), {"maturity_date": None}, None),
    ],
)
def test_accrued_interest(day, bond, percent):
    assert accrued_on(day, **bond) == (None if percent is None else Decimal(percent))


def yielded(price: str, settled: date, **bond: object) -> Decimal:
    """Return the yield of a bond in percent a year, its interest accrued as its convention says."""
    kinds = [("coupon_rate", RATE), ("day_count", pa.string()), ("maturity_date", pa.date32())]
    kinds = pa.schema([*kinds, ("coupon_frequency", pa.int64()), ("settlement_date", pa.date32()), ("price", PRICE)])
    row = BOND | {"settlement_date": settled, "price": Decimal(price)} | bond
    row["coupon_rate"] = _exact(row["coupon_rate"], RATE)
    rows = pa.Table.from_pylist([{name: row[name] for name in kinds.names}], kinds)
    rows = rows.append_column("accrued", accrued_at(rows, "settlement_date"))
    return decimals(yields(rows), YIELD)[0].as_py()


@pytest.mark.parametrize(
    ("price", "settled", "bond", "percent"),
    [
        ("100", date(2026, 5, 25), {}, "6"),  # at par on a coupon date, the coupon
        ("100", date(2026, 5, 25), {"coupon_frequency": 2}, "6"),  # compounded as often as it pays
        ("50", date(2026, 5, 25), {"coupon_rate": 0, "maturity_date": date(2036, 5, 25)}, "7.1773"),  # 2^(1/10) - 1
        ("106", date(2029, 5, 25), {}, "0"),  # 106 are paid back in a year
        ("96.36363636", date(2029, 5, 25), {}, "10"),  # 106 / 1.1
    ],
)
def test_yield_by_hand(price, settled, bond, percent):
    assert yielded(price, settled, **bond) == Decimal(percent)


@given(st.integers(-150, 3000), st.integers(0, 12_00), st.sampled_from((1, 2, 4)), st.integers(1, 10_000))
def test_the_yield_is_the_one_at_which_the_payments_are_worth_the_price(points, coupon, frequency, days):
    """The price of a yield (basis points), coupon by coupon, gives that yield back."""
    maturity, rate = date(2056, 5, 25), points / 10_000 / frequency
    settled = maturity - timedelta(days=days)
    due = [_months_before(maturity, 12 // frequency * n) for n in range(31 * frequency + 1)]
    left = [day for day in due if day > settled]
    last = next(day for day in due if day <= settled)
    part = (left[-1] - settled).days / (left[-1] - last).days
    worth = sum(
        (coupon / 100 / frequency + (100 if day == maturity else 0)) / (1 + rate) ** (part + place)
        for place, day in enumerate(reversed(left))
    )
    bond = {"coupon_rate": Decimal(coupon).scaleb(-2), "coupon_frequency": frequency, "maturity_date": maturity}
    clean = Decimal(worth).quantize(Decimal("1e-8")) - (accrued_on(settled, **bond) or 0)
    near = Decimal("0.0001") + Decimal(1) / days  # a rounded price says less of a yield the nearer the maturity
    assert clean <= 0 or abs(yielded(str(clean), settled, **bond) - Decimal(points).scaleb(-2)) < near


def _months_before(day: date, months: int) -> date:
    whole = day.year * 12 + day.month - 1 - months
    return day.replace(year=whole // 12, month=whole % 12 + 1)


def test_interest_at_each_bonds_own_date_is_that_of_all_dates():
    kinds = pa.schema([("isin", pa.string()), ("coupon_rate", RATE), ("day_count", pa.string()), ("coupon_frequency", pa.int64()),
                       ("maturity_date", pa.date32()), ("on", pa.date32())])  # fmt: skip
    days = [date(2026, 3, 1), date(2026, 5, 25), None]
    rows = pa.Table.from_pylist([BOND | {"coupon_rate": _exact(6, RATE), "on": day} for day in days], kinds)
    every = accrued_interest(rows.slice(0, 1), pa.array(days[:2]))["accrued"].to_pylist()
    assert accrued_at(rows, "on").to_pylist() == [*every, None]


def test_integers_and_decimals_are_one_another():
    column = pa.array([Decimal("-0.01"), None, Decimal("9999999999999999.99")], AMOUNT)
    assert integers(column, null=7).tolist() == [-1, 7, 10**18 - 1]
    assert integers(column[2:]).tolist() == [10**18 - 1]
    assert decimals(integers(column, null=0), AMOUNT, np.array([False, True, False])) == column
    with pytest.raises(BolibError, match="a value in every row"):
        integers(column)
    with pytest.raises(BolibError, match="a result below"):
        decimals(np.array([10**18]), AMOUNT)


_WHOLE = st.one_of(st.integers(-100, 100), st.integers(-(10**12), 10**12), st.integers(-(2**62), 2**62))
_POSITIVE = st.one_of(st.integers(1, 100), st.integers(1, 10**9), st.integers(1, 2**62))


@settings(max_examples=500, deadline=None)
@given(st.lists(_WHOLE, min_size=1, max_size=4), st.lists(_POSITIVE, min_size=1, max_size=4))
def test_the_product_and_quotient_is_that_of_fractions(numerators, denominators):
    exact = Fraction(1)
    for factor in numerators:
        exact *= factor
    for factor in denominators:
        exact /= factor
    arrays = [[np.array([factor]) for factor in side] for side in (numerators, denominators)]
    if abs(round(exact)) < 2**63:
        assert multiply_divide(*arrays).tolist() == [round(exact)]
    else:
        with pytest.raises(BolibError, match="63 bits"):
            multiply_divide(*arrays)


@settings(max_examples=500, deadline=None)
@given(st.integers(-(2**50), 2**50), st.integers(1, 2**50), st.integers(-1, 1))
def test_next_to_a_half_the_remainder_decides(whole, half, beside):
    """(whole + 1/2) and one part in 2 x half more or less, which a double cannot tell apart."""
    top, bottom = Fraction((2 * whole + 1) * half + beside), 2 * half
    factors = [np.array([2 * whole + 1]), np.array([half])] if not beside else [np.array([int(top)])]
    if abs(int(top)) < 2**63 or not beside:
        assert multiply_divide(factors, [bottom]).tolist() == [round(top / bottom)]


_PRICE = st.one_of(st.integers(1, 200), st.decimals("0.00000001", "150", places=8)).map(Decimal)
_CENTS = st.integers(-100_000, 100_000).map(lambda cents: Decimal(cents) / 100)
_SOMETIMES = st.sampled_from([0, 0, 0, 0, 1])


@st.composite
def stories(draw) -> tuple[list[dict], list[dict]]:
    """Return the flows of two books in one or two currencies, and their marks."""
    days, first = draw(st.integers(1, 6)), draw(st.integers(0, 2))
    currencies = {"A": "EUR", "B": draw(st.sampled_from(["EUR", "USD"])), "C": "USD"}
    bond = draw(st.booleans())
    told = [_mark(draw, first + day, bond) for day in range(days)]
    marks = [row | {"currency": code, "book_rate": rate} for row in told for code, rate in _rates(draw)]
    flows = []
    for book, code in currencies.items():
        for _ in range(draw(st.integers(0, 4))):
            kind = draw(st.sampled_from(["OPEN", "TRADE", "TRADE", "TRANSFER_IN", "TRANSFER_OUT"]))
            quantity = Decimal(draw(st.one_of(st.integers(-300, 300), st.integers(-9, 9)))) or Decimal("0.000001")
            row = {"state": 0, "isin": "X", "book": book, "currency": code, "kind": kind, "quantity": quantity}
            row["day"] = draw(st.integers(0, first + days))
            flows.append(row | {name: draw(_CENTS) for name in ("gross", "accrued", "fees", "taxes")})
    return flows, marks


def _rates(draw):
    return [("EUR", Decimal(1)), ("USD", draw(st.sampled_from([Decimal("1.0837"), Decimal("1.25"), Decimal("1.1")])))]


def _mark(draw, day: int, bond: bool) -> dict:
    new, old = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (7, 1), (1, 3), (2, 3)]))
    row = {"state": 0, "isin": "X", "day": day, "price": draw(st.one_of(_PRICE, _PRICE, _PRICE, st.none()))}
    row |= {"accrued": draw(_PRICE) if bond else Decimal(0), "split_new": Decimal(new), "split_old": Decimal(old)}
    row |= {"rate": draw(st.sampled_from([Decimal(1), Decimal("1.0837"), Decimal("0.8612"), None]))}
    row |= {"multiplier": Decimal(1), "divisor": 100 if bond else 1}
    return row | {name: draw(_PRICE) * draw(_SOMETIMES) for name in ("dividend", "coupon", "capital", "redemption")}


def attributed(flows: list[dict], marks: list[dict]) -> list[tuple]:
    """Return the kernel's rows as the walk writes them."""
    lines = attribute(table(flows), table(marks, accrued=PRICE)).to_pylist() if flows else []
    return sorted(
        (
            *(line[name] for name in ("state", "isin", "book", "currency", "day")),
            *(int(line[name] * 10**6) for name in ("q0", "q1")),
            *(str(None if line[name] is None else int(line[name] * 100)) for name in COMPONENTS),
        )
        for line in lines
    )


@settings(max_examples=200, deadline=None)
@given(stories())
def test_the_kernel_is_a_walk_through_the_days(story):
    assert attributed(*story) == walk_of_days(*story)


@settings(max_examples=60, deadline=None)
@given(stories(), stories())
def test_books_are_the_sums_of_their_instruments(one, other):
    flows_of, marks_of = ([*a, *({**row, "isin": "Y"} for row in b)] for a, b in zip(one, other, strict=True))
    if flows_of:
        lines, sums = attribute(table(flows_of), table(marks_of, accrued=PRICE)).to_pylist(), {}
        for line in lines:
            sums.setdefault((line["book"], line["currency"], line["day"]), []).append(
                [line[name] for name in COMPONENTS]
            )
        books = attribute_books(table(flows_of), table(marks_of, accrued=PRICE)).to_pylist()
        assert {(row["book"], row["currency"], row["day"]): [row[name] for name in COMPONENTS] for row in books} == {
            place: [None if None in parts else sum(parts) for parts in zip(*rows, strict=True)]
            for place, rows in sums.items()
        }


@settings(max_examples=60, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(story, random):
    assert attributed(*(random.sample(rows, len(rows)) for rows in story)) == attributed(*story)
