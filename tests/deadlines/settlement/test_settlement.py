"""Settlement of a few drawn instructions: dates, hours and units worked out by hand on the calendar of spring 2026.

Paris is one hour ahead of UTC until 28 March, two from the 29th on. Good Friday is 3 April, Easter Monday 6 April.
"""

from datetime import date
from pathlib import Path

import pytest
from drawn_day import PARAMETERS, drawn_day, found

from bolib.calendars import calendar
from bolib.deadlines import produce
from bolib.deadlines.impact import impact
from bolib.deadlines.settlement.desks import CAUSES
from bolib.deadlines.settlement.rule_tables import CYCLES
from bolib.errors import ParameterError
from bolib.load import load
from bolib.rulebook import load_rulebook

PARTIES = """
    lei  | name  | country | technical
    NEAR | Paris | FR      | false
    FAR  | Tokyo | JP      | false
    NONE | ?     | FR      | true
"""
OWNERS = """
    object_type | match     | owner | team
    instruction | *         | sam   | Settlement
    instruction | inventory | ivy   | Inventory
    instruction | treasury  | tom   | Treasury
    instruction | I9        | zoe   | Special
"""


@pytest.fixture(scope="module")
def book():
    return load_rulebook(PARAMETERS / "rulebook")


def clocks(day, **wanted):
    """Return key, rule, due date, due hour (UTC) and status of the deadlines with the wanted values."""
    rows = [row for row in day.rows("deadlines") if all(row[name] == value for name, value in wanted.items())]
    return [
        (row["key"], row["rule"], f"{row['due_date']:%d %b}", row["due_at"] and f"{row['due_at']:%H:%M}", row["status"])
        for row in sorted(rows, key=lambda row: (row["key"], row["rule"]))
    ]


def test_a_deal_is_confirmed_by_the_close_or_by_noon_of_the_next_day():
    """16:00 in Paris is 14:00 UTC on 30 March: the close of 19:00 is 17:00 UTC, noon of the 31st 10:00 UTC."""
    day = drawn_day("deadlines", "2026-03-31", counterparties=PARTIES, trades="""
        trade_id  | version | action | counterparty | trade_date | traded_at        | entered_at       | confirmed_at     | from_book
        in time   | 1       | NEW    | NEAR         | 2026-03-30 | 2026-03-30 13:59 | 2026-03-30 14:00 | 2026-03-30 17:00 |
        late      | 1       | NEW    | NEAR         | 2026-03-30 | 2026-03-30 13:59 | 2026-03-30 14:00 | 2026-03-30 17:01 |
        never     | 1       | NEW    | NEAR         | 2026-03-30 | 2026-03-30 13:59 | 2026-03-30 14:00 |                  |
        dealt 16h | 1       | NEW    | NEAR         | 2026-03-30 | 2026-03-30 14:00 | 2026-03-30 14:05 | 2026-03-31 09:59 |
        far away  | 1       | NEW    | FAR          | 2026-03-30 | 2026-03-30 09:00 | 2026-03-30 14:05 | 2026-03-31 10:01 |
        amended   | 1       | NEW    | NEAR         | 2026-03-30 | 2026-03-30 09:00 | 2026-03-30 09:05 | 2026-03-30 09:30 |
        amended   | 2       | AMEND  | NEAR         | 2026-03-30 | 2026-03-30 09:00 | 2026-03-31 09:05 | 2026-03-31 09:30 |
        cancelled | 1       | NEW    | NEAR         | 2026-03-30 | 2026-03-30 09:00 | 2026-03-30 09:05 |                  |
        cancelled | 2       | CANCEL | NEAR         | 2026-03-30 | 2026-03-30 09:00 | 2026-03-30 10:05 |                  |
        technical | 1       | NEW    | NONE         | 2026-03-30 | 2026-03-30 09:00 | 2026-03-30 09:05 |                  |
        own books | 1       | NEW    | NEAR         | 2026-03-30 | 2026-03-30 09:00 | 2026-03-30 09:05 |                  | EQ
        evening   | 1       | NEW    | NEAR         | 2026-03-31 | 2026-03-31 15:00 | 2026-03-31 15:05 | 2026-04-01 08:00 |
    """)  # fmt: skip
    result = produce(day)
    assert clocks(day, object_type="allocation") == [
        ("amended", "A-08a.close", "30 Mar", "17:00", "DONE"),
        ("dealt 16h", "A-08a.noon", "31 Mar", "10:00", "DONE"),
        ("evening", "A-08a.noon", "01 Apr", "10:00", "OPEN"),
        ("far away", "A-08a.noon", "31 Mar", "10:00", "LATE"),
        ("in time", "A-08a.close", "30 Mar", "17:00", "DONE"),
        ("late", "A-08a.close", "30 Mar", "17:00", "LATE"),
        ("never", "A-08a.close", "30 Mar", "17:00", "OVERDUE"),
    ]
    assert found(result, "SETTLE-11") == ["never"]


def test_from_7_december_2026_every_deal_is_confirmed_by_23_hours_of_its_day():
    day = drawn_day("deadlines", "2026-12-08", counterparties=PARTIES, trades="""
        trade_id | version | action | counterparty | trade_date | traded_at        | entered_at       | confirmed_at
        last     | 1       | NEW    | FAR          | 2026-12-04 | 2026-12-04 16:00 | 2026-12-04 16:00 | 2026-12-07 10:30
        first    | 1       | NEW    | FAR          | 2026-12-07 | 2026-12-07 16:00 | 2026-12-07 16:00 | 2026-12-07 22:00
        too late | 1       | NEW    | NEAR         | 2026-12-07 | 2026-12-07 16:00 | 2026-12-07 16:00 | 2026-12-07 22:01
    """)  # fmt: skip
    produce(day)
    assert clocks(day, object_type="allocation") == [
        ("first", "A-08b.allocation", "07 Dec", "22:00", "DONE"),
        ("last", "A-08a.noon", "07 Dec", "11:00", "DONE"),
        ("too late", "A-08b.allocation", "07 Dec", "22:00", "LATE"),
    ]


INSTRUCTIONS = """
    instruction_id | trade_id | movement | payment | quantity | amount | currency | intended_settlement_date | accepted_at      | matched_at       | settled_quantity | settled_on | status | reason | place       | isin
    at 16h         | T1       | DELI     | APMT    | 100      | 100.00 | EUR      | 2026-03-27               | 2026-03-26 09:00 | 2026-03-27 15:00 | 0                | 2026-03-27 | SETT   |        | SICVFRPPXXX | A
    after 16h      | T2       | DELI     | APMT    | 100      | 100.00 | EUR      | 2026-03-27               | 2026-03-26 09:00 | 2026-03-27 15:01 | 0                | 2026-03-30 | SETT   |        | SICVFRPP    | A
    free at 17h30  | T3       | RECE     | FREE    | 100      | 0.00   | EUR      | 2026-03-27               | 2026-03-26 09:00 | 2026-03-27 16:30 | 0                | 2026-03-27 | SETT   |        | SICVFRPP    | A
    released late  | T4       | DELI     | APMT    | 100      | 100.00 | EUR      | 2026-03-27               | 2026-03-26 09:00 | 2026-03-26 15:00 | 0                | 2026-03-30 | SETT   |        | SICVFRPP    | A
    still held     | T5       | DELI     | APMT    | 100      | 100.00 | EUR      | 2026-03-30               | 2026-03-26 09:00 | 2026-03-26 15:00 | 0                |            | PENF   | PREA   | SICVFRPP    | A
    Luxembourg     | T6       | DELI     | APMT    | 100      | 100.00 | EUR      | 2026-03-27               | 2026-03-26 09:00 | 2026-03-27 14:50 | 0                | 2026-03-27 | SETT   |        | CEDELULL    | A
    New York       | T7       | DELI     | APMT    | 100      | 100.00 | EUR      | 2026-03-27               | 2026-03-26 09:00 | 2026-03-27 20:00 | 0                | 2026-03-27 | SETT   |        | DTCYUS33    | A
    Easter         | T8       | DELI     | APMT    | 100      | 100.00 | EUR      | 2026-04-04               | 2026-03-26 09:00 |                  | 0                |            | NMAT   |        | SICVFRPP    | A
"""


def test_an_instruction_is_ready_by_the_cut_off_of_its_depository():
    """On 27 March 16:00 in Paris is 15:00 UTC, 18:00 is 17:00, 15:40 is 14:40; 4 April 2026 is a Saturday."""
    day = drawn_day("deadlines", "2026-03-31", settlements=INSTRUCTIONS, settlement_events="""
        instruction_id | at               | status | reason | hold
        released late  | 2026-03-26 15:00 | PEND   | PREA   | true
        released late  | 2026-03-27 15:30 | PEND   |        | false
        still held     | 2026-03-26 15:00 | PEND   | PREA   | true
        still held     | 2026-04-01 09:00 | PEND   |        | false
    """)  # fmt: skip
    result = produce(day)
    cut_offs = [row for row in clocks(day) if "cutoff" in row[1]]
    assert cut_offs == [
        ("Easter", "A2.cutoff.dvp", "06 Apr", "14:00", "OPEN"),
        ("Luxembourg", "A2.cutoff.clearstream.dvp", "27 Mar", "14:40", "LATE"),
        ("after 16h", "A2.cutoff.dvp", "27 Mar", "15:00", "LATE"),
        ("at 16h", "A2.cutoff.dvp", "27 Mar", "15:00", "DONE"),
        ("free at 17h30", "A2.cutoff.fop", "27 Mar", "17:00", "DONE"),
        ("released late", "A2.cutoff.dvp", "27 Mar", "15:00", "LATE"),
        ("still held", "A2.cutoff.dvp", "30 Mar", "14:00", "OVERDUE"),
    ]
    assert found(result, "SETTLE-08") == ["Luxembourg", "after 16h", "released late"]


def test_from_t_plus_1_on_an_instruction_leaves_on_the_trade_date():
    deals = """
        trade_id | version | action | trade_date | entered_at
        T1       | 1       | NEW    | 2027-10-08 | 2027-10-08 09:00
        T2       | 1       | NEW    | 2027-10-11 | 2027-10-11 09:00
        T3       | 1       | NEW    | 2027-10-11 | 2027-10-11 09:00
    """
    day = drawn_day("deadlines", "2027-10-12", trades=deals, settlements="""
        instruction_id | trade_id | intended_settlement_date | accepted_at      | status | place
        before         | T1       | 2027-10-12               | 2027-10-11 09:00 | MACH   | DTCYUS33
        same day       | T2       | 2027-10-12               | 2027-10-11 21:59 | MACH   | DTCYUS33
        next day       | T3       | 2027-10-12               | 2027-10-11 22:00 | MACH   | DTCYUS33
    """)  # fmt: skip
    produce(day)
    assert clocks(day, rule="A-12") == [
        ("next day", "A-12", "11 Oct", "21:59", "LATE"),
        ("same day", "A-12", "11 Oct", "21:59", "DONE"),
    ]


FAILS = """
    instruction_id | trade_id | movement | payment | quantity | amount   | currency | intended_settlement_date | matched_at       | settled_quantity | settled_on | status | reason | place    | isin | counterparty
    I1             | T1       | RECE     | APMT    | 61       | 6100.00  | EUR      | 2026-03-25               | 2026-03-24 09:00 | 0                |            | PENF   | MONY   | SICVFRPP | A    | NEAR
    I2             | T2       | DELI     | APMT    | 115      | 11500.00 | EUR      | 2026-03-27               | 2026-03-26 09:00 | 0                |            | PENF   | LACK   | SICVFRPP | A    | FAR
    I3             | T3       | DELI     | APMT    | 200      | 20000.00 | EUR      | 2026-03-30               | 2026-03-27 09:00 | 50               |            | PENF   | LACK   | SICVFRPP | A    | FAR
    I4             | T4       | DELI     | APMT    | 10       | 1000.00  | EUR      | 2026-03-24               | 2026-03-23 09:00 | 0                |            | PENF   | PREA   | SICVFRPP | A    | FAR
    I5             | T5       | DELI     | APMT    | 10       | 1000.00  | EUR      | 2026-03-24               | 2026-03-23 09:00 | 0                |            | PENF   | MONY   | SICVFRPP | A    | FAR
    I6             | T6       | DELI     | APMT    | 10       | 1000.00  | EUR      | 2026-03-24               |                  | 0                |            | NMAT   |        | SICVFRPP | A    | FAR
    I7             | T7       | RECE     | APMT    | 9        | 900.00   | EUR      | 2026-03-24               | 2026-03-23 09:00 | 0                |            | PENF   | LACK   | DTCYUS33 | A    | FAR
    I8             | T8       | DELI     | APMT    | 70       | 7000.00  | EUR      | 2026-04-09               | 2026-03-23 09:00 | 0                |            | MACH   |        | SICVFRPP | A    | FAR
    I9             | T9       | DELI     | APMT    | 5        | 500.00   | EUR      | 2026-03-30               | 2026-03-27 09:00 | 0                |            | PENF   | LACK   | SICVFRPP | B    | FAR
"""
DEALS = "trade_id | version | action | book | trade_date | entered_at\n" + "\n".join(
    f"T{n} | 1 | NEW | {'OTHER' if n == 9 else 'EQ'} | 2026-03-23 | 2026-03-23 09:00" for n in range(1, 10)
)
ACCOUNTS = """
    account | book
    SAF     | EQ+BONDS
    SAF-2   | OTHER
"""
STOCK = """
    date       | account | isin | balance_type | quantity
    2026-03-30 | SAF     | A    | AVAI         | 999
    2026-03-31 | SAF     | A    | AVAI         | 60
    2026-03-31 | SAF     | A    | AGGR         | 700
    2026-03-31 | SAF-2   | A    | AVAI         | 500
    2026-04-01 | SAF     | A    | AVAI         | 999
"""


def fails_day(**more):
    tables = {"settlements": FAILS, "trades": DEALS, "account_books": ACCOUNTS, "custody_positions": STOCK}
    return drawn_day("deadlines", "2026-03-31", **(tables | {"owners": OWNERS} | more))


def test_a_receipt_that_fails_is_shown_with_the_deliveries_it_would_release():
    """60 in stock go to I2, whose other 55 come from I1; the 6 left of I1 go to I3, which wants 150.

    On hold, without cash, unmatched, not due before a week or of another depository: none waits for these securities.
    """
    day = fails_day()
    produce(day)
    chains = sorted(day.rows("settlement_chains"), key=lambda row: row["delivery"])
    assert [(row["receipt"], row["delivery"], int(row["quantity"]), row["releases"]) for row in chains] == [
        ("I1", "I2", 55, True),
        ("I1", "I3", 6, False),
    ]
    assert [row["released_amount"] and str(row["released_amount"]) for row in chains] == ["11500.00", None]
    assert {(row["account"], row["receipt_cause"], row["receipt_desk"]) for row in chains} == {
        ("SAF", "cash", "treasury")
    }


def test_a_delivery_on_hold_waits_for_its_release_and_leaves_the_securities_to_the_others():
    """The 60 in stock and the 61 of I1 go to I3, which wants 150."""
    day = fails_day(settlement_events="""
        instruction_id | at               | status | reason | settled_quantity | hold
        I2             | 2026-03-30 15:00 | PENF   | LACK   | 0                | true
    """)  # fmt: skip
    produce(day)
    chains = day.rows("settlement_chains")
    assert [(row["receipt"], row["delivery"], int(row["quantity"]), row["releases"]) for row in chains] == [
        ("I1", "I3", 61, False)
    ]


def test_the_stock_goes_where_it_cures_most():
    """Both are worth 100.00 a unit: the older I2 takes all 60 in stock."""
    day = fails_day()
    produce(day)
    [partial] = day.rows("partial_settlements")
    assert (partial["instruction_id"], int(partial["available"]), int(partial["partial_quantity"])) == ("I2", 60, 60)
    assert str(partial["cured_amount"]) == "6000.00"


def test_each_fail_has_the_owner_that_its_reason_and_movement_give():
    day = fails_day()
    result = produce(day)
    owners = {row["key"]: row["owner"] for row in day.rows("deadlines") if row["rule"] == "A-50"}
    assert owners == {
        "I1": "tom",  # we lack cash
        "I2": "ivy",  # we lack securities
        "I3": "ivy",
        "I4": "sam",  # nobody stands for the desk that releases: the usual owner
        "I5": "sam",  # they lack cash: to be chased
        "I6": "sam",
        "I7": "sam",  # they lack securities
        "I8": "sam",
        "I9": "zoe",  # the instruction's own owner comes first
    }
    fails = result.findings[result.findings["control"] == "SETTLE-01"]
    assert dict(zip(fails["key"], fails["owner"], strict=True))["I2"] == "ivy"


def test_hold_and_parts_are_those_of_the_evening():
    """By the evening I3 had 50 of 200 settled and I5 was on hold; what came on 1 April is not known yet."""
    day = fails_day(settlement_events="""
        instruction_id | at               | status | reason | settled_quantity | hold
        I3             | 2026-03-30 15:00 | PENF   | LACK   | 50               | false
        I3             | 2026-04-01 15:00 | PENF   | LACK   | 120              | false
        I5             | 2026-03-30 15:00 | PENF   | PREA   | 0                | true
        I5             | 2026-04-01 15:00 | PENF   | MONY   | 0                | false
    """)  # fmt: skip
    produce(day)
    rows = {row["instruction_id"]: row for row in day.rows("open_settlements")}
    assert (int(rows["I3"]["open_quantity"]), str(rows["I3"]["open_amount"])) == (150, "15000.00")
    assert (rows["I5"]["hold"], rows["I5"]["reason"], rows["I5"]["cause"]) == (True, "PREA", "hold")


def test_own_funds_are_the_share_of_the_loss_that_the_age_of_the_fail_asks():
    """I4, 5 days late: sold 10 at 100.00 each, now worth 92.50 each: 75.00 to lose, 8 % of it 6.00."""
    prices = """
        date       | isin | source | price | currency
        2026-03-31 | A    | CLOSE  | 92.50 | EUR
        2026-04-01 | A    | CLOSE  | 12.00 | EUR
        2026-03-31 | A    | OTHER  | 11.00 | EUR
    """
    shares = """
        isin | asset_class | currency | quotation | multiplier
        A    | EQUITY      | EUR      | UNIT      | 1
    """
    day = fails_day(prices=prices, instruments=shares)
    result = produce(day)
    row = next(row for row in day.rows("open_settlements") if row["instruction_id"] == "I4")
    assert (str(row["price_difference"]), row["factor"], str(row["own_funds"])) == ("75.00", 8, "6.00")
    assert found(result, "SETTLE-02") == ["I4", "I5", "I6", "I7"]
    said = result.findings.loc[result.findings["control"] == "SETTLE-02", "message"].iloc[0]
    assert said.endswith("5 business days late: own funds of 8 % of the price difference, 75.00 EUR: 6.00.")


def test_a_free_delivery_is_an_exposure_until_the_other_leg_comes():
    """Due 20 March: an exposure through the 26th; Easter is not in the way."""
    day = drawn_day("deadlines", "2026-03-31", settlements="""
        instruction_id | trade_id | movement | payment | amount  | currency | intended_settlement_date | settled_on | status
        unpaid         | T1       | DELI     | FREE    | 1000.00 | EUR      | 2026-03-20               | 2026-03-20 | SETT
        paid later     | T2       | DELI     | FREE    | 1000.00 | EUR      | 2026-03-20               | 2026-03-20 | SETT
        paid at once   | T3       | DELI     | FREE    | 1000.00 | EUR      | 2026-03-20               | 2026-03-20 | SETT
        paid first     | T4       | RECE     | FREE    | 1000.00 | EUR      | 2026-03-30               |            | PENF
        own transfer   | T5       | DELI     | FREE    | 0.00    | EUR      | 2026-03-20               | 2026-03-20 | SETT
    """, ledger_lines="""
        account | entry_id | booking_date | amount   | currency | trade_id
        N       | 1        | 2026-03-25   | 1000.00  | EUR      | T2
        N       | 2        | 2026-03-20   | 1000.00  | EUR      | T3
        N       | 3        | 2026-03-30   | -1000.00 | EUR      | T4
        N       | 4        | 2026-04-01   | 1000.00  | EUR      | T1
    """)  # fmt: skip
    result = produce(day)
    assert clocks(day, rule="A-52") == [
        ("paid first", "A-52", "07 Apr", None, "OPEN"),
        ("paid later", "A-52", "26 Mar", None, "DONE"),
        ("unpaid", "A-52", "26 Mar", None, "OVERDUE"),
    ]
    assert found(result, "SETTLE-12") == ["paid first", "unpaid"]
    said = result.findings.loc[result.findings["key"] == "unpaid", "message"].iloc[0]
    assert "An exposure until 2026-03-26, then at 1250 %" in said


def test_a_rule_of_a_depository_leaves_older_instructions_alone():
    """Clearstream's own rule began on 16 June 2025; T2S's for unmatched ones with T2S itself, 22 June 2015."""
    day = drawn_day("deadlines", "2025-06-30", settlements="""
        instruction_id | intended_settlement_date | matched_at | status | place
        before         | 2025-06-13               |            | NMAT   | CEDELULL
        since          | 2025-06-16               |            | NMAT   | CEDELULL
        very old       | 2015-06-19               |            | NMAT   | SICVFRPP
    """)  # fmt: skip
    produce(day)
    purges = [row for row in clocks(day) if "purge" in row[1]]
    # 15 days to 7 July, then 5: 14 July (a Monday in 2025)
    assert purges == [("since", "A2.unmatched.purge.clearstream", "14 Jul", None, "OPEN")]


def test_deals_without_a_rule_or_a_calendar_for_their_day_are_not_judged_and_said():
    """New York's rule begins in 2017 here; Shanghai announces its days a year ahead."""
    day = drawn_day("deadlines", "2029-03-30", trades="""
        trade_id  | version | action | venue | trade_date | settlement_date | entered_at
        old       | 1       | NEW    | XNYS  | 2016-03-30 | 2016-04-30      | 2016-03-30 09:00
        announced | 1       | NEW    | XSHG  | 2026-03-30 | 2026-04-30      | 2026-03-30 09:00
        in time   | 1       | NEW    | XSHG  | 2026-03-27 | 2026-03-30      | 2026-03-27 09:00
        to come   | 1       | NEW    | XSHG  | 2029-03-29 | 2029-04-30      | 2029-03-29 09:00
    """)  # fmt: skip
    result = produce(day)
    assert (found(result, "SETTLE-03"), found(result, "SETTLE-04")) == (["announced"], ["XNYS", "XSHG"])


def test_the_trend_counts_fails_of_the_evening_of_each_due_day():
    day = drawn_day("deadlines", "2026-03-31", settlements="""
        instruction_id | counterparty | intended_settlement_date | settled_on | status | reason
        on time        | NEAR         | 2026-03-30               | 2026-03-30 | SETT   |
        a day late     | NEAR         | 2026-03-30               | 2026-03-31 | SETT   |
        never          | FAR          | 2026-03-30               |            | PENF   | LACK
        on a Sunday    | FAR          | 2026-03-29               | 2026-03-30 | SETT   |
        today          | FAR          | 2026-03-31               |            | PEND   |
        cancelled      | FAR          | 2026-03-30               |            | CANC   |
        20 days ago    | FAR          | 2026-03-04               | 2026-03-04 | SETT   |
        21 days ago    | FAR          | 2026-03-03               |            | PENF   | MONY
    """, settlement_events="""
        instruction_id | at               | status | reason
        a day late     | 2026-03-30 16:00 | PENF   | MONY
        a day late     | 2026-03-31 09:00 | SETT   |
    """)  # fmt: skip
    produce(day)
    trend = sorted((f"{row['day']:%d}", row["due"], row["failed"], row["unsettled"]) for row in day.rows("fail_trend"))
    assert trend == [("04", 1, 0, 0), ("30", 4, 2, 1), ("31", 1, 1, 1)]
    rates = {
        (row["kind"], row["name"]): (row["due"], row["failed"], row["unsettled"]) for row in day.rows("fail_rates")
    }
    assert rates == {
        ("COUNTERPARTY", "NEAR"): (2, 1, 0),
        ("COUNTERPARTY", "FAR"): (4, 2, 2),
        ("REASON", "MONY"): (None, 1, 0),
        ("REASON", "LACK"): (None, 1, 1),
        ("REASON", "—"): (None, 1, 1),
    }


def test_on_the_sample_cash_that_we_lack_holds_up_a_delivery(sample_result):
    chains = sample_result("deadlines").tables["settlement_chains"]
    released = chains[chains["releases"]]
    assert released[["receipt", "receipt_reason", "delivery"]].values.tolist() == [
        ["I260324-011", "MONY", "I260326-015"]
    ]


def test_an_instruction_matched_before_it_was_accepted_is_set_aside(tmp_path):
    head = (
        "instruction_id,trade_id,movement,payment,isin,quantity,amount,currency,intended_settlement_date,accepted_at,"
        "counterparty_accepted_at,matched_at,settled_quantity,status,counterparty,place"
    )
    row = "{},T,DELI,APMT,US0378331005,1,1.00,USD,2026-03-30,{},{},{},0,MACH,R0MUWSFPU8MPRO8K5P83,DTCYUS33"
    early, noon, late = (f"2026-03-27T{hour}:00:00" for hour in ("09", "12", "15"))
    rows = [
        ("good", early, noon, noon),
        ("ours", noon, early, early),
        ("theirs", early, late, noon),
        ("none", early, "", ""),
    ]
    text = "\n".join([head, *(row.format(*values) for values in rows)])
    Path(tmp_path / "settlements.csv").write_text(text + "\n", encoding="utf-8")
    loaded = load(tmp_path, PARAMETERS, date(2026, 3, 31))
    assert loaded.tables["settlements"]["instruction_id"].to_pylist() == ["good", "none"]
    aside = [(row["line"], row["column"], row["reason"]) for row in loaded.set_aside.to_pylist()]
    assert aside == [
        (3, "matched_at", "matched before it was accepted"),
        (4, "matched_at", "matched before the counterparty's instruction was accepted"),
    ]


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        (
            {"LACK": {"cause": "securities", "deliver": "x"}},
            "reasons, LACK: expected the words cause, deliver, receive",
        ),
        (
            {"LACK": {"cause": "stock", "deliver": "x", "receive": "y"}},
            "expected a cause among securities.*found stock",
        ),
    ],
)
def test_a_reason_that_says_too_little_stops_the_run(reasons, words):
    day = drawn_day("deadlines", "2026-03-31")
    day.parameters["reasons"] = reasons
    with pytest.raises(ParameterError, match=words):
        produce(day)


def test_the_reasons_shipped_cover_every_cause():
    day = drawn_day("deadlines", "2026-03-31")
    assert {said["cause"] for said in day.parameters["reasons"].values()} == set(CAUSES)


@pytest.mark.parametrize("rule", CYCLES)
def test_a_venue_has_one_cycle(book, rule):
    others = {venue for other in CYCLES if other != rule for venue in book.rules(other)[0].parameters["venues"]}
    assert not others & set(book.rules(rule)[0].parameters["venues"])


@pytest.mark.parametrize(
    ("rule", "event", "applied", "due", "hour"),
    [
        ("A-01", date(2026, 12, 30), "A-01", date(2027, 1, 4), None),
        ("A-01", date(2027, 10, 8), "A-01", date(2027, 10, 12), None),
        ("A-01", date(2027, 10, 11), "A-02", date(2027, 10, 12), None),
        ("A-05", date(2026, 10, 9), "A-05", date(2026, 10, 13), None),  # Columbus Day: New York trades, nothing settles
        ("A-08a.close", date(2026, 12, 4), "A-08a.close", date(2026, 12, 4), "18:00"),
        ("A-08a.close", date(2026, 12, 7), "A-08b.allocation", date(2026, 12, 7), "22:00"),
        ("A-16", date(2026, 10, 1), "A-16", date(2027, 1, 15), None),  # ten jours ouvrés after 31 December
        ("A2.night.start", date(2026, 4, 7), "A2.night.start", date(2026, 4, 6), "18:00"),
        ("A2.matched.purge", date(2026, 3, 25), "A2.matched.purge", date(2026, 6, 17), None),
    ],
)
def test_dates_worked_out_by_hand(book, rule, event, applied, due, hour):
    found_due = book.due(rule, event)
    assert (found_due.rule.id, found_due.due_date) == (applied, due)
    assert (found_due.due_at and f"{found_due.due_at:%H:%M}") == hour


def test_the_place_of_shares_in_paris_is_milan_from_21_september_2026(book):
    before, after = book.at("A2.place", date(2026, 9, 20)), book.at("A2.place", date(2026, 9, 21))
    assert before.parameters["venues"]["XPAR"] == {"designated": "SICVFRPP", "elective": []}
    assert after.parameters["venues"]["XPAR"]["designated"] == "MOTIITMM"
    assert not after.verified and "dispute" in after.text_en and "Litige" in after.text_fr


def test_the_migration_week_is_what_the_two_rules_give(book):
    week = book.rules("A-07")[0].parameters
    assert {book.due("A-01", day).due_date for day in week["trade_dates"]} == {week["settlement_date"]}
    days = calendar("TARGET", week["trade_dates"][0], week["settlement_date"])
    assert [day for day, is_open in zip(days["date"].to_pylist(), days["open"].to_pylist(), strict=True) if is_open] == [
        *week["trade_dates"], week["settlement_date"],
    ]  # fmt: skip


def test_under_the_rules_of_t_plus_1_todays_deals_are_confirmed_and_instructed_earlier():
    """What 11 October 2027 would make of a late deal of today: 23:00 of its day, and an instruction by 23:59."""
    day = drawn_day("deadlines", "2026-03-31", counterparties=PARTIES, trades="""
        trade_id | version | action | counterparty | venue | trade_date | settlement_date | traded_at        | entered_at
        T1       | 1       | NEW    | NEAR         | XPAR  | 2026-03-31 | 2026-04-02      | 2026-03-31 15:00 | 2026-03-31 15:00
    """, settlements="""
        instruction_id | trade_id | intended_settlement_date | accepted_at      | status | place
        I1             | T1       | 2026-04-02               | 2026-03-31 16:00 | MACH   | DTCYUS33
    """)  # fmt: skip
    changes = {
        (row["key"], row["rule"]): (row["before"], row["after"]) for row in impact(day, date(2027, 10, 11)).to_pylist()
    }
    assert changes["T1", "A-08b.allocation"] == ("2026-04-01 10:00 UTC", "2026-03-31 21:00 UTC")
    assert changes["I1", "A-12"] == (None, "2026-03-31 21:59 UTC")
    assert changes["T1", "A-02"] == ("2026-04-02", "2026-04-01")
