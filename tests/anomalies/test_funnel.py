"""The funnel: each operation in exactly one state, due by the right day, and the states add up, whatever comes."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
import yaml
from drawn_day import PARAMETERS, drawn_day, found
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.anomalies import produce
from bolib.control import control
from bolib.tables import TABLES
from bolib.views import complete, select, views

AS_OF = date(2026, 3, 31)
DAYS = yaml.safe_load((PARAMETERS / "anomalies.yml").read_text(encoding="utf-8"))
BOUND = {name: DAYS[name] for name in DAYS if name.endswith("_days") and name != "nostro_expected_days"}

TRADES = """
    trade_id   | version | action | book | isin | side | quantity | currency | net_amount | trade_date | settlement_date | order_id | from_book | entered_at       | confirmed_at
    DEALT      | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 1.00       | 2026-03-31 | 2026-04-02      |          |           | 2026-03-31 09:00 |
    BOOKED     | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 2.00       | 2026-03-30 | 2026-04-01      | O1       |           | 2026-03-30 09:00 |
    CONFIRMED  | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 3.00       | 2026-03-30 | 2026-04-01      |          |           | 2026-03-30 09:00 | 2026-03-30 10:00
    INSTRUCTED | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 4.00       | 2026-03-31 | 2026-04-02      |          |           | 2026-03-31 09:00 | 2026-03-31 10:00
    MATCHED    | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 5.00       | 2026-03-27 | 2026-03-30      |          |           | 2026-03-27 09:00 | 2026-03-27 10:00
    HALF       | 1       | NEW    | B    | X    | BUY  | 2        | EUR      | 5.50       | 2026-03-27 | 2026-03-31      |          |           | 2026-03-27 09:00 | 2026-03-27 10:00
    SETTLED    | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 6.00       | 2026-03-26 | 2026-03-30      |          |           | 2026-03-26 09:00 | 2026-03-26 10:00
    ACCOUNTED  | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 7.00       | 2026-03-26 | 2026-03-30      |          |           | 2026-03-26 09:00 | 2026-03-26 10:00
    EARLIER    | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 8.00       | 2026-01-05 | 2026-01-07      |          |           | 2026-01-05 09:00 | 2026-01-05 10:00
    GONE       | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 9.00       | 2026-03-30 | 2026-04-01      |          |           | 2026-03-30 09:00 |
    GONE       | 2       | CANCEL | B    | X    | BUY  | 1        | EUR      | 9.00       | 2026-03-30 | 2026-04-01      |          |           | 2026-03-30 09:10 |
    OWN        | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 10.00      | 2026-03-30 | 2026-03-30      |          | C         | 2026-03-30 09:00 |
    OLD        | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 11.00      | 2020-01-03 | 2020-01-07      |          |           | 2020-01-03 09:00 | 2020-01-03 10:00
    TOMORROW   | 1       | NEW    | B    | X    | BUY  | 1        | EUR      | 99.00      | 2026-03-31 | 2026-04-02      |          |           | 2026-04-01 09:00 |
"""  # fmt: skip
SETTLEMENTS = """
    instruction_id | trade_id   | status | accepted_at      | matched_at       | settled_on | intended_settlement_date
    I1             | INSTRUCTED | NMAT   | 2026-03-31 18:00 |                  |            | 2026-04-02
    I2             | MATCHED    | PENF   | 2026-03-27 18:00 | 2026-03-27 19:00 |            | 2026-03-30
    I3             | SETTLED    | SETT   | 2026-03-26 18:00 | 2026-03-26 19:00 | 2026-03-30 | 2026-03-30
    I4             | ACCOUNTED  | SETT   | 2026-03-26 18:00 | 2026-03-26 19:00 | 2026-03-30 | 2026-03-30
    I5             | EARLIER    | SETT   | 2026-01-05 18:00 | 2026-01-05 19:00 | 2026-01-07 | 2026-01-07
    I7             | HALF       | SETT   | 2026-03-27 18:00 | 2026-03-27 19:00 | 2026-03-31 | 2026-03-31
    I8             | HALF       | PENF   | 2026-03-27 18:00 | 2026-03-27 19:00 |            | 2026-03-31
    I9             | OLD        | NMAT   | 2020-01-03 18:00 |                  |            | 2020-01-07
    I6             | CONFIRMED  | CANC   | 2026-03-30 18:00 |                  |            | 2026-04-01
"""
ORDERS = """
    order_id | book | isin | side | quantity | currency | status    | ordered_at
    O1       | B    | X    | BUY  | 1        | EUR      | FILLED    | 2026-03-30 08:00
    ORDERED  | B    | X    | BUY  | 1        | EUR      | OPEN      | 2026-03-31 08:00
    REFUSED  | B    | X    | BUY  | 1        | EUR      | REJECTED  | 2026-03-31 08:00
    DROPPED  | B    | X    | BUY  | 1        | EUR      | CANCELLED | 2026-03-31 08:00
"""
LEDGER = """
    account | entry_id | booking_date | value_date | amount | currency | trade_id
    N       | L1       | 2026-03-02   | 2026-03-02 | 1.00   | EUR      |
    N       | L2       | 2026-03-30   | 2026-03-30 | -7.00  | EUR      | ACCOUNTED
"""
ASIDE = """
    source | file       | line | column | value | reason       | raw
    trades | trades.csv | 7    | price  | 12,x  | not a number | T7
    trades | trades.csv | 7    | isin   | X     | not an ISIN  | T7
    prices | prices.csv | 9    | price  | 1O    | not a number | P9
"""
EXPECTED = {
    "DEALT": ("DEALT", "book", date(2026, 3, 31)),
    "BOOKED": ("BOOKED", "confirm", date(2026, 3, 31)),
    "CONFIRMED": ("CONFIRMED", "instruct", date(2026, 3, 31)),
    "INSTRUCTED": ("INSTRUCTED", "match", date(2026, 4, 1)),
    "MATCHED": ("MATCHED", "settle", date(2026, 3, 30)),
    "HALF": ("MATCHED", "settle", date(2026, 3, 31)),
    "SETTLED": ("SETTLED", "account", date(2026, 3, 31)),
    "ACCOUNTED": ("ACCOUNTED", None, None),
    "EARLIER": ("SETTLED_EARLIER", None, None),
    "GONE": ("CANCELLED", None, None),
    "OWN": ("TRANSFERRED", None, None),
    "ONLY BACK": ("BOOKED", "confirm", date(2026, 3, 31)),
    "ORDERED": ("ORDERED", "deal", date(2026, 3, 31)),
    "REFUSED": ("REJECTED", None, None),
    "DROPPED": ("CANCELLED", None, None),
    "trades.csv:7": ("SET_ASIDE", "correct", date(2026, 3, 31)),
    "OLD": ("INSTRUCTED", "match", date(2020, 1, 7)),
}
"""State, next step and by when, worked out by hand: 30 and 31 March, 1 and 2 April 2026 are business days; 2020 is before the calendar."""


@pytest.fixture(scope="module")
def result():
    """Return the anomalies of a day with one operation in each state."""
    lines = [line for line in TRADES.strip().splitlines() if not line.strip().startswith(("DEALT", "TOMORROW"))]
    only = next(line for line in lines if "BOOKED  " in line).replace("BOOKED    ", "ONLY BACK ").replace("O1", "  ")
    bookings = "\n".join([*lines, only])
    tables = {"settlements": SETTLEMENTS, "orders": ORDERS, "ledger_lines": LEDGER, "set_aside": ASIDE}
    return produce(drawn_day("anomalies", AS_OF, trades=TRADES, bookings=bookings, **tables))


def test_each_operation_is_in_the_state_worked_out_by_hand(result):
    rows = result.tables["operation_states"].astype(object).where(lambda frame: frame.notna(), None)
    said = {row["operation"]: (row["state"], row["next_step"], row["next_due"]) for row in rows.to_dict("records")}
    assert said == EXPECTED and len(rows) == len(EXPECTED)


def test_a_step_without_evidence_is_named(result):
    rows = result.tables["operation_states"].set_index("operation")
    assert rows.loc["ONLY BACK", "skipped"] == "DEALT"
    assert rows.loc["MATCHED", "skipped"] is None or rows["skipped"].isna()["MATCHED"]


def test_the_states_add_up_and_the_verdict_says_so(result):
    assert found(result, "FUN-01") == []
    assert int(result.tables["funnel"]["operations"].sum()) == len(EXPECTED)
    assert f"{len(EXPECTED)} operations followed, each in one state, 2 overdue" in result.verdict.text


moments = st.integers(-40, 3).map(lambda n: datetime(2026, 3, 31, 10) + timedelta(days=n))
currencies = st.sampled_from(("EUR", "USD"))


@st.composite
def records(draw) -> dict[str, pa.Table]:
    """Draw deals of both offices, instructions and orders that need not agree in anything."""
    ids = [f"T{n}" for n in range(draw(st.integers(0, 5)))]
    tables: dict[str, list[dict]] = {"trades": [], "bookings": [], "settlements": [], "orders": []}
    for name in ("trades", "bookings"):
        for trade_id in ids:
            for version in range(draw(st.integers(0, 3))):
                tables[name].append(_deal(draw, trade_id, version + 1))
    for number in range(draw(st.integers(0, 6))):
        tables["settlements"].append({
            "instruction_id": f"I{number}", "trade_id": draw(st.sampled_from([*ids, "OTHER"])),
            "status": draw(st.sampled_from(("NMAT", "MACH", "SETT", "CANC"))), "accepted_at": draw(moments),
            "matched_at": draw(st.none() | moments), "settled_on": draw(st.none() | moments.map(datetime.date)),
        })  # fmt: skip
    for number in range(draw(st.integers(0, 4))):
        status = draw(st.sampled_from(("OPEN", "FILLED", "CANCELLED", "REJECTED")))
        order = {"order_id": f"O{number}", "currency": draw(currencies), "status": status, "quantity": Decimal(1)}
        tables["orders"].append(order | {"ordered_at": draw(moments)})
    return {name: _table(name, rows) for name, rows in tables.items()}


def _deal(draw, trade_id: str, version: int) -> dict:
    entered = draw(moments)
    return {
        "trade_id": trade_id, "version": version, "entered_at": entered, "trade_date": draw(moments).date(),
        "action": draw(st.sampled_from(("NEW", "AMEND", "CANCEL"))), "currency": draw(currencies),
        "net_amount": Decimal(draw(st.integers(0, 10**6))).scaleb(-2), "settlement_date": draw(moments).date(),
        "confirmed_at": draw(st.none() | moments), "order_id": draw(st.sampled_from((None, "O0", "O1"))),
        "from_book": draw(st.sampled_from((None, None, "C"))), "quantity": Decimal(1),
    }  # fmt: skip


def _table(name: str, rows: list[dict]) -> pa.Table:
    schema = complete(TABLES[name], None).schema
    return pa.Table.from_pylist(rows, schema=schema)


@settings(max_examples=25)
@given(records())
def test_whatever_comes_every_operation_is_in_one_state_and_the_sums_hold(tables):
    prepared = views("anomalies")
    states = select("anomalies", prepared["operation_states"], tables, AS_OF, BOUND)
    funnel = select("anomalies", prepared["funnel"], {"operation_states": states}, AS_OF, BOUND)
    known = {row["trade_id"] for name in ("trades", "bookings") for row in tables[name].to_pylist()
             if row["entered_at"].date() <= AS_OF}  # fmt: skip
    deals = [row["operation"] for row in states.to_pylist() if row["kind"] == "DEAL"]
    assert Counter(deals) == Counter(known)
    leaks = control("FUN-01")(**tables, funnel=funnel, as_of=AS_OF)
    assert leaks.empty


def test_a_funnel_that_counts_a_deal_twice_is_found_out(result):
    tables = {"trades": _table("trades", [{"trade_id": "T1", "version": 1, "action": "NEW", "currency": "EUR",
              "net_amount": Decimal("5.00"), "entered_at": datetime(2026, 3, 31, 9)}])}  # fmt: skip
    prepared = views("anomalies")
    states = select("anomalies", prepared["operation_states"], tables, AS_OF, BOUND)
    twice = select(
        "anomalies", prepared["funnel"], {"operation_states": pa.concat_tables([states, states])}, AS_OF, BOUND
    )
    [leak] = control("FUN-01")(**tables, funnel=twice, as_of=AS_OF).to_dict("records")
    assert (leak["taken"], leak["stated"], leak["difference"]) == (1, 2, Decimal("5.00"))
