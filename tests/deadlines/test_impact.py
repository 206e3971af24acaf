"""What other rules would change, on drawn objects: dates of the T+1 migration and fees of estates worked out by hand."""

from datetime import date

from drawn_day import drawn_day

from bolib.deadlines.impact import impact, summary

TRADES = """
    trade_id | version | action | venue | trade_date | settlement_date | entered_at       | net_amount | currency
    Paris    | 1       | NEW    | XPAR  | 2026-03-30 | 2026-04-01      | 2026-03-30 09:00 | 100.00     | EUR
    Easter   | 1       | NEW    | XPAR  | 2026-03-31 | 2026-04-02      | 2026-03-31 09:00 | 20.00      | EUR
    New York | 1       | NEW    | XNYS  | 2026-03-30 | 2026-03-31      | 2026-03-30 15:00 | 3.00       | USD
    nowhere  | 1       | NEW    |       | 2026-03-30 | 2026-04-09      | 2026-03-30 09:00 | 4.00       | EUR
"""
ESTATES = """
    estate_id | customer_id | died_on    | notified_on | balance_at_death | currency | direct_heir | minor | complex
    capped    | C1          | 2025-12-15 | 2025-12-20  | 200000.00        | EUR      | true        | false | true
    share     | C2          | 2025-12-15 | 2025-12-20  | 10000.00         | EUR      | true        | false | true
    small     | C3          | 2025-12-15 | 2025-12-20  | 5950.00          | EUR      | false       | false | true
"""
COMPLAINTS = """
    complaint_id | kind    | received_on | acknowledged_on | amount | currency | source_file
    C1           | PAYMENT | 2026-03-02  |                 | 50.00  | EUR      | desk.csv
"""


def rows(found, *columns):
    return [tuple(str(row[name]) for name in columns) for row in found.to_pylist()]


def test_from_11_october_2027_a_deal_on_a_european_venue_settles_a_day_earlier():
    found = impact(drawn_day("deadlines", "2026-03-31", trades=TRADES), date(2027, 10, 11))
    assert rows(found, "object_type", "key", "rule", "before", "after", "amount", "currency") == [
        ("trade", "Easter", "A-02", "2026-04-02", "2026-04-01", "20.00", "EUR"),
        ("trade", "Paris", "A-02", "2026-04-01", "2026-03-31", "100.00", "EUR"),
    ]
    [row] = summary(found)
    assert (row["rule"], row["objects"], {name: str(amount) for name, amount in row["amounts"].items()}) == (
        "A-02", 2, {"EUR": "120.00"}
    )  # fmt: skip


def test_the_rules_of_the_day_itself_change_nothing():
    day = drawn_day("deadlines", "2026-03-31", trades=TRADES, complaints=COMPLAINTS)
    found = impact(day, date(2026, 3, 31))
    assert found.num_rows == 0
    assert summary(found) == []


def test_an_amount_changes_by_its_difference():
    # of 200,000, 1 % is above the ceiling: 850 EUR for a death in 2025, 857 in 2026; a total is small below 5,910, then
    # below 5,965
    found = impact(drawn_day("deadlines", "2026-03-31", estates=ESTATES), date(2026, 3, 31))
    assert rows(found, "key", "rule", "before", "after", "amount") == [
        ("capped", "G-05", "850.00", "857.00", "7.00"),
        ("small", "G-05", "59.50", "0.00", "-59.50"),
    ]


def test_from_7_december_2026_a_deal_is_allocated_by_an_hour_said_in_utc():
    day = drawn_day("deadlines", "2026-03-31", counterparties="""
        lei                  | name | country | technical
        969500PARTYXXXXXXX11 | Bank | FR      | false
    """, trades="""
        trade_id | version | action | venue | trade_date | traded_at        | settlement_date | entered_at       | currency | counterparty
        early    | 1       | NEW    | XPAR  | 2026-03-30 | 2026-03-30 09:00 | 2026-04-01      | 2026-03-30 09:00 | EUR      | 969500PARTYXXXXXXX11
        late     | 1       | NEW    | XPAR  | 2026-03-30 | 2026-03-30 15:00 | 2026-04-01      | 2026-03-30 15:00 | EUR      | 969500PARTYXXXXXXX11
    """)  # fmt: skip
    found = [row for row in impact(day, date(2026, 12, 7)).to_pylist() if row["object_type"] == "allocation"]
    # until 6 December 2026 by 19:00, the close of the day, or dealt after 16:00 in Paris, by noon of the next; then by 23:00
    assert [(row["key"], row["rule"], row["before"], row["after"]) for row in found] == [
        ("early", "A-08b.allocation", "2026-03-30 17:00 UTC", "2026-03-30 21:00 UTC"),
        ("late", "A-08b.allocation", "2026-03-31 10:00 UTC", "2026-03-30 21:00 UTC"),
    ]


def test_a_rule_that_was_not_in_force_on_that_day_has_no_clock():
    found = impact(drawn_day("deadlines", "2026-03-31", complaints=COMPLAINTS), date(2017, 6, 30))
    assert rows(found, "key", "rule", "before", "after", "amount") == [
        ("C1", "F-02.answer", "2026-03-23", "None", "50.00")
    ]
