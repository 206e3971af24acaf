"""What was published stays; what it would say otherwise counts on the day it is known."""

import datetime

import pyarrow.parquet as pq
from small import BOOKS, OPENING, PRICES, SHARE, book, lines, small_day


def publish(folder, day) -> None:
    """Write the lines and books of a day as its run would."""
    results = folder / day.as_of.isoformat() / "results"
    results.mkdir(parents=True)
    for name in ("pnl_lines", "pnl_books"):
        pq.write_table(day.engine.table(name), results / f"{name}.parquet")


def a_day(as_of: str, prices: str = PRICES, history=None):
    return small_day(as_of, history=history, books=BOOKS, instruments=SHARE, prices=prices, opening_lots=OPENING)


def test_a_published_day_and_a_rebuilt_one_say_the_same(tmp_path):
    monday = a_day("2026-03-30")
    assert lines(monday, "2026-03-30") == {"PRICE": "100.00"}
    publish(tmp_path, monday)
    alone, after = a_day("2026-03-31"), a_day("2026-03-31", history=tmp_path)
    assert lines(alone, "2026-03-31") == lines(after, "2026-03-31") == {"PRICE": "50.00"}
    assert book(alone, "2026-03-31", "CASH") == book(after, "2026-03-31", "CASH")


def test_a_file_changed_without_a_word_restates_against_what_was_published(tmp_path):
    """Monday was published at 12; Tuesday's file says Monday closed at 11.80, with no known_at: RESTATE -20."""
    monday = a_day("2026-03-30")
    lines(monday, "2026-03-30")
    publish(tmp_path, monday)
    tuesday = a_day("2026-03-31", PRICES.replace("12    |", "11.80 |"), tmp_path)
    assert lines(tuesday, "2026-03-30") == {"PRICE": "100.00"}
    assert lines(tuesday, "2026-03-31") == {"PRICE": "70.00", "RESTATE": "-20.00"}
    assert book(tuesday, "2026-03-31", "CASH") == {"total": "50.00", "realised": "-20.00", "unrealised": "70.00"}


def test_month_and_year_are_the_sums_of_their_days():
    day = a_day("2026-03-31")
    lines(day, "2026-03-31")
    rows = {(row["date"], row["book"]): row for row in day.rows("pnl_books")}
    last = rows[datetime.date(2026, 3, 31), "CASH"]
    assert (str(last["mtd"]), str(last["ytd"])) == ("150.00", "150.00")
