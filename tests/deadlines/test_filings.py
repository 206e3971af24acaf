"""What must be filed: scope, due dates, corrections, thresholds and taxes worked out by hand.

Good Friday is 3 April 2026, Easter Monday 6 April; TARGET and Euronext Paris close on both. Paris is one hour ahead of
UTC until 28 March 2026, two hours from 29 March.
"""

import re
from datetime import date, datetime
from decimal import Decimal as D
from fractions import Fraction

import pyarrow as pa
import pytest
from drawn_day import PARAMETERS, drawn_day, found
from hypothesis import given
from hypothesis import strategies as st

from bolib import report
from bolib.deadlines import produce
from bolib.deadlines.filings.amounts import in_euros, tax_on_days
from bolib.deadlines.filings.crossings import Thresholds, crossings
from bolib.deadlines.filings.periods import paris_days
from bolib.deadlines.impact import impact
from bolib.errors import RuleError
from bolib.rulebook import Rulebook, load_rulebook

AS_OF = "2026-03-31"
DEALS = (
    "trade_id | version | action | book | isin | side | quantity | gross_amount | taxes | currency | trade_date"
    " | traded_at | settlement_date | venue | entered_at | from_book"
)
LISTED = "regime | object_id | event_at | in_scope | exemption_reason | amount | currency"
FILED = "filing_id | regime | object_id | event_at | sent_at | status | acknowledged_at | replaces"
SHARE, DEBT = "FR0000000010", "XS0000000020"
INSTRUMENTS = f"""
    isin    | name  | asset_class | currency | market | shares_outstanding | ttf
    {SHARE} | Share | EQUITY      | EUR      | XPAR   | 1000000            | true
    {DEBT}  | Debt  | BOND        | EUR      |        |                    | false
    FR0000000030 | Call | OPTION  | EUR      | XPAR   |                    | false
    US0000000040 | US   | EQUITY  | USD      | XNYS   | 1000000            | false
"""


def deal(trade_id, isin=SHARE, side="BUY", quantity=100, gross="5000.00", on="2026-03-24", at="09:00", **others):
    """Return a drawn deal with another party; `others` are columns by name."""
    row = {
        "version": 1,
        "action": "NEW",
        "book": "B",
        "taxes": "0.00",
        "currency": "EUR",
        "settlement_date": on,
        "venue": "",
        "from_book": "",
    }
    row |= {
        "trade_id": trade_id,
        "isin": isin,
        "side": side,
        "quantity": quantity,
        "gross_amount": gross,
        "trade_date": on,
    }
    row |= {"traded_at": f"{on} {at}", "entered_at": f"{on} {at}"} | others
    return " | ".join(str(row[name.strip()]) for name in DEALS.split("|"))


def table(head, *rows):
    """Return a drawn table."""
    return "\n".join((head, *rows))


def day_of(as_of=AS_OF, **tables):
    """Return the day, judged."""
    day = drawn_day("deadlines", as_of, **tables)
    return day, produce(day)


def states(day, *columns):
    """Return the named columns of every obligation, by its object."""
    return {row["object_id"]: tuple(str(row[name]) for name in columns) for row in day.rows("judged_filings")}


def listed(object_id, regime="MIFIR", at="2026-03-24 09:00", scope="true", reason="", amount="", currency=""):
    return f"{regime} | {object_id} | {at} | {scope} | {reason} | {amount} | {currency}"


def filed(filing_id, object_id, sent="2026-03-25 08:00", status="ACCEPTED", answered="2026-03-25 10:00", replaces="",
          regime="MIFIR", at="2026-03-24 09:00"):  # fmt: skip
    return f"{filing_id} | {regime} | {object_id} | {at} | {sent} | {status} | {answered} | {replaces}"


def test_a_correction_and_what_it_replaces_are_one_obligation():
    late = {"sent": "2026-03-30 08:00", "answered": "2026-03-30 10:00"}
    day, result = day_of(
        reportable=table(LISTED, *map(listed, ("corrected", "correction refused", "correction waits", "refused",
                                               "refused, resent", "resent late", "moved away", "moved here"))),
        filings=table(
            FILED,
            filed("A1", "corrected"), filed("A2", "corrected", replaces="A1", **late),
            filed("B1", "correction refused"), filed("B2", "correction refused", status="REJECTED", replaces="B1", **late),
            filed("C1", "correction waits"), filed("C2", "correction waits", status="PENDING", replaces="C1", sent="2026-03-30 08:00", answered=""),
            filed("D1", "refused", status="REJECTED"),
            filed("E1", "refused, resent", status="REJECTED"), filed("E2", "refused, resent", sent="2026-03-25 15:00", answered="2026-03-25 16:00"),
            filed("F1", "resent late", status="REJECTED"), filed("F2", "resent late", replaces="F1", **late),
            filed("G1", "moved away"), filed("G2", "moved here", replaces="G1", **late),
        ),
    )  # fmt: skip
    assert states(day, "state", "status") == {
        "corrected": ("FILED", "DONE"),
        "correction refused": ("REJECTED", "OVERDUE"),
        "correction waits": ("FILED", "DONE"),
        "refused": ("REJECTED", "OVERDUE"),
        "refused, resent": ("FILED", "DONE"),
        "resent late": ("FILED", "LATE"),
        "moved away": ("NOT_SENT", "OVERDUE"),
        "moved here": ("FILED", "LATE"),
    }
    assert found(result, "FILING-05") == []


def test_what_was_sent_or_answered_later_is_not_known_yet():
    day, _ = day_of(
        as_of="2026-03-25",
        reportable=table(LISTED, *map(listed, ("sent later", "answered later")), listed("of tomorrow", at="2026-03-26 09:00")),
        filings=table(FILED, filed("A", "sent later", sent="2026-03-26 08:00", answered="2026-03-26 09:00"),
                      filed("B", "answered later", answered="2026-03-26 09:00", status="REJECTED")),
    )  # fmt: skip
    assert states(day, "state", "status") == {"sent later": ("NOT_SENT", "TODAY"), "answered later": ("SENT", "TODAY")}


def test_midnight_in_paris_belongs_to_the_day_that_ends_and_the_clocks_of_paris_count():
    moments = ["2026-03-24 22:59:59", "2026-03-24 23:00", "2026-03-24 23:00:01", "2026-03-30 22:00", "2026-03-30 22:30"]
    moment = pa.array([datetime.fromisoformat(text) for text in moments], pa.timestamp("us"))
    days = paris_days(pa.table({"moment": moment}))["day"].to_pylist()
    assert days == [date(2026, 3, 24), date(2026, 3, 24), date(2026, 3, 25), date(2026, 3, 30), date(2026, 3, 31)]


def test_scope_of_deals_is_that_of_venues_and_instruments_and_the_register_is_compared_with_it():
    day, result = day_of(
        instruments=INSTRUMENTS,
        trades=table(
            DEALS, deal("listed"), deal("not listed"), deal("before the register", on="2026-03-02"),
            deal("bond, elsewhere", isin=DEBT), deal("bond on a venue", isin=DEBT, venue="XPAR"),
            deal("American", isin="US0000000040", currency="USD"), deal("option", isin="FR0000000030"),
            deal("between books", from_book="C"), deal("cancelled"), deal("cancelled", version=2, action="CANCEL"),
        ),
        reportable=table(LISTED, listed("listed"), listed("cancelled"), listed("exempted", scope="false", reason="none of ours"),
                         listed("unexplained", scope="false")),
    )  # fmt: skip
    assert found(result, "FILING-06") == [
        f"MIFIR {name} 2026-03-24" for name in ("bond on a venue", "not listed", "option")
    ]
    assert found(result, "FILING-07") == ["MIFIR cancelled 2026-03-24"]
    assert found(result, "FILING-08") == ["MIFIR unexplained 2026-03-24"]
    assert found(result, "FILING-10") == ["EMIR", "TTF"]
    proof = next(row for row in day.rows("filings_by_regime") if row["regime"] == "MIFIR")
    counts = {
        name: proof[name]
        for name in ("in_scope", "filed", "filed_late", "exempted", "unexplained", "running", "overdue")
    }
    assert counts == {
        "in_scope": 7,
        "filed": 0,
        "filed_late": 0,
        "exempted": 1,
        "unexplained": 1,
        "running": 0,
        "overdue": 5,
    }
    assert (proof["unlisted"], proof["undecided"], proof["strays"]) == (3, 2, 1)


DUE = (
    ("MIFIR", "2026-04-30", "2026-05-04"),  # 1 May is no TARGET day
    ("MIFIR", "2026-04-02", "2026-04-07"),
    ("FICOBA", "2026-04-02", "2026-04-09"),
    ("COSI", "2026-04-02", "2026-05-30"),
    ("CRS", "2023-12-31", "2024-07-31"),
    ("CRS", "2025-12-31", "2026-07-15"),
    ("FATCA", "2025-12-31", "2026-07-15"),
    ("IFU", "2025-07-03", "2026-02-15"),
    ("TTF", "2026-02-12", "2026-03-05"),
    ("WITHHOLDING", "2026-02-12", "2026-03-15"),
    ("HOLDING", "2026-04-01", "2026-04-09"),  # 2, 7, 8 and 9 April
    ("FCC", "2026-05-07", "2026-05-12"),  # 8 May is a holiday
    ("DAC6", "2026-04-02", "2026-05-02"),
)


def test_the_due_date_is_that_of_the_regime_on_the_day_of_the_event():
    rows = [listed(f"{regime} of {event}", regime, f"{event} 09:00") for regime, event, _ in DUE]
    day, _ = day_of(as_of="2026-06-30", reportable=table(LISTED, *rows))
    assert states(day, "due_date") == {f"{regime} of {event}": (due,) for regime, event, due in DUE}


def test_a_short_position_is_notified_by_half_past_three_on_the_next_trading_day_in_both_directions():
    day, result = day_of(
        as_of="2026-04-08",
        instruments=INSTRUMENTS,
        opening_lots=f"book | isin | trade_id | opened_on | quantity | cost | currency\n B | {SHARE} | O | 2026-01-05 | 500 | 1 | EUR",
        trades=table(
            DEALS,
            deal("T1", side="SELL", quantity=1499, on="2026-04-01"),  # 999 short: 0.0999 %
            deal("T2", side="SELL", quantity=1, on="2026-04-02"),  # 1,000: 0.1 % reached
            deal("T3", side="BUY", quantity=10, on="2026-04-07", book="C"),  # 990: fallen below
        ),
        reportable=table(LISTED, listed(SHARE, "SHORT", "2026-04-02 22:00")),
        filings=table(FILED, filed("S1", SHARE, regime="SHORT", at="2026-04-02 22:00", sent="2026-04-07 13:31", answered="2026-04-07 14:00")),
    )  # fmt: skip
    rows = {row["period"]: row for row in day.rows("judged_filings") if row["regime"] == "SHORT"}
    assert {period: (row["state"], row["status"], str(row["due_date"])) for period, row in rows.items()} == {
        "2026-04-02": ("FILED", "LATE", "2026-04-07"),  # a minute after 15:30 in Paris
        "2026-04-07": ("NOT_SENT", "TODAY", "2026-04-08"),
    }
    assert found(result, "FILING-06") == [f"SHORT {SHARE} 2026-04-07"]
    assert rows["2026-04-07"]["told"] == (
        "net short position of 0.0990 % of the capital, 0.1000 % the evening before: below 0.1 %"
    )


THRESHOLDS = Thresholds(
    short=((date(2012, 11, 1), Fraction(2, 1000), Fraction(1, 1000)), (date(2022, 1, 31), Fraction(1, 1000), Fraction(1, 1000))),
    holding=((date(2009, 2, 1), (Fraction(5, 100), Fraction(10, 100), Fraction(1, 3))),),
)  # fmt: skip
MOVES = pa.schema([("isin", pa.string()), ("day", pa.date32()), ("quantity", pa.decimal128(18, 6)),
                   ("capital", pa.decimal128(18, 6)), ("short_scope", pa.bool_()), ("holding_scope", pa.bool_())])  # fmt: skip
SPLITS = pa.schema([("isin", pa.string()), ("ex_date", pa.date32()), ("ratio_new", pa.decimal128(18, 6)),
                    ("ratio_old", pa.decimal128(18, 6))])  # fmt: skip


def passed(moves, splits=(), capital="3000"):
    """Return the day and words of the thresholds passed by moves (day, quantity) of one share."""
    rows = [
        dict(zip(MOVES.names, (SHARE, day, D(quantity), D(capital), True, True), strict=True))
        for day, quantity in moves
    ]
    ratios = [dict(zip(SPLITS.names, (SHARE, day, D(new), D(old)), strict=True)) for day, new, old in splits]
    found_rows = crossings(
        pa.Table.from_pylist(rows, schema=MOVES), pa.Table.from_pylist(ratios, schema=SPLITS), THRESHOLDS
    )
    return sorted(
        (row["event_on"].day, row["regime"], row["told"].rpartition(": ")[2]) for row in found_rows.to_pylist()
    )


def test_a_third_of_the_capital_is_a_third_and_several_thresholds_are_one_row():
    days = [date(2026, 3, number) for number in (2, 3, 4, 5)]
    assert passed([(days[0], 999), (days[1], 1), (days[2], -1), (days[3], -850)]) == [
        (2, "HOLDING", "5 % and 10 % passed upwards"),
        (3, "HOLDING", "33 1/3 % passed upwards"),
        (4, "HOLDING", "33 1/3 % passed downwards"),
        (5, "HOLDING", "5 % and 10 % passed downwards"),
    ]


def test_the_first_threshold_of_short_positions_is_that_of_the_day():
    before, after = date(2022, 1, 28), date(2022, 1, 31)
    assert passed([(before, -3)]) == []  # 0.1 %, and 0.2 % was the first
    assert passed([(after, -3), (date(2022, 2, 1), -3)]) == [(1, "SHORT", "above 0.2 %"), (31, "SHORT", "above 0.1 %")]


def test_a_split_passes_no_threshold():
    deals = [(date(2026, 3, 2), 20), (date(2026, 3, 10), 1)]
    assert passed(deals, splits=[(date(2026, 3, 9), 7, 1)]) == []  # 140, then 141 of 3,000: below 5 %
    assert passed(deals, splits=[(date(2026, 3, 9), 8, 1)]) == [(2, "HOLDING", "5 % passed upwards")]  # 160


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(-1500, 1500)), max_size=6))
def test_thresholds_are_those_a_walk_through_the_evenings_passes(moves):
    expected, held = [], 0
    for number in sorted({day for day, _ in moves}):
        before, held = held, held + sum(quantity for day, quantity in moves if day == number)
        reached = [len([step for step in range(1, 3001) if step * 3 <= -position]) for position in (before, held)]
        levels = [sum(3 * position >= bound for bound in (450, 900, 3000)) for position in (before, held)]
        expected += [(number, "HOLDING")] if levels[0] != levels[1] else []
        expected += [(number, "SHORT")] if reached[0] != reached[1] else []
    assert [row[:2] for row in passed([(date(2026, 3, day), quantity) for day, quantity in moves])] == expected


def test_cash_is_added_up_by_customer_month_and_direction_in_euros():
    day, result = day_of(
        customers="customer_id | kind\n C1 | RETAIL\n C2 | RETAIL\n C3 | RETAIL\n C4 | RETAIL",
        accounts="account | customer_id | opened_on\n A1 | C1 | 2010-01-04\n A2 | C1 | 2010-01-04\n B1 | C2 | 2010-01-04\n D1 | C3 | 2010-01-04\n E1 | C4 | 2010-01-04",
        fx_rates="date | currency | rate\n 2026-03-06 | USD | 1.25\n 2026-03-09 | USD | 2",
        cash_operations="""
            operation_id | account | date       | direction | amount   | currency
            1            | A1      | 2026-02-02 | IN        | 1.00     | EUR
            2            | A1      | 2026-03-02 | IN        | 6000.00  | EUR
            3            | A2      | 2026-03-08 | IN        | 5000.01  | USD
            4            | A2      | 2026-03-20 | IN        | 1.00     | EUR
            5            | B1      | 2026-03-02 | IN        | 10000.00 | EUR
            6            | B1      | 2026-03-03 | OUT       | 10000.00 | EUR
            7            | D1      | 2026-03-02 | OUT       | 10000.01 | EUR
            8            | E1      | 2026-03-02 | IN        | 9000.00  | GBP
        """,
        reportable=table(LISTED, listed("C9", "COSI", "2026-02-27 12:00")),
    )  # fmt: skip
    # C1 in dollars on Sunday 8 March: at the rate of Friday, 5,000.01 / 1.25 = 4,000.01; 6,000 and 4,000.01 pass the limit
    assert found(result, "FILING-06") == ["COSI C1 2026-03", "COSI C3 2026-03"]
    rows = {row["object_id"]: row for row in day.rows("judged_filings")}
    assert (rows["C1"]["event_on"], rows["C1"]["amount"]) == (date(2026, 3, 8), D("10001.01"))
    assert (rows["C3"]["due_date"], rows["C3"]["told"]) == (date(2026, 4, 30), "cash paid out above the limit")
    proof = next(row for row in day.rows("filings_by_regime") if row["regime"] == "COSI")
    assert proof["undecided"] == 1  # C4: no rate for pounds


def test_euros_are_rounded_once_and_a_missing_rate_gives_none():
    rows = pa.table({"amount": pa.array([D("1.00"), D("0.01")], pa.decimal128(18, 2)),
                     "rate": pa.array([D("3"), None], pa.decimal128(18, 8))})  # fmt: skip
    assert in_euros(rows)["euros"].to_pylist() == [D("0.33"), None]


def bought_and_sold(bought, sold, paid, rate="0.4"):
    """Return one day of a taxed share."""
    kinds = {"bought": (D(bought), 6), "sold": (D(sold), 6), "paid": (D(paid), 2), "rate_percent": (D(rate), 8)}
    return pa.table({name: pa.array([value], pa.decimal128(18, scale)) for name, (value, scale) in kinds.items()})


def test_the_tax_is_on_the_mean_price_of_the_purchases_times_the_net_quantity():
    # 100 at 50 and 300 at 54 are 21,200; 150 sold leave 250: 21,200 x 250 / 400 = 13,250; 0.4 % is 53.00
    [row] = tax_on_days(bought_and_sold(400, 150, "21200.00")).to_pylist()
    assert (row["net_quantity"], row["base"], row["tax_due"]) == (D(250), D("13250.00"), D("53.00"))
    assert tax_on_days(bought_and_sold(0, 150, "0.00"))["tax_due"].to_pylist() == [D("0.00")]


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**12))
def test_the_tax_is_the_nearest_cent_of_the_exact_fraction(bought, sold, cents):
    [row] = tax_on_days(bought_and_sold(bought, sold, D(cents).scaleb(-2))).to_pylist()
    exact = Fraction(cents * max(bought - sold, 0) * 4, bought * 1000)
    assert abs(Fraction(row["tax_due"]) * 100 - exact) <= Fraction(1, 2)


def test_the_rate_is_that_of_the_settlement_day_and_purchases_and_sales_are_netted_across_books():
    day, result = day_of(
        as_of="2025-04-30",
        instruments=INSTRUMENTS,
        trades=table(
            DEALS,
            deal("old rate", on="2025-03-28", settlement_date="2025-03-31", gross="1000.00", taxes="3.00"),
            deal("new rate", on="2025-03-28", settlement_date="2025-04-01", gross="1000.00", taxes="3.00"),
            deal(
                "sold by another book",
                side="SELL",
                quantity=40,
                on="2025-03-28",
                settlement_date="2025-04-01",
                book="C",
            ),
            deal("not yet settled", on="2025-04-30", settlement_date="2025-05-02", gross="1000.00", taxes="4.00"),
        ),
        reportable=table(LISTED, listed(SHARE, "TTF", "2025-03-31 12:00", amount="3.00", currency="EUR")),
    )
    due = [(row["settlement_date"], row["tax_due"], row["tax_booked"]) for row in day.rows("ttf_computed")]
    assert sorted(due) == [(date(2025, 3, 31), D("3.00"), D("3.00")), (date(2025, 4, 1), D("2.40"), D("3.00"))]
    assert found(result, "FILING-12") == ["new rate"]
    assert found(result, "FILING-06") == [f"TTF {SHARE} 2025-04"]
    assert found(result, "FILING-11") == []


def test_the_rates_of_another_date_give_another_tax():
    deals = table(DEALS, deal("one", on="2026-02-03", gross="1000.00", taxes="4.00"))
    found_rows = impact(drawn_day("deadlines", AS_OF, instruments=INSTRUMENTS, trades=deals), date(2025, 3, 31)).to_pylist()
    said = [(row["key"], row["rule"], row["before"], row["after"], row["amount"]) for row in found_rows]
    assert said == [(f"TTF {SHARE} 2026-02", "B-19", "4.00", "3.00", D("-1.00"))]


def test_residents_elsewhere_and_americans_are_filed_for_the_years_they_held_an_account():
    _, result = day_of(
        customers="""
            customer_id | kind   | tax_residence | us_person | self_certified_on
            Belgian     | RETAIL | BE            | false     | 2016-01-04
            French      | RETAIL | FR            | false     | 2016-01-04
            American    | RETAIL | US            | true      | 2016-01-04
            unknown     | RETAIL |               |           | 2016-01-04
            newcomer    | RETAIL | BE            | false     | 2016-01-04
            gone        | RETAIL | BE            | false     | 2016-01-04
            left        | RETAIL | BE            | false     | 2016-01-04
        """,
        accounts="""
            account | customer_id | opened_on  | closed_on
            A1      | Belgian     | 2016-01-04 |
            A2      | French      | 2016-01-04 |
            A3      | American    | 2016-01-04 |
            A4      | unknown     | 2016-01-04 |
            A5      | newcomer    | 2026-01-02 |
            A6      | gone        | 2016-01-04 | 2024-12-31
            A7      | left        | 2016-01-04 | 2025-01-02
        """,
        reportable=table(
            LISTED, listed("French", "CRS", "2025-12-31 12:00"), listed("nobody", "FATCA", "2025-12-31 12:00")
        ),
    )
    assert found(result, "FILING-06") == ["CRS Belgian 2025", "CRS left 2025", "FATCA American 2025"]
    assert found(result, "FILING-07") == ["CRS French 2025", "FATCA nobody 2025"]


def test_opening_and_closing_an_account_are_two_declarations():
    day, _ = day_of(
        customers="customer_id | kind\n C1 | RETAIL",
        accounts="account | customer_id | opened_on | closed_on\n A1 | C1 | 2026-03-02 | 2026-03-20",
        reportable=table(LISTED, listed("A1", "FICOBA", "2026-03-02 09:00")),
        filings=table(FILED, filed("F1", "A1", regime="FICOBA", at="2026-03-02 09:00", sent="2026-03-09 21:00")),
    )
    rows = sorted((row["period"], row["listed"], row["status"]) for row in day.rows("judged_filings"))
    assert rows == [("2026-03-02", True, "DONE"), ("2026-03-20", False, "OVERDUE")]


def test_the_obligations_of_twelve_months_fall_on_dates_known_by_heart():
    day, _ = day_of()
    rows = sorted(day.rows("obligations"), key=lambda row: row["due_date"])
    names = ("B-20", "B-14.crs", "B-16", "B-11")
    dates = {name: [row["due_date"] for row in rows if row["rule"] == name] for name in names}
    assert dates["B-20"] == [date(2026, month, 5) for month in range(4, 13)] + [
        date(2027, month, 5) for month in (1, 2, 3)
    ]
    assert (dates["B-14.crs"], dates["B-16"]) == ([date(2026, 7, 15)], [date(2027, 2, 15)])
    assert dates["B-11"][0] == date(2026, 4, 30) and date(2027, 3, 2) in dates["B-11"]  # 30 days after 31 January
    [easter] = [row for row in rows if row["rule"] == "B-20" and row["period"] == "2026-03"]
    assert easter["send_by"] == date(2026, 4, 2)  # 5 April is Easter Sunday
    [short] = [row for row in rows if row["rule"] == "B-08"]
    assert (short["due_date"], short["span"], short["period"]) == (date(2026, 4, 1), "DAY", None)


def test_an_unknown_regime_gets_no_date_and_one_finding():
    day, result = day_of(reportable=table(LISTED, listed("one", "MIFID"), listed("two", "MIFIR", "1999-03-24 09:00")))
    assert states(day, "status") == {} and not result.tables["deadlines"]["key"].tolist()
    assert found(result, "FILING-09") == ["MIFID reportable", "MIFIR reportable"]


def with_rule(tmp_path, text):
    """Return the rulebook with one more file."""
    for path in (PARAMETERS / "rulebook").glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    head = "rules:\n  - {id: X-1, text: {en: a, fr: b}, trigger: x, unit: days, calendar: CALENDAR, severity: MINOR, citation: c, confidence: BANK, valid_from: 2020-01-01, "
    (tmp_path / "mine.yml").write_text(head + text + "}", encoding="utf-8")
    return load_rulebook(tmp_path)


def judged_with(book: Rulebook):
    day = drawn_day("deadlines", AS_OF, reportable=table(LISTED, listed("Q", "RETURN", "2026-02-03 09:00")))
    day.rulebook = book
    produce(day)
    return day


def test_a_bank_adds_a_regime_by_adding_a_rule(tmp_path):
    book = with_rule(tmp_path, "delay: 20, counted_from: quarter_end, parameters: {regime: RETURN}")
    day = judged_with(book)
    assert states(day, "period", "due_date", "status") == {"Q": ("2026-Q1", "2026-04-20", "OPEN")}
    due = sorted(row["due_date"] for row in day.rows("obligations") if row["rule"] == "X-1")
    assert due == [date(2026, 4, 20), date(2026, 7, 20), date(2026, 10, 20), date(2027, 1, 20)]


def test_rules_of_one_regime_count_from_the_same_start(tmp_path):
    book = with_rule(tmp_path, "delay: 20, counted_from: month_end, parameters: {regime: MIFIR}")
    with pytest.raises(RuleError, match="rule X-1, counted_from: expected a count of regime MIFIR by day"):
        judged_with(book)


@pytest.fixture
def produced(sample_result):
    """Return the sample day, produced."""
    return sample_result("deadlines")


def test_on_the_sample_each_regime_adds_up_and_no_correction_is_counted_twice(produced):
    day, parts = produced.day, ("filed", "filed_late", "exempted", "unexplained", "running", "overdue")
    for row in day.rows("filings_by_regime"):
        assert row["in_scope"] == sum(row[name] for name in parts), row["regime"]
    events = {(row["regime"], row["object_id"], str(row["event_at"])[:10]) for row in day.rows("reportable")}
    mifir = [row for row in day.rows("judged_filings") if row["regime"] == "MIFIR"]
    assert len(mifir) == len({event for event in events if event[0] == "MIFIR"})
    assert len([row for row in mifir if row["filings"] > 1]) > 5


def test_the_page_says_what_the_scope_is_the_sum_of(produced):
    text = re.sub(r"<[^>]*>", "", report.filings_by_regime(produced).html())
    assert "374 in scope = 253 filed in time + 7 filed late + 28 exempted + 81 still to file + 4 overdue" in text
    assert "the register alone; not seen: suspicions are in no table" in text


def test_what_is_not_filed_opens_on_its_arithmetic_and_what_comes_later_is_one_line(produced):
    html = report.filings_open(produced).html()
    assert html.index("filings-MIFIR") < html.index("filings-FICOBA") < html.index("filings-TTF")
    assert "rejected 18 Mar 2026, not sent again" in html and "1 TARGET day from 17 Mar 2026 → 18 Mar 2026" in html
    assert "not sent, not even in the register" in html and "50 to file by 15 Jul 2026" in html
    assert "T260331-004" not in html and "20 more are overdue or due soon" in html


def test_the_other_sections_show_the_numbers_of_their_tables(produced):
    assert "Reported twice" in report.filing_faults(produced).html()
    tax = report.transaction_tax(produced).html()
    assert "1,500.43" in tax and "1,380.43" in tax and "−120.00" in tax and "filed 3 Mar 2026, due 5 Mar 2026" in tax
    assert "C00053" in report.client_documents(produced).html()
    calendar = report.obligations(produced)
    assert {"TTF", "IFU", "TTF to the tax office"} <= set(calendar.data[0]["y"])
    assert "first 15 Feb after 31 Dec 2026" in calendar.html()
    assert "1 XPAR session from 31 Mar 2026" in report.obligations_after_events(produced).html()


def test_sections_without_rows_say_what_was_looked_for():
    _, result = day_of()
    for shown, said in (
        (report.filings_by_regime, "Nothing is in scope"), (report.filings_open, "is filed or exempted"),
        (report.filing_faults, "Every filing was accepted"), (report.transaction_tax, "No purchase of a share"),
        (report.client_documents, "Every customer with an account"),
    ):  # fmt: skip
        assert said in shown(result).html()
