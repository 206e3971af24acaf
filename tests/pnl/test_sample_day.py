"""The sample day's result: explained to the cent, by every route, from operations that sum to it."""

from collections import Counter
from decimal import Decimal

import pytest


@pytest.fixture
def result(sample_result):
    return sample_result("pnl")


def rows(result, name):
    return result.tables[name].to_dict("records")


def place(row):
    return row["book"], str(row["isin"]), row["component"]


def test_nothing_is_unexplained_on_any_day_and_the_lots_agree(result):
    books = rows(result, "pnl_books")
    assert len(books) == 125 * 8  # business days after the first, books
    assert [row for row in books if row["unexplained"] or row["total"] != row["realised"] + row["unrealised"]] == []


def test_the_components_of_each_book_sum_to_its_total(result):
    sums = Counter()
    for row in rows(result, "pnl_lines"):
        sums[row["date"], row["book"]] += row["amount"]
    assert all(sums[row["date"], row["book"]] == row["total"] for row in rows(result, "pnl_books"))


def test_the_operations_sum_to_the_lines_but_for_cents(result):
    """Deals of one instrument that became known late together share their effect, and have no amount of their own."""
    lines = {place(row): row["amount"] for row in rows(result, "pnl_lines") if row["date"] == result.day.as_of}
    shared = {place(row) for row in rows(result, "operations") if row["amount"] is None}
    sums, cents = Counter(), []
    for row in rows(result, "operations"):
        sums[place(row)] += row["amount"] or 0
        cents += [row["amount"]] if row["kind"] == "ROUNDING" else []
    assert {found: amount for found, amount in sums.items() if amount} == {
        found: amount for found, amount in lines.items() if found not in shared
    }
    assert all(abs(amount) <= Decimal("0.05") for amount in cents)


def test_lots_are_the_positions_and_matches_have_their_result(result):
    held, cost = Counter(), Counter()
    for row in rows(result, "lots"):
        held[row["book"], row["isin"]] += row["quantity"]
        cost[row["book"], row["isin"]] += row["cost"]
    for row in rows(result, "positions"):
        assert (held[row["book"], row["isin"]], cost[row["book"], row["isin"]]) == (row["quantity"], row["cost"])
    assert all(row["result"] == row["proceeds"] - row["cost"] for row in rows(result, "lot_matches"))


def test_late_knowledge_of_every_kind_shows_today(result):
    today = {row["component"] for row in rows(result, "pnl_lines") if row["date"] == result.day.as_of}
    assert {"RESTATE", "AMEND", "CANCEL", "PRICE", "CARRY", "DIVIDEND", "FX", "NEW", "FEES", "ADJUST"} <= today


def test_what_was_planted_is_found_and_nothing_else(result):
    """By hand from data/sample/irregularities.yml."""
    found = {(row["control"], row["key"]) for row in result.findings.to_dict("records")}
    assert found == {
        ("PNL-02", "CREDIT-EUR"),
        ("PNL-02", "EQ-US-CORE"),
        ("PNL-04", "XS0099Z00067"),
        ("PNL-05", "FR0099Z00124"),
        ("PNL-09", "ADJ-0006"),
        ("PNL-09", "ADJ-0007"),
        ("PNL-10", "ADJ-0008"),
        ("PNL-11", "EQ-US-EUR US4592001014"),
        ("PNL-12", "CREDIT-EUR FR0099Z00017"),
        ("PNL-13", "EQ-EU"),
    }
