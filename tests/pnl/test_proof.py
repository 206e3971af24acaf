"""A result that lacks a price or a rate is not proven, and says so."""

import pytest
from small import BOOKS, OPENING, PRICES, SHARE, small_day

from bolib.pnl import produce


def test_a_day_with_every_price_is_proven():
    result = produce(
        small_day(
            "2026-03-31",
            books=BOOKS,
            instruments=SHARE,
            prices=PRICES,
            opening_lots=OPENING,
            trades="""
        trade_id | book | isin | side | quantity | price | net_amount | trade_date
        T1       | CASH | A    | BUY  | 10       | 11.50 | 115.00     | 2026-03-30
    """,
        )
    )
    assert result.day.proven and result.verdict.level == "good"


def test_a_position_without_a_price_is_shown_unpriced_and_the_day_is_not_proven():
    """Wednesday has no price of A: the position has no value, its last price is a day old, the verdict is bad."""
    result = produce(
        small_day(
            "2026-04-01",
            books=BOOKS,
            instruments=SHARE,
            opening_lots=OPENING,
            trades="""
        trade_id | book | isin | side | quantity | price | net_amount | trade_date
        T1       | CASH | A    | BUY  | 10       | 11.50 | 115.00     | 2026-03-30
    """,
            prices=PRICES,
        )
    )
    position = result.tables["positions"].to_dict("records")[0]
    assert not result.day.proven and result.verdict.level == "bad"
    assert position["price_age_days"] == 1 and str(position["price_date"]) == "2026-03-31"
    assert result.tables["positions"][["price", "market_value", "accrued"]].isna().all(axis=None)
    assert "last price of 2026-03-31, 1 business day old" in result.findings["message"][0]


def test_an_instrument_never_priced_is_out_of_the_result_and_the_day_is_not_proven():
    result = produce(
        small_day(
            "2026-03-31",
            books=BOOKS,
            prices=PRICES,
            opening_lots=OPENING,
            instruments=f"""{SHARE.rstrip()}
    B    | Be   | EQUITY      | EUR      | UNIT      | 1
    """,
            trades="""
        trade_id | book | isin | side | quantity | price | net_amount | trade_date
        T1       | CASH | B    | BUY  | 10       | 11.50 | 115.00     | 2026-03-30
    """,
        )
    )
    assert not result.day.proven
    assert set(result.findings["control"]) == {"PNL-07"}
    assert set(result.tables["positions"]["isin"]) == {"A"}


def test_without_prices_there_is_no_result_and_the_verdict_says_so():
    result = produce(small_day("2026-03-31", books=BOOKS, instruments=SHARE, opening_lots=OPENING))
    assert result.verdict.text == "Result of 31 March 2026: not computed, for want of prices."
    assert result.verdict.level == "bad"
    assert "off" in {item["status"] for item in result.checked}


SHARES = SHARE + "".join(f"    {name}    | {name}y   | EQUITY      | EUR      | UNIT      | 1\n" for name in "BC")
CLOSES = "date | isin | price | currency | known_at\n" + "".join(
    f"{day} | {name} | {price} | EUR |\n"
    for name in "ABC"
    for day, price in (("2026-03-27", 11), ("2026-03-30", 12), ("2026-03-31", 12))
)
CORRECTED = "".join(f"2026-03-31 | {name} | 12.50 | EUR | 2026-03-31 16:00\n" for name in "AB")


@pytest.mark.parametrize(("later", "told"), [("", ["CLOSE 2026-03-31"]), (CORRECTED, [])])
def test_prices_sent_again_under_a_new_date_are_told_until_they_are_corrected(later, told):
    """Three shares move on Monday and stand still on Tuesday; the second time two closes are put right that evening."""
    tables = {"books": BOOKS, "instruments": SHARES, "opening_lots": OPENING, "trades": "trade_id | book | isin\n"}
    findings = produce(small_day("2026-03-31", prices=CLOSES + later, **tables)).findings
    assert findings.loc[findings["control"] == "PNL-17", "key"].tolist() == told
