"""What a fault does to the rows of a copy, drawn small enough to check by eye."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from drawn import drawn

from bolib.drill.faults import Fault, read_faults
from bolib.drill.planting import candidates, changed_texts, days_of
from bolib.drill.replica import Replica
from bolib.errors import RuleError
from bolib.tables import TABLES
from bolib.views import complete

DAY = date(2026, 3, 31)
COUNTS = """
    atm | date       | opening | loaded | dispensed | counted | currency
    A   | 2026-03-30 | 100.00  | 0.00   | 40.00     | 60.00   | EUR
    A   | 2026-03-31 | 60.00   | 0.00   | 10.00     | 50.00   | EUR
    B   | 2026-03-31 | 70.00   | 5.00   | 20.00     | 55.00   | EUR
"""


@pytest.fixture
def replica():
    rows = complete(TABLES["atm_counts"], drawn("atm_counts", COUNTS))
    made = Replica(SimpleNamespace(tables={"atm_counts": rows}, rows=len(rows)), DAY)
    yield made
    made.close()


def fault(**said) -> Fault:
    usual = {"id": "x", "title": "x", "kind": "x", "table": "atm_counts", "pick": ON_A}
    return Fault(**{**usual, **said})


ON_A = "select atm, date from atm_counts where atm = 'A' and date = $day"


def after(replica, one) -> list[dict]:
    """Return atm, date and what may have changed of each row of the copy."""
    rows = changed_texts(replica.texts("atm_counts"), "atm_counts", [one]).to_pylist()
    return [(row["atm"], row["date"], row["opening"], row["counted"]) for row in rows]


def test_a_change_is_made_on_the_picked_row_alone(replica):
    [one] = candidates(replica, fault(change={"atm_counts": {"counted": "counted - 100"}}), seed=1)
    assert (one.key, one.marks) == ("A", {"A"})
    assert after(replica, one) == [
        ("A", "2026-03-30", "100.00", "60.00"),
        ("A", "2026-03-31", "60.00", "-50.00"),
        ("B", "2026-03-31", "70.00", "55.00"),
    ]


def test_columns_can_change_places_since_each_step_sees_the_row_as_it_was(replica):
    [one] = candidates(replica, fault(change={"atm_counts": {"opening": "counted", "counted": "opening"}}), seed=1)
    assert after(replica, one)[1] == ("A", "2026-03-31", "50.00", "60.00")


def test_a_copy_a_new_row_and_a_row_taken_away(replica):
    said = {
        "add": {"atm_counts": {"atm": "'A2'"}},
        "new": {"atm_counts": {"atm": "'N'", "date": "$day + interval 1 day", "counted": "0.5"}},
        "drop": ("atm_counts",),
    }
    [one] = candidates(replica, fault(**said), seed=1)
    assert after(replica, one) == [
        ("A", "2026-03-30", "100.00", "60.00"),
        ("B", "2026-03-31", "70.00", "55.00"),
        ("A2", "2026-03-31", "60.00", "50.00"),
        ("N", "2026-04-01", None, "0.5"),
    ]


def test_as_many_rows_as_a_select_returns_and_none_in_a_column_that_is_not_there(replica):
    drawn_rows = "select 'R' || n as atm, $day as date, cast(n as decimal(18,2)) / 4 as counted from range(2) r(n)"
    [one] = candidates(replica, fault(rows={"atm_counts": drawn_rows}), seed=1)
    assert after(replica, one)[3:] == [("R0", "2026-03-31", None, "0.0"), ("R1", "2026-03-31", None, "0.25")]
    with pytest.raises(RuleError, match=r"fault x: expected columns of atm_counts, found \['weight'\]"):
        list(candidates(replica, fault(rows={"atm_counts": "select 1 as weight"}), seed=1))


def test_a_copy_stands_on_its_row_and_a_change_touches_the_record_of_a_name(replica):
    [one] = candidates(replica, fault(add={"atm_counts": {"atm": "'A2'"}}), seed=1)
    assert (one.copied, one.heads) == ({("atm_counts", 1)}, set())
    deal = complete(TABLES["trades"], drawn("trades", "trade_id | version | side\nT1 | 1 | BUY\nT1 | 2 | BUY"))
    made = Replica(SimpleNamespace(tables={"trades": deal}, rows=len(deal)), DAY)
    wrong = fault(
        table="trades", pick="select trade_id, 2 as version from trades", change={"trades": {"side": "'SELL'"}}
    )
    assert {tuple(one.heads) for one in candidates(made, wrong, seed=1)} == {("T1",)}
    made.close()


def test_a_condition_of_its_own_reaches_other_rows(replica):
    said = {"where": {"atm_counts": "atm = $atm"}, "change": {"atm_counts": {"opening": "0.00"}}}
    [one] = candidates(replica, fault(**said), seed=1)
    assert one.rows == {("atm_counts", 0), ("atm_counts", 1)}


def test_a_value_may_be_what_no_column_could_hold(replica):
    [one] = candidates(replica, fault(change={"atm_counts": {"counted": "'5O.OO'"}}), seed=1)
    assert after(replica, one)[1][3] == "5O.OO"


def test_the_seed_decides_the_order_and_the_same_seed_the_same(replica):
    everywhere = fault(pick="select atm, date from atm_counts", change={"atm_counts": {"counted": "0.00"}})
    orders = {seed: [sorted(one.rows) for one in candidates(replica, everywhere, seed)] for seed in range(8)}
    assert orders[1] == [sorted(one.rows) for one in candidates(replica, everywhere, 1)]
    assert len({str(order) for order in orders.values()}) > 1


def test_days_are_business_days_of_target():
    days = days_of(date(2026, 3, 31), 1)
    assert (days["day"], days["d1"], days["next_day"]) == (date(2026, 3, 30), date(2026, 3, 27), date(2026, 3, 31))
    assert days["report_day"] == date(2026, 3, 31)


def test_a_pick_the_engine_cannot_run_names_its_fault(replica):
    broken = fault(id="bad.pick", pick="select nothing from atm_counts", change={"atm_counts": {"counted": "0.00"}})
    with pytest.raises(RuleError, match=r"fault bad\.pick: expected a SELECT"):
        list(candidates(replica, broken, 1))


@pytest.mark.parametrize(
    ("suspense", "sundry", "made"),
    [
        ("475100", "468000", "475081 468081"),  # of the bank's own roots
        ("381000", "468000", None),  # no account in suspense that the chart of accounts in France knows
        ("475081", "468000", None),  # the very account it would make
    ],
)
def test_a_fault_made_whole_takes_accounts_of_roots_the_bank_has(suspense, sundry, made):
    days = [day for day in (date(2026, 3, 2) + timedelta(days=n) for n in range(30)) if day.weekday() < 5]
    lines = "".join(f"{day} | {account}\n" for day in days for account in (suspense, sundry))
    rows = complete(TABLES["trial_balance"], drawn("trial_balance", f"date | account\n{lines}"))
    replica = Replica(SimpleNamespace(tables={"trial_balance": rows}, rows=len(rows)), DAY)
    evergreen = next(one for one in read_faults() if one.id == "suspense.evergreen")
    assert [one.key for one in candidates(replica, evergreen, seed=1)] == [made] * bool(made)
    assert "trial_balance" in evergreen.asks
    replica.close()
