"""Prices against their market and their own habit: basis points and nats by hand, and what must not be told."""

from datetime import date, timedelta
from decimal import Decimal
from math import log

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bolib.scoring import QUOTES, quotes

START = date(2026, 3, 2)
KERNEL = quotes(6, 200, 12)


def rows(series, events=(), judged_from=None, market="M"):
    """Return rows of isin → prices, a day each; the last day is judged, or those from a day on."""
    given = [
        (isin, day, None if price is None else Decimal(price))
        for isin, prices in series.items()
        for day, price in enumerate(prices)
    ]
    last = max((day for _, day, _ in given), default=0)
    return pa.table(
        {
            "block": pa.array(["prices"] * len(given), pa.string()),
            "key": pa.array([isin for isin, _, _ in given], pa.string()),
            "market": pa.array([market] * len(given), pa.string()),
            "day": pa.array([START + timedelta(day) for _, day, _ in given], pa.date32()),
            "judged": pa.array(
                [day >= (last if judged_from is None else judged_from) for _, day, _ in given], pa.bool_()
            ),
            "price": pa.array([price for *_, price in given], pa.decimal128(18, 8)),
            "event": pa.array([(isin, day) in events for isin, day, _ in given], pa.bool_()),
        }
    )


def wave(days, low="100", high="101"):
    """Return prices that go up and down by turns: up by 100 basis points, down by 99."""
    return [low if day % 2 == 0 else high for day in range(days)]


def test_a_move_beyond_its_limit_by_hand():
    """Moves of 100 and 99.00 bp by turns: the median of 24, 12 of each, is 99.50 bp, a spread 147.52 bp.

    From 100 to 110 is 1,000 bp, 6.78 spreads; up to 6 spreads, 885.11 bp, would not be told. One share is no market.
    """
    found = KERNEL(rows({"A": [*wave(25), "110"]})).to_pylist()
    assert [(row["kind"], row["state"]) for row in found] == [("MOVE", "PROVISIONAL")]
    told = found[0]
    assert (told["move_bp"], told["market_bp"], told["known"]) == (Decimal("1000.00"), Decimal("0.00"), 24)
    assert told["usual_bp"] == Decimal("99.50")
    assert told["score"] == Decimal(str(round(1000 / (99.50 * 1.4826), 2)))
    assert abs(told["limit_bp"] - Decimal("885.11")) < Decimal("0.02")
    assert KERNEL(rows({"A": [*wave(25), "108.8"]})).num_rows == 0


def test_a_day_later_a_wrong_price_is_confirmed_and_a_real_move_closed():
    back = KERNEL(rows({"A": [*wave(25), "110", "101"]}, judged_from=25)).to_pylist()
    assert [(row["day"], row["state"]) for row in back if row["day"] == START + timedelta(25)] == [
        (START + timedelta(25), "CONFIRMED")
    ]
    stays = KERNEL(rows({"A": [*wave(25), "110", "111"]}, judged_from=25)).to_pylist()
    assert [row["state"] for row in stays] == ["CLOSED"]


def test_a_market_that_moves_together_is_no_oddity_and_four_are_no_market():
    five = {name: [*wave(25), "110"] for name in "ABCDE"}
    assert KERNEL(rows(five)).num_rows == 0
    assert KERNEL(rows({name: five[name] for name in "ABCD"})).num_rows == 4


def test_a_price_at_its_split_is_not_told_nor_is_one_without_history():
    assert KERNEL(rows({"A": [*wave(25), "14.3"]}, events={("A", 25)})).num_rows == 0
    assert KERNEL(rows({"A": [*wave(19), "110"]})).num_rows == 0


def test_a_price_that_stopped_by_hand():
    """24 moves, none of them nothing; then 3 days unmoved: 3 x - ln (0.5 / 25) = 11.74 nats, 4 days 15.65."""
    assert KERNEL(rows({"A": [*wave(25), *["100"] * 3]})).num_rows == 0
    [told] = KERNEL(rows({"A": [*wave(25), *["100"] * 4]})).to_pylist()
    assert (told["kind"], told["run"], told["unchanged"], told["known"]) == ("STALE", 4, 0, 24)
    assert told["score"] == Decimal(str(round(-4 * log(0.5 / 25), 2)))
    assert told["since"] == START + timedelta(24)


def test_a_price_that_often_stands_still_may_do_so():
    lazy = ["100" if day % 6 else "101" for day in range(48)]
    assert KERNEL(rows({"A": [*lazy, *["101"] * 5]})).num_rows == 0


def test_it_is_silent_on_one_day_without_prices_and_without_rows():
    assert KERNEL(rows({"A": ["100"], "B": ["200"]})).num_rows == 0
    assert KERNEL(rows({"A": [None] * 30})).num_rows == 0
    assert KERNEL(rows({})).schema.equals(QUOTES)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(random):
    given = rows({"A": [*wave(25), "110"], "B": [*wave(22), *["100"] * 4], "C": wave(26)})
    order = random.sample(range(given.num_rows), given.num_rows)
    assert KERNEL(given.take(pa.array(order))).equals(KERNEL(given))
    assert KERNEL(given).num_rows >= 1
