"""One cause, one alert: a deal the wrong way round, followed to its cash, its position, its entries and its result."""

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from drawn_day import drawn_day, found

from bolib.anomalies import produce
from bolib.day import open_day
from bolib.results import frame, write

AS_OF = date(2026, 3, 31)
DEALT = date(2026, 3, 30)
SHARE = "US0378331005"
DEAL = "trade_id | version | action | book | isin | side | quantity | price | currency | gross_amount | net_amount | fees | taxes"
DEAL += " | trade_date | settlement_date | counterparty | entered_at"
DAYS = [DEALT - timedelta(n) for n in range(40, 0, -1) if (DEALT - timedelta(n)).weekday() < 5]


def deal(side, name="T1", quantity=10_000):
    money = f"{quantity * 10}.00"
    cells = (name, 1, "NEW", "EQ", "US0378331005", side, quantity, "10.00", "EUR", money, money, "0.00", "0.00")
    return f"{DEAL}\n" + " | ".join(map(str, (*cells, DEALT, AS_OF, "LEI", f"{DEALT}T10:00:00")))


def published(folder, apart):
    """Publish the day of the deal: forty days within 100 of the estimate, then so much apart."""
    results = folder / str(DEALT) / "results"
    results.mkdir(parents=True)
    differences = [Decimal(place * 37 % 200 - 100) for place in range(len(DAYS))] + [Decimal(apart)]
    count, money = len(differences), pa.decimal128(18, 2)
    rows = {"date": pa.array([*DAYS, DEALT], pa.date32()), "book": ["EQ"] * count, "currency": ["EUR"] * count}
    rows |= {name: pa.array([Decimal(0)] * count, money) for name in ("total", "flash")}
    write(results, "pnl_books", frame(pa.table(rows | {"difference": pa.array(differences, money)})))
    return folder


def day_of(front, back, stated, history):
    """Return a day on which one deal settled, at a close two above its price: +2 a share."""
    day = drawn_day(
        "anomalies",
        AS_OF,
        instruments="""
            isin         | name  | asset_class | currency | quotation | multiplier
            US0378331005 | Apple | EQUITY      | EUR      | UNIT      | 1
        """,
        account_books="account | book\nSAF | EQ",
        trades=deal(front),
        bookings=deal(back),
        settlements=f"""
            instruction_id | trade_id | movement | isin         | quantity | intended_settlement_date | settled_quantity | settled_on | status
            I1             | T1       | DELI     | US0378331005 | 10000    | {AS_OF}                  | 10000            | {AS_OF}    | SETT
        """,
        opening_lots="""
            book | isin         | trade_id | opened_on  | quantity | cost | currency
            EQ   | US0378331005 | O1       | 2025-01-02 | 50000    | 1.00 | EUR
        """,
        custody_positions=f"""
            date     | account | isin         | balance_type | quantity
            {DEALT}  | SAF     | US0378331005 | SETT         | 50000
            {AS_OF}  | SAF     | US0378331005 | SETT         | {stated}
        """,
        prices=f"date | isin | source | price | currency\n{DEALT} | US0378331005 | CLOSE | 12.00 | EUR",
        pnl_flash=f"date | book | amount | currency\n{DEALT} | EQ | 1.00 | EUR",
    )
    day.history = history
    return day, produce(day)


def places(day):
    return {row["block"]: (row["place"], row["cause"]) for row in day.rows("alerts") if row["kind"] != "FIRST"}


def test_a_wrong_side_is_one_cause_of_its_position_and_its_result(tmp_path):
    """Bought by the front office, sold in truth: 20,000 too many in its position, 20,000 x 2 too much in its result."""
    day, result = day_of("BUY", "SELL", 40_000, published(tmp_path, 40_000))
    assert found(result, "COH-03") == ["T1"]
    assert found(result, "DEPOT-01") == ["SAF US0378331005"]  # a control's finding is always shown
    assert places(day) == {"positions": ("GROUPED", "COH-03 T1"), "pnl_books": ("GROUPED", "COH-03 T1")}
    assert found(result, "ODD-09") == found(result, "ODD-10") == []
    said = [(row["object"], row["control"]) for row in day.rows("causes")]
    assert [control for _, control in said] == ["COH-03", "DEPOT-01", "ODD-09", "ODD-10"]
    assert {name for name, _ in said} == {"T1"}
    assert [(row["label"], int(row["amount"])) for row in day.rows("alert_steps")] == [
        *(("official result", 0), ("not explained", -40_000), ("estimate", 0)),
        *(("stated on 30 March", 50_000), ("I1", 10_000), ("expected", 60_000)),
        *(("not explained", -20_000), ("stated on 31 March", 40_000)),
    ]


def test_a_position_and_a_result_the_deal_does_not_explain_stand_alone(tmp_path):
    """Ten short of what the wrong side leaves; a result of which it makes less than half."""
    day, result = day_of("BUY", "SELL", 39_990, published(tmp_path, 90_000))
    assert places(day) == {"positions": ("GROUPED", "DEPOT-01 SAF US0378331005"), "pnl_books": ("SHOWN", None)}
    assert found(result, "ODD-09") == [f"{DEALT} EQ RESULT"]


def dealt_today(estimate=f"{AS_OF} | EQ | 1.00 | EUR"):
    """Return what is said of a deal of the day itself, the wrong way round at two below its close."""
    day = drawn_day(
        "anomalies",
        AS_OF,
        instruments=f"isin | name | asset_class | currency | quotation | multiplier\n{SHARE} | A | EQUITY | EUR | UNIT | 1",
        trades=deal("BUY").replace(str(DEALT), str(AS_OF)),
        bookings=deal("SELL").replace(str(DEALT), str(AS_OF)),
        prices=f"date | isin | source | price | currency\n{AS_OF} | {SHARE} | CLOSE | 12.00 | EUR",
        pnl_flash=f"date | book | amount | currency\n{estimate}",
    )
    produce(day)
    return [(row["control"], row["key"], row["sentence"]) for row in day.rows("causes") if row["object"] == "T1"]


def test_what_a_deal_of_the_day_makes_of_the_result_stands_last_under_it():
    """20,000 shares more than the back office has, two above their price: 40,000 of the evening's result."""
    *_, (control, key, words) = dealt_today()
    assert (control, key) == ("PNL-02", "EQ")
    assert words.startswith("what the offices dispute of it makes +40,000.00 EUR of the day's result of EQ, which")


def test_a_book_without_an_estimate_has_no_result_to_hold_against_it():
    assert not [control for control, *_ in dealt_today(f"{DEALT} | EQ | 1.00 | EUR") if control == "PNL-02"]


def test_a_result_apart_by_an_adjustment_found_already_stands_under_it(tmp_path):
    """An adjustment of 30,000 taken back the next day: the estimate knew nothing of it."""
    day = drawn_day(
        "anomalies",
        AS_OF,
        pnl_flash=f"date | book | amount | currency\n{DEALT} | EQ | 1.00 | EUR",
        adjustments=f"""
            adjustment_id | date    | book | amount    | currency | reason | author | approver
            A1            | {DEALT} | EQ   | 30000.00  | EUR      | margin | ann    | bob
            A2            | {AS_OF} | EQ   | -30000.00 | EUR      | none   | ann    | bob
        """,
    )
    day.history = published(tmp_path, 30_010)
    result = produce(day)
    assert found(result, "CON-05") == ["A1 A2"]
    assert places(day) == {"pnl_books": ("GROUPED", "CON-05 A1 A2")}


@pytest.fixture(scope="module")
def sample_turned():
    """Return the sample day with one deal of the front office the wrong way round."""
    day = open_day("anomalies", "2026-03-31")
    rows = day.engine.table("trades")
    turned = [
        row | {"side": "BUY" if row["side"] == "SELL" else "SELL"} if row["trade_id"] == "T260327-001" else row
        for row in rows.to_pylist()
    ]
    day.engine.add("trades", pa.Table.from_pylist(turned, schema=rows.schema))
    return day, produce(day)


def test_the_planted_wrong_side_is_followed_from_the_deal_to_its_entry(sample_turned):
    day, result = sample_turned
    said = [(row["control"], row["key"]) for row in day.rows("causes") if row["object"] == "T260327-001"]
    assert said == [
        ("COH-03", "T260327-001"),
        ("ORD-01", "T260327-001"),
        ("CON-10", "T260327-001 L260331-00887"),
        ("DEPOT-01", "SAF-EU FR0099Z00116"),
        ("JRN-21", "SEC 000444"),
    ]
    [message] = result.findings.loc[result.findings["key"] == "SAF-EU FR0099Z00116", "message"]
    assert "I260327-001 of 1,000 may stand here the wrong way round" in message
