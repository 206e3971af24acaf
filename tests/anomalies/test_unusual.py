"""What no rule foresaw: drawn days with known answers, decisions, budget and causes, and the sample day whole."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest
import yaml
from drawn_day import drawn_day, found

from bolib.anomalies import produce
from bolib.anomalies.unusual.alerts import CONTROLS, _cut, _group
from bolib.anomalies.unusual.causes import causes
from bolib.anomalies.unusual.decisions import Chance, Decisions
from bolib.anomalies.unusual.settings import settings
from bolib.anomalies.unusual.words import sentence
from bolib.control import catalogue
from bolib.day import open_day
from bolib.errors import ParameterError
from bolib.findings import Breach
from bolib.results import frame as in_pandas
from bolib.results import write

PROJECT = Path(__file__).parent.parent.parent
AS_OF = date(2026, 3, 31)
BUSINESS = [AS_OF - timedelta(n) for n in range(60, -1, -1) if (AS_OF - timedelta(n)).weekday() < 5]
"""Two months of weekdays, the last one the day itself; Good Friday and Easter Monday 2026 come later."""


def lines(*entries):
    """Draw a journal: (entry_no, date, debited, credited, amount, user, entered, reverses)."""
    head = "journal_code | entry_no | line_no | entry_date | account | debit | credit | user | origin | entered_at | reverses"
    drawn = [head]
    for number, day, debited, credited, amount, user, entered, reverses in entries:
        for line, account, debit, credit in ((1, debited, amount, "0.00"), (2, credited, "0.00", amount)):
            cells = ("BQ", number, line, day, account, debit, credit, user, "MANUAL", entered, reverses)
            drawn.append(" | ".join(map(str, cells)))
    return "\n".join(drawn)


def usual_entries():
    """Four payments of suppliers a day by ann, before noon, around 100."""
    for place, day in enumerate(BUSINESS):
        for number in range(4):
            amount = f"{90 + (place * 7 + number * 5) % 21}.00"
            yield f"{place:02}{number}", day, "401", "512", amount, "ann", f"{day}T10:0{number}:00", ""


def entry(number, debited="401", credited="512", amount="100.00", user="ann", day=AS_OF, at="10:30", reverses=""):
    return number, day, debited, credited, amount, user, f"{day}T{at}:00", reverses


def told(*entries, dispositions=None, **tables):
    """Return the alerts of a journal of usual entries and these, and the result."""
    if dispositions:
        tables["dispositions"] = dispositions
    day = drawn_day("anomalies", AS_OF, journal=lines(*usual_entries(), *entries), **tables)
    result = produce(day)
    return day.rows("alerts"), result


def test_a_day_like_the_others_tells_nothing():
    rows, result = told()
    assert rows == []
    assert found(result, "ODD-03") == []


def test_an_account_never_debited_and_an_amount_ten_times_the_usual_are_told():
    """Of 42 days of four amounts the middle two are 98 and 100, whose middle as logarithms is the root of 9,800."""
    rows, result = told(entry("new", debited="606"), entry("dear", amount="1000.00"))
    assert found(result, "ODD-03") == ["BQ dear AMOUNT", "BQ new FIRST"]
    said = {row["key"]: row["sentence"] for row in rows}
    assert said["BQ dear"].startswith(
        "amount 1,000.00 is 10.1 times the usual 98.99 of 401 > 512 by ann (168 earlier); "
    )
    assert said["BQ new"].startswith("first seen: debited 606 with")
    assert {row["chance"] for row in rows} == {"no history yet"}


def test_a_reversal_a_small_amount_and_a_month_end_that_came_before_are_not_told():
    ends = [day for day in BUSINESS if (day + timedelta(1 if day.weekday() < 4 else 3)).month != day.month]
    accruals = [entry(f"accrual {day}", "618", "408", "500.00", day=day) for day in ends]
    many = [entry(f"{row[0]} {n}", *row[2:5], day=row[1]) for row in accruals[:-1] for n in range(10)]
    rows, _ = told(entry("back", "512", "401", "5000.00", reverses="BQ 000"), entry("small", amount="2.00"), *many)
    assert rows == []
    rows, _ = told(*many, accruals[-1])
    assert [row["key"] for row in rows if row["place"] == "SHOWN"] == []


def test_a_new_user_is_told_once_and_not_every_day():
    rows, _ = told(*(entry(f"bob{n}", user="bob", day=BUSINESS[n - 4]) for n in range(4)))
    shown = [(row["key"], row["kind"], row["field"], row["value"]) for row in rows]
    assert shown == [("BQ bob0", "FIRST", "author", "bob")]


def test_each_day_is_judged_by_what_was_known_on_it():
    """An entry odd on Friday stays told on Tuesday, although Monday made its accounts usual; its words do not change."""
    friday = entry("odd", debited="606", day=BUSINESS[-3])
    flood = [entry(f"f{n}", debited="606", day=BUSINESS[-2]) for n in range(30)]
    alone, with_more = (told(friday)[0], told(friday, *flood)[0])
    words = {row["key"]: row["sentence"] for row in alone}
    assert words["BQ odd"] == {row["key"]: row["sentence"] for row in with_more}["BQ odd"]


def decided(scope, until, decision="ACCEPTED", at="2026-03-20T10:00:00", finding="x"):
    return f"""
        finding_id | decided_at | decision   | scope   | expires_on | actor | comment
        {finding}  | {at}       | {decision} | {scope} | {until}    | ann   | supplier of ice
    """


def test_what_was_said_to_be_legitimate_does_not_come_back_before_it_ends():
    odd = entry("odd", debited="606")
    [scope] = [row["scope"] for row in told(odd)[0]]
    for until, place in (
        ("2026-04-30", "ACCEPTED"),
        ("2026-03-31", "ACCEPTED"),
        ("2026-03-30", "SHOWN"),
        ("", "SHOWN"),
    ):
        rows, result = told(odd, dispositions=decided(scope, until))
        assert [row["place"] for row in rows] == [place], until
        assert (found(result, "ODD-03") == []) == (place == "ACCEPTED")
    assert rows[0]["cause"] is None
    rows, _ = told(odd, dispositions=decided(scope, "2026-04-30"))
    assert rows[0]["cause"] == "accepted by ann on 2026-03-20 until 2026-04-30: supplier of ice"
    rows, _ = told(entry("other", debited="607"), dispositions=decided(scope, "2026-04-30"))
    assert [row["place"] for row in rows] == ["SHOWN"]


def test_a_decision_of_tomorrow_is_not_known_and_one_on_the_alert_itself_holds():
    odd = entry("odd", debited="606")
    [row] = told(odd)[0]
    rows, _ = told(odd, dispositions=decided(row["scope"], "2026-04-30", at="2026-04-01T09:00:00"))
    assert rows[0]["place"] == "SHOWN"
    rows, _ = told(odd, dispositions=decided("", "", finding=row["alert_id"]))
    assert rows[0]["place"] == "ACCEPTED"


def test_the_chance_of_a_kind_by_hand():
    """34 of 41: Wilson's interval of 95 % is (0.6874 to 0.9147), 69 to 91 %."""
    assert Chance(34, 41).sentence == "of the last 41 of this kind 34 were confirmed (69 to 91 %)"
    assert Chance(9, 9).sentence == "no history yet"
    assert Chance(0, 10).interval == (0, 28)
    assert Chance(0, 0).rank(0.4) == 400
    assert Chance(10, 10).rank(0.4) == 700


def test_decisions_are_counted_by_table_and_kind_from_earlier_alerts():
    last = [
        {"finding_id": f"a{n}", "decided_at": datetime(2026, 3, 1), "decision": "CONFIRMED" if n < 8 else "ACCEPTED"}
        for n in range(12)
    ]
    kinds = {f"a{n}": ("journal", "RARE") for n in range(11)}
    assert Decisions(last, kinds).chances == {("journal", "RARE"): Chance(8, 11)}


def test_the_kinds_of_earlier_alerts_are_read_from_the_days_published(tmp_path):
    day = drawn_day("anomalies", BUSINESS[-2], journal=lines(*usual_entries(), entry("odd", "606", day=BUSINESS[-2])))
    produce(day)
    folder = tmp_path / str(BUSINESS[-2]) / "results"
    folder.mkdir(parents=True)
    write(folder, "alerts", in_pandas(day.engine.table("alerts")))
    [row] = day.rows("alerts")
    text = lines(*usual_entries(), entry("odd", "606", day=BUSINESS[-2]))
    next_day = drawn_day("anomalies", AS_OF, journal=text, dispositions=decided("", "", finding=row["alert_id"]))
    next_day.history = tmp_path
    produce(next_day)
    assert [(found["place"], found["decided"]) for found in next_day.rows("alerts")] == [("ACCEPTED", 1)]


def alert(key, block="trades", day=AS_OF, object=None, priority=1, **more):
    return {"key": key, "block": block, "day": day, "object": object or key, "priority": priority, "score": 8} | {
        "control": "ODD-01",
        "place": "SHOWN",
        "cause": None,
        **more,
    }


def test_one_cause_is_one_alert_under_the_earliest_or_under_a_controls_finding():
    rows = [alert("T1"), alert("step of T1", "events", object="T1"), alert("T2"), alert("T3", place="ACCEPTED")]
    rows += [alert("BQ 7", "journal", object="T9"), alert("S0 2026-03-31", "prices", object="S0")]
    _group(rows, {"T2": "COH-01 T2", "T3": "COH-01 T3", "BQ 7": "JRN-01 BQ 7", "S0": "DEPOT-01 SAF S0"})
    assert [(row["place"], row["cause"]) for row in rows] == [
        ("SHOWN", None),
        ("GROUPED", "ODD-01 T1"),
        ("GROUPED", "COH-01 T2"),
        ("ACCEPTED", None),
        ("GROUPED", "JRN-01 BQ 7"),
        ("SHOWN", None),
    ]


def test_a_control_that_finds_half_a_table_explains_no_record_of_it():
    item = SimpleNamespace(id="X-1", keys=["loan_id"])
    breaches = [Breach(item, {"loan_id": f"L{n}"}) for n in range(4)]
    day = drawn_day("anomalies", AS_OF)
    produce(day)
    assert causes(day, breaches, most=4).found["L2"] == "X-1 L2"
    assert causes(day, breaches, most=3).found == {}


def test_the_budget_is_of_a_day_and_a_table_and_keeps_the_first_in_rank():
    rows = [alert(f"T{n}", priority=n) for n in range(5)]
    rows += [alert("T9", day=BUSINESS[-2]), alert("E1", "events"), alert("T8", place="GROUPED", priority=99)]
    _cut(rows, 3)
    assert [row["key"] for row in rows if row["place"] == "BELOW"] == ["T0", "T1"]


def test_every_kind_says_what_was_expected_and_seen():
    pair = {"field": "account", "value": "606", "other": "journal", "other_value": "BQ", "usual": "512 18 %"}
    row = {"kind": "RARE", **pair, "seen": 3, "seen_other": 2741, "expected": Decimal("1389.0")}
    told = "account 606 in 3 of 2,741 other records with journal BQ"
    assert sentence(row) == f"{told}, expected 1,389; usual here: 512 18 %"
    assert "in none of 2,741 other records with journal BQ, expected 0.3" in sentence(
        row | {"seen": 0, "expected": Decimal("0.3")}
    )
    # what is rare everywhere meets no less than by chance: its counts say it, and chance is no news
    assert sentence(row | {"expected": Decimal("3.0")}) == f"{told}; usual here: 512 18 %"
    move = {"kind": "MOVE", "value": "16.85", "move_bp": Decimal("1533.19"), "market_bp": Decimal("-40.6"), "known": 59}
    move |= {"usual_amount": Decimal("79"), "state": "PROVISIONAL"}
    assert sentence(move) == (
        "price 16.85 moved +1,533 bp where its market moved -41 bp and 79 bp a day is usual (59 earlier days);"
        " provisional, the next close will tell"
    )


def test_words_unknown_or_missing_in_the_parameters_stop_the_run():
    given = yaml.safe_load((PROJECT / "parameters" / "anomalies.yml").read_text(encoding="utf-8"))["unusual"]
    assert settings(given).budget == 10
    for wrong in (given | {"buget": 3}, {"budget": 10}, [10]):
        with pytest.raises(ParameterError, match=r"parameters/anomalies.yml, unusual: expected the words budget, nats"):
            settings(wrong)


def test_without_any_table_and_on_one_day_of_data_it_is_silent():
    day = drawn_day("anomalies", AS_OF)
    produce(day)
    assert day.rows("alerts") == []
    only = drawn_day("anomalies", AS_OF, journal=lines(*(entry(f"e{n}", debited=f"{n}") for n in range(80))))
    produce(only)
    assert only.rows("alerts") == []


def test_a_control_of_each_table_judged_makes_its_alerts_findings():
    controls = {item.id: item for item in catalogue("anomalies")}
    for block, control in CONTROLS.items():
        assert f"block = '{block}'" in controls[control].sql


def deals(*last):
    """Draw four purchases a day of around 100 shares, and these: (trade_id, quantity, order_id)."""
    drawn = [
        "trade_id | version | action | book | trader | isin | side | quantity | gross_amount | net_amount | currency"
    ]
    drawn[0] += " | trade_date | traded_at | settlement_date | counterparty | entered_by | entered_at | order_id"
    usual = [
        (f"T{place:02}{n}", day, 90 + (place * 7 + n * 5) % 21, "")
        for place, day in enumerate(BUSINESS)
        for n in range(4)
    ]
    for name, day, quantity, order in [*usual, *((name, AS_OF, quantity, order) for name, quantity, order in last)]:
        lasting = BUSINESS[BUSINESS.index(day) + 2] if day <= BUSINESS[-3] else date(2026, 4, 2)
        money = f"{quantity * 10}.00"
        cells = (name, 1, "NEW", "EQ", "ann", "S0", "BUY", quantity, money, money, "EUR")
        drawn.append(
            " | ".join(map(str, (*cells, day, f"{day}T10:00:00", lasting, "LEI", "ann", f"{day}T10:01:00", order)))
        )
    return "\n".join(drawn)


def test_a_block_deal_and_the_parts_of_an_order_are_as_ordered_an_accident_is_not():
    orders = f"""
        order_id | book | isin | side | quantity | currency | ordered_at            | entered_by | status
        block    | EQ   | S0   | BUY  | 5000     | EUR      | {AS_OF}T09:00:00 | ann        | FILLED
        parts    | EQ   | S0   | BUY  | 400      | EUR      | {AS_OF}T09:00:00 | ann        | FILLED
        small    | EQ   | S0   | BUY  | 100      | EUR      | {AS_OF}T09:00:00 | ann        | FILLED
    """
    parts = [(f"part{n}", 100, "parts") for n in range(4)]
    text = deals(("ordered", 5000, "block"), *parts, ("alone", 5000, ""), ("beyond", 5000, "small"))
    day = drawn_day("anomalies", AS_OF, trades=text, orders=orders, instruments=SHARES)
    produce(day)
    assert {(row["key"], row["kind"]) for row in day.rows("alerts")} == {("alone 1", "AMOUNT"), ("beyond 1", "AMOUNT")}


def test_an_early_repayment_is_not_told_a_payment_of_a_tenth_is():
    dues = [date(2025, month, 5) for month in range(1, 13)] + [date(2026, month, 5) for month in (1, 2, 3)]
    instalments = "loan_id | instalment_no | due_date | principal | interest | fees\n" + "\n".join(
        f"L{loan} | {number} | {due} | 90.00 | 10.00 | 0.00" for loan in (1, 2) for number, due in enumerate(dues)
    )
    payments = ["payment_id | loan_id | value_date | received_on | amount"]
    payments += [f"P{loan}{due:%y%m} | L{loan} | {due} | {due} | 100.00" for loan in (1, 2) for due in dues]
    payments += [f"early | L1 | {AS_OF} | {AS_OF} | 900.00", f"slip | L2 | {AS_OF} | {AS_OF} | 10.00"]
    day = drawn_day("anomalies", AS_OF, instalments=instalments, payments="\n".join(payments))
    produce(day)
    assert [(row["key"], row["kind"]) for row in day.rows("alerts")] == [("slip", "AMOUNT")]


def prices(*last):
    """Draw seven shares of one market that move by a tenth or so a day, the first ending as told."""
    drawn = ["date | isin | source | price | currency"]
    for share in range(7):
        for place, day in enumerate(BUSINESS):
            price = Decimal(100) + Decimal((place * (share + 3)) % 5) / 10
            back = len(BUSINESS) - place
            if share == 0 and back <= len(last):
                price = Decimal(last[len(last) - back])
            drawn.append(f"{day} | S{share} | CLOSE | {price} | EUR")
    return "\n".join(drawn)


SHARES = "isin | name | asset_class | currency | quotation | multiplier\n" + "\n".join(
    f"S{share} | share {share} | EQUITY | EUR | UNIT | 1" for share in range(7)
)


@pytest.mark.parametrize(
    ("last", "place", "state"),
    [
        (["100", "110"], "SHOWN", "PROVISIONAL"),
        (["110", "100.1"], "SHOWN", "CONFIRMED"),
        (["110", "110.2"], "CLOSED", "CLOSED"),
    ],
)
def test_a_price_that_leaves_its_market_is_provisional_and_the_next_close_decides(last, place, state):
    day = drawn_day("anomalies", AS_OF, prices=prices(*last), instruments=SHARES)
    produce(day)
    rows = [row for row in day.rows("alerts") if row["kind"] == "MOVE" and row["state"] == state]
    assert [(row["other_value"], row["place"]) for row in rows] == [("S0", place)]


def test_a_market_that_moves_as_one_and_a_price_at_its_detachment_are_not_told():
    text = prices("100", "110")
    drawn = text.splitlines()
    as_one = [
        line if not line.startswith(str(AS_OF)) else " | ".join([*line.split(" | ")[:3], "110", "EUR"])
        for line in drawn
    ]
    day = drawn_day("anomalies", AS_OF, prices="\n".join(as_one), instruments=SHARES)
    produce(day)
    assert day.rows("alerts") == []
    event = f"ca_id | isin | type | ex_date\nC1 | S0 | SPLF | {AS_OF}"
    day = drawn_day("anomalies", AS_OF, prices=text, instruments=SHARES, corporate_actions=event)
    produce(day)
    assert day.rows("alerts") == []


def test_a_price_that_stops_moving_is_told_by_its_own_habit():
    day = drawn_day("anomalies", AS_OF, prices=prices(*["100.35"] * 6), instruments=SHARES)
    produce(day)
    [row] = day.rows("alerts")
    assert (row["kind"], row["other_value"], row["seen"]) == ("STALE", "S0", 5)


def test_a_result_that_parts_from_its_estimate_is_told_the_morning_after(tmp_path):
    """Forty days within 100 of the estimate, then 30,000: the least spread of 2,500 reaches to 10,500."""
    folder = tmp_path / str(BUSINESS[-2]) / "results"
    folder.mkdir(parents=True)
    apart = [Decimal((place * 37) % 200 - 100) for place in range(len(BUSINESS) - 2)] + [Decimal(30000)]
    books = pa.table(
        {
            "date": pa.array(BUSINESS[:-1], pa.date32()),
            "book": ["EQ"] * len(apart),
            "currency": ["EUR"] * len(apart),
            **{name: pa.array([Decimal(0)] * len(apart), pa.decimal128(18, 2)) for name in ("total", "flash")},
            "difference": pa.array(apart, pa.decimal128(18, 2)),
        }
    )
    write(folder, "pnl_books", in_pandas(books))
    day = drawn_day("anomalies", AS_OF, pnl_flash=f"date | book | amount | currency\n{AS_OF} | EQ | 1.00 | EUR")
    day.history = tmp_path
    result = produce(day)
    assert found(result, "ODD-09") == [f"{BUSINESS[-2]} EQ RESULT"]
    [row] = day.rows("alerts")
    assert row["sentence"].startswith("the official result is 30,000.00 away from the front office's estimate where ")
    assert (row["amount"], row["high"] - row["usual_amount"]) == (Decimal("30000.00"), Decimal("10500.00"))
    assert [point["value"] for point in day.rows("alert_points") if point["marked"]] == [Decimal(30000)]


@pytest.fixture(scope="module")
def sample_alerts():
    """Return the sample day's alerts."""
    day = open_day("anomalies", "2026-03-31")
    produce(day)
    return day.rows("alerts")


def test_on_the_sample_what_is_shown_was_planted_and_the_clean_part_tells_at_most_four_a_day(sample_alerts):
    listed = yaml.safe_load((PROJECT / "data" / "sample" / "irregularities.yml").read_text(encoding="utf-8"))
    words = {word for row in listed for word in row["key"].split()}
    shown = [row for row in sample_alerts if row["place"] == "SHOWN"]
    clean = [row for row in shown if not {*row["key"].split(), row["object"]} & (words - {"trade", "MAN", "SEC"})]
    assert max((sum(row["day"] == day for row in clean) for day in {row["day"] for row in clean}), default=0) <= 4
    told = [row for row in sample_alerts if row["place"] in ("SHOWN", "GROUPED")]
    found = {row["key"].split()[0] if row["block"] == "trades" else row["key"] for row in told}
    assert {"T260330-003", "T260330-010", "T260331-909", "MAN 000007"} <= found
    assert {"FR0099Z00124 2026-03-31", "XS0099Z00067 2026-03-18"} <= found


def test_the_days_of_a_window_are_those_a_daily_run_would_have_shown(sample_alerts):
    """The alerts of 30 March are the same on the 30th and, looked at again, on the 31st, but for prices decided since."""
    day = open_day("anomalies", "2026-03-30")
    produce(day)
    then = {row["alert_id"]: row["sentence"] for row in day.rows("alerts") if row["day"] == date(2026, 3, 30)}
    now = {row["alert_id"]: row["sentence"] for row in sample_alerts if row["day"] == date(2026, 3, 30)}
    prices = {row["alert_id"] for row in [*day.rows("alerts"), *sample_alerts] if row["block"] == "prices"}
    assert {name: said for name, said in then.items() if name not in prices} == {
        name: said for name, said in now.items() if name not in prices
    }


def test_shuffled_rows_give_the_same_alerts(sample_alerts):
    day = open_day("anomalies", "2026-03-31")
    for name in ("trades", "journal", "events", "prices", "cash_operations"):
        rows = day.engine.table(name)
        order = sorted(range(rows.num_rows), key=lambda n: (n * 7919) % 10007)
        day.engine.add(name, rows.take(pa.array(order)))
    produce(day)
    assert day.rows("alerts") == sample_alerts
