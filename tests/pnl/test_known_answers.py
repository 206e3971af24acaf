"""The daily result on a few deals, against figures worked out by hand in the comments.

Friday 27 March 2026 is the day positions are taken on, Monday 30 and Tuesday 31 have results.
"""

from small import BOOKS, OPENING, PRICES, SHARE, book, lines, small_day

from bolib.pnl.operations import operations


def test_price_deals_and_fees_make_the_day():
    """q0 = 100. PRICE 100 x (12 - 11) = 100. NEW: buy 10 x 12 - 115 = 5, sell 375 - 30 x 12 = 15.
    Value and cash: 80 x 12 - 100 x 11 + (375 - 115 - 1) = 119.
    Lots: 30 of the lot at 10 sold for 375: 75, less the fee 1 = 74; unrealised 145 - 100 = 45.
    """
    day = small_day(
        "2026-03-30",
        books=BOOKS,
        instruments=SHARE,
        prices=PRICES,
        opening_lots=OPENING,
        trades="""
        trade_id | book | isin | side | quantity | price | fees | net_amount | trade_date
        T1       | CASH | A    | BUY  | 10       | 11.50 | 1.00 | 116.00     | 2026-03-30
        T2       | CASH | A    | SELL | 30       | 12.50 | 0.00 | 375.00     | 2026-03-30
    """,
    )
    assert lines(day, "2026-03-30") == {"FEES": "-1.00", "NEW": "20.00", "PRICE": "100.00"}
    assert book(day, "2026-03-30", "CASH") == {"total": "119.00", "realised": "74.00", "unrealised": "45.00"}


def test_fees_in_cost_move_between_realised_and_cost_never_the_total():
    """MEAN buys 10 at 11.50 with fee 1 (cost 116), sells 4 at 12: cost out 46.40, result 1.60; held 6: 72 - 69.60 = 2.40."""
    day = small_day(
        "2026-03-30",
        books=BOOKS,
        instruments=SHARE,
        prices=PRICES,
        trades="""
        trade_id | book | isin | side | quantity | price | fees | net_amount | trade_date | traded_at
        T1       | MEAN | A    | BUY  | 10       | 11.50 | 1.00 | 116.00     | 2026-03-30 | 2026-03-30 09:00
        T2       | MEAN | A    | SELL | 4        | 12    | 0.00 | 48.00      | 2026-03-30 | 2026-03-30 10:00
    """,
    )
    assert lines(day, "2026-03-30") == {"FEES": "-1.00", "NEW": "5.00"}
    assert book(day, "2026-03-30", "MEAN") == {"total": "4.00", "realised": "1.60", "unrealised": "2.40"}


def test_a_foreign_share_splits_price_and_fx_and_pays_a_dividend_at_the_ex_date_rate():
    """10 units, USD. x0 = 1/1.25 = 0.8, x1 = 1/1.20 = 0.8333...
    Level before 10 x 100 x 0.8 = 800.00; new price 10 x 102 x 0.8 = 816.00: PRICE 16.00;
    new rate 1020 / 1.20 = 850.00: FX 34.00. Dividend 10 x 0.50 / 1.20 = 4.1666... = 4.17.
    """
    day = small_day(
        "2026-03-30",
        books=BOOKS,
        instruments=SHARE.replace("EUR ", "USD "),
        prices="""
        date       | isin | price | currency
        2026-03-27 | A    | 100   | USD
        2026-03-30 | A    | 102   | USD
    """,
        fx_rates="""
        date       | currency | rate
        2026-03-27 | USD      | 1.25
        2026-03-30 | USD      | 1.20
    """,
        corporate_actions="""
        ca_id | isin | type | ex_date    | amount | currency
        D1    | A    | DVCA | 2026-03-30 | 0.50   | USD
    """,
        opening_lots=OPENING.replace("100 ", "10  "),
    )
    assert lines(day, "2026-03-30") == {"DIVIDEND": "4.17", "FX": "34.00", "PRICE": "16.00"}
    assert book(day, "2026-03-30", "CASH") == {"total": "54.17", "realised": "4.17", "unrealised": "50.00"}


def test_a_split_changes_units_not_the_result():
    """7 for 1: 100 at 12 become 700 at 1.75: 700 x 1.75 - 100 x 12 = 25; q0 restated 700 x (1.75 - 12/7)."""
    day = small_day(
        "2026-03-31",
        books=BOOKS,
        instruments=SHARE,
        opening_lots=OPENING,
        prices="""
        date       | isin | price | currency
        2026-03-27 | A    | 11    | EUR
        2026-03-30 | A    | 12    | EUR
        2026-03-31 | A    | 1.75  | EUR
    """,
        corporate_actions="""
        ca_id | isin | type | ex_date    | ratio_new | ratio_old
        S1    | A    | SPLF | 2026-03-31 | 7         | 1
    """,
    )
    assert lines(day, "2026-03-31") == {"PRICE": "25.00"}
    assert [(str(row["quantity"]), str(row["cost"])) for row in day.rows("positions")] == [("700.000000", "1000.00")]


def test_a_bond_accrues_pays_its_coupon_and_is_bought_with_accrued_interest():
    """Nominal 100,000 of a 3.65 % ACT/365 bond maturing 31 March: accrued per day 10.00, the coupon 3,650 on the 31st.
    30 March: clean price 99 → 99.10: PRICE 100.00; accrued 3 days (27 → 30) 30.00: CARRY.
    31 March: accrued 3,640 → 0, coupon 3,650: CARRY 10.00.
    """
    day = small_day(
        "2026-03-31",
        books=BOOKS,
        instruments="""
        isin | name | asset_class | currency | quotation | multiplier | coupon_rate | day_count | maturity_date
        A    | Ay   | BOND        | EUR      | PERCENT   | 1          | 3.65        | ACT/365   | 2030-03-31
    """,
        prices="""
        date       | isin | price | currency
        2026-03-27 | A    | 99    | EUR
        2026-03-30 | A    | 99.10 | EUR
        2026-03-31 | A    | 99.10 | EUR
    """,
        opening_lots=OPENING.replace("100 ", "100000 ").replace("1000.00", "98000.00"),
        corporate_actions="""
        ca_id | isin | type | ex_date    | amount | currency
        C1    | A    | INTR | 2026-03-31 | 3.65   | EUR
    """,
    )
    assert lines(day, "2026-03-30") == {"CARRY": "30.00", "PRICE": "100.00"}
    assert lines(day, "2026-03-31") == {"CARRY": "10.00"}


def test_what_is_known_late_counts_on_the_day_it_is_known():
    """T1 (buy 10 at 11.50 on the 30th) is amended on the 31st to 10 at 11.00: 5 more on the 30th, so AMEND 5.
    T2 (buy 20 at 11 on the 30th) is cancelled on the 31st: the 30th had shown 20 x (12 - 11) = 20: CANCEL -20.
    T3 (sell 5 at 11 on the 30th) is entered on the 31st: 55 - 5 x 12 = -5: RESTATE -5.
    The 31st itself, on 100 + 10 - 5 = 105: PRICE 105 x 0.50 = 52.50.
    """
    day = small_day(
        "2026-03-31",
        books=BOOKS,
        instruments=SHARE,
        prices=PRICES,
        opening_lots=OPENING,
        trades="""
        trade_id | version | action | book | isin | side | quantity | price | net_amount | trade_date | entered_at
        T1       | 1       | NEW    | CASH | A    | BUY  | 10       | 11.50 | 115.00     | 2026-03-30 | 2026-03-30 10:00
        T1       | 2       | AMEND  | CASH | A    | BUY  | 10       | 11.00 | 110.00     | 2026-03-30 | 2026-03-31 10:00
        T2       | 1       | NEW    | CASH | A    | BUY  | 20       | 11.00 | 220.00     | 2026-03-30 | 2026-03-30 10:00
        T2       | 2       | CANCEL | CASH | A    | BUY  | 20       | 11.00 | 220.00     | 2026-03-30 | 2026-03-31 10:00
        T3       | 1       | NEW    | CASH | A    | SELL | 5        | 11.00 | 55.00      | 2026-03-30 | 2026-03-31 10:00
    """,
    )
    assert lines(day, "2026-03-30") == {"NEW": "25.00", "PRICE": "100.00"}
    assert lines(day, "2026-03-31") == {"AMEND": "5.00", "CANCEL": "-20.00", "PRICE": "52.50", "RESTATE": "-5.00"}
    assert book(day, "2026-03-31", "CASH")["total"] == "32.50"


def test_what_is_entered_after_the_cut_off_counts_tomorrow():
    """19:00 in Paris is 17:00 UTC in summer time: entered at 17:01, the deal of the 30th counts on the 31st."""
    deals = """
        trade_id | book | isin | side | quantity | price | net_amount | trade_date | entered_at
        T1       | CASH | A    | BUY  | 10       | 11.50 | 115.00     | 2026-03-30 | 2026-03-30 17:{minute}
    """
    for minute, expected in (("00", {"NEW": "5.00"}), ("01", {})):
        day = small_day("2026-03-30", books=BOOKS, instruments=SHARE, prices=PRICES, trades=deals.format(minute=minute))
        assert lines(day, "2026-03-30") == expected


def test_a_corrected_price_restates_the_day_it_concerns():
    """The close of the 30th, published as 12, is corrected to 11.80 on the 31st: RESTATE 100 x -0.20; PRICE 100 x 0.70."""
    day = small_day(
        "2026-03-31",
        books=BOOKS,
        instruments=SHARE,
        opening_lots=OPENING,
        prices="""
        date       | isin | price | currency | known_at
        2026-03-27 | A    | 11    | EUR      |
        2026-03-30 | A    | 12    | EUR      |
        2026-03-30 | A    | 11.80 | EUR      | 2026-03-31 08:00
        2026-03-31 | A    | 12.50 | EUR      |
    """,
    )
    assert lines(day, "2026-03-30") == {"PRICE": "100.00"}
    assert lines(day, "2026-03-31") == {"PRICE": "70.00", "RESTATE": "-20.00"}
    assert book(day, "2026-03-31", "CASH") == {"total": "50.00", "realised": "0.00", "unrealised": "50.00"}


def test_a_transfer_between_books_nets_to_zero_and_carries_date_and_cost():
    """40 of 100 (cost 10 each) go to MEAN at the close of 12: CASH keeps its 100 x 1 = 100, MEAN starts from 12."""
    day = small_day(
        "2026-03-31",
        books=BOOKS,
        instruments=SHARE,
        prices=PRICES,
        opening_lots=OPENING,
        trades="""
        trade_id | book | from_book | isin | side | quantity | price | net_amount | trade_date
        X1       | MEAN | CASH      | A    | BUY  | 40       | 12    | 480.00     | 2026-03-30
    """,
    )
    assert lines(day, "2026-03-30", "CASH") == {"PRICE": "100.00"}
    assert lines(day, "2026-03-30", "MEAN") == {}
    assert book(day, "2026-03-30", "CASH") == {"total": "100.00", "realised": "80.00", "unrealised": "20.00"}
    assert lines(day, "2026-03-31", "MEAN") == {"PRICE": "20.00"}
    held = {row["book"]: (str(row["quantity"]), str(row["cost"])) for row in day.rows("positions")}
    assert held == {"CASH": ("60.000000", "600.00"), "MEAN": ("40.000000", "400.00")}


def test_a_short_sold_and_bought_back_realises_its_gain():
    """Sell 10 at 12.20 on the 30th (close 12): NEW 2; buy back 10 at 11.90 on the 31st (close 12.50):
    PRICE -10 x 0.50 = -5, NEW 10 x 12.50 - 119 = 6. Lots: 122 - 119 = 3 realised on the 31st.
    """
    day = small_day(
        "2026-03-31",
        books=BOOKS,
        instruments=SHARE,
        prices=PRICES,
        trades="""
        trade_id | book | isin | side | quantity | price | net_amount | trade_date
        T1       | CASH | A    | SELL | 10       | 12.20 | 122.00     | 2026-03-30
        T2       | CASH | A    | BUY  | 10       | 11.90 | 119.00     | 2026-03-31
    """,
    )
    assert lines(day, "2026-03-31") == {"NEW": "6.00", "PRICE": "-5.00"}
    assert book(day, "2026-03-31", "CASH") == {"total": "1.00", "realised": "3.00", "unrealised": "-2.00"}


def test_a_redeemed_bond_leaves_at_its_redemption_price():
    """Nominal 1,000 at 99.50 the evening before, redeemed at 100: CORPORATE_ACTION 1,000 - 995 = 5. Cost 980: realised 20."""
    day = small_day(
        "2026-03-31",
        books=BOOKS,
        instruments="""
        isin | name | asset_class | currency | quotation | multiplier
        A    | Ay   | BOND        | EUR      | PERCENT   | 1
    """,
        prices="""
        date       | isin | price | currency
        2026-03-27 | A    | 99.40 | EUR
        2026-03-30 | A    | 99.50 | EUR
    """,
        opening_lots=OPENING.replace("100 ", "1000 ").replace("1000.00", "980.00"),
        corporate_actions="""
        ca_id | isin | type | ex_date    | amount | currency
        R1    | A    | REDM | 2026-03-31 | 100    | EUR
    """,
    )
    assert lines(day, "2026-03-31") == {"CORPORATE_ACTION": "5.00"}
    assert book(day, "2026-03-31", "CASH") == {"total": "5.00", "realised": "20.00", "unrealised": "-15.00"}
    assert day.rows("positions") == []


def test_an_adjustment_counts_on_its_day():
    day = small_day(
        "2026-03-30",
        books=BOOKS,
        instruments=SHARE,
        prices=PRICES,
        opening_lots=OPENING,
        adjustments="""
        adjustment_id | date       | book | amount | currency | reason | author
        J1            | 2026-03-30 | CASH | -7.00  | EUR      | swap   | ann
    """,
    )
    assert lines(day, "2026-03-30") == {"ADJUST": "-7.00", "PRICE": "100.00"}
    assert book(day, "2026-03-30", "CASH") == {"total": "93.00", "realised": "-7.00", "unrealised": "100.00"}


def test_the_operations_of_a_component_sum_to_it():
    """Two buys of 1 at 10.005 against a close of 12: each is 1.995, rounded to even 2.00 or 1.99; together 3.99."""
    day = small_day(
        "2026-03-30",
        books=BOOKS,
        instruments=SHARE,
        prices=PRICES,
        trades="""
        trade_id | book | isin | side | quantity | price  | fees | gross_amount | net_amount | trade_date
        T1       | CASH | A    | BUY  | 1        | 10.005 | 1.00 | 10.00        | 11.00      | 2026-03-30
        T2       | CASH | A    | BUY  | 1        | 10.005 | 2.00 | 10.01        | 12.01      | 2026-03-30
        """,
    )
    assert lines(day, "2026-03-30") == {"FEES": "-3.00", "NEW": "3.99"}
    found = operations(day).to_pylist()
    assert [(row["component"], row["key"], str(row["amount"])) for row in found] == [
        ("FEES", "T1 v1", "-1.00"),
        ("FEES", "T2 v1", "-2.00"),
        ("NEW", "T1 v1", "2.00"),
        ("NEW", "T2 v1", "1.99"),
    ]
