"""Client instalments, from tables to results: a real bank against a slow twin, real roll rates, wrong input, by hand."""

import csv
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import day_by_day
import pyarrow as pa
import pytest
import yaml
from drawn_day import PARAMETERS, drawn_day

from bolib.control import catalogue
from bolib.day import Day, filled
from bolib.deadlines import compute, instalments
from bolib.engine import open_engine
from bolib.load import load
from bolib.rulebook import load_rulebook
from bolib.views import select

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "retail_loans"
BERKA = SOURCE / "berka"
needs_source = pytest.mark.skipif(not SOURCE.exists(), reason="the real loans are not beside the project")
EVENING = date(1994, 3, 31)


def twelfth_after(day, months):
    """Return the 12th of the month so many months after the first one that follows a day."""
    month = day.month - 1 + (day.day > 12) + months
    return date(day.year + month // 12, month % 12 + 1, 12)


def schedule():
    """Return what each real loan owes: its monthly amount on the 12th, as its payments come."""
    with (BERKA / "loan.asc").open(encoding="utf-8", newline="") as lines:
        loans = list(csv.DictReader(lines, delimiter=";"))
    rows = []
    for loan in loans:
        granted = date(1900 + int(loan["date"][:2]), int(loan["date"][2:4]), int(loan["date"][4:]))
        for number in range(int(loan["duration"])):
            due = twelfth_after(granted, number)
            rows.append(
                {
                    "loan_id": loan["account_id"],
                    "instalment_no": number + 1,
                    "due_date": due,
                    "principal": loan["payments"],
                }
            )
    return rows


@pytest.fixture(scope="module")
def berka(tmp_path_factory):
    """Return what was loaded of the Czech bank, its schedules written beside its own files, and the day counted."""
    folder = tmp_path_factory.mktemp("berka")
    for name in ("account.asc", "loan.asc", "trans.asc"):
        folder.joinpath(name).symlink_to(BERKA / name)
    folder.joinpath("sources.yml").write_text(
        (Path(__file__).parent / "berka" / "sources.yml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with folder.joinpath("instalments.csv").open("w", encoding="utf-8", newline="") as lines:
        out = csv.DictWriter(lines, ["loan_id", "instalment_no", "due_date", "principal", "interest", "fees"])
        out.writeheader()
        out.writerows(row | {"interest": "0.00", "fees": "0.00"} for row in schedule())
    loaded = load(folder, PARAMETERS, EVENING)
    settings = yaml.safe_load((PARAMETERS / "deadlines.yml").read_text(encoding="utf-8"))
    settings.pop("thresholds")
    day = Day(
        report="deadlines", as_of=EVENING, engine=filled(open_engine(), loaded, EVENING), loaded=loaded, parameters=settings,
        folder=PARAMETERS, rulebook=load_rulebook(PARAMETERS / "rulebook"), controls=catalogue("deadlines", PARAMETERS),
        results=None, history=None, notice="", proven=loaded.proven,
    )  # fmt: skip
    instalments.prepare(day)
    return loaded, day


def cents(value):
    return int(Decimal(value) * 100)


def plain(berka):
    """Return the loans with payments by the evening, their instalments and payments, as the twin reads them."""
    with (BERKA / "trans.asc").open(encoding="utf-8", newline="") as lines:
        moves = [row for row in csv.DictReader(lines, delimiter=";") if row["k_symbol"] == "UVER"]
    paid = [
        {
            "loan": row["account_id"],
            "value_date": on,
            "known_on": on,
            "until_on": None,
            "designated_to": None,
            "amount": cents(row["amount"]),
        }
        for row in moves
        for on in [date(1900 + int(row["date"][:2]), int(row["date"][2:4]), int(row["date"][4:]))]
    ]
    names = sorted({row["loan"] for row in paid})
    owed = [
        {"loan": row["loan_id"], "instalment_no": row["instalment_no"], "due_on": row["due_date"], "amount": cents(row["principal"]),
         "onerous": 0, "known_on": None, "until_on": None}
        for row in schedule() if row["loan_id"] in names
    ]  # fmt: skip
    loans = [
        {"obligor": name, "loan": name, "kind": "RETAIL", "outstanding": None, "forborne_on": None} for name in names
    ]
    return names, loans, owed, paid


@needs_source
def test_the_czech_bank_loads_whole(berka):
    loaded, _ = berka
    assert loaded.tables["loans"].num_rows == 682
    assert loaded.tables["payments"].num_rows == 123
    assert loaded.tables["instalments"].num_rows == len(schedule())
    cut = [row for row in loaded.set_aside.to_pylist() if row["source"] == "payments"]
    assert [row["line"] for row in cut] == [49104]  # the source's last line ends in the middle


@needs_source
def test_the_34_loans_with_payments_are_those_of_a_walk_day_by_day(berka):
    _, day = berka
    names, loans, owed, paid = plain(berka)
    assert len(names) == 34
    terms = {
        "materiality": [],
        "by_facility": {"RETAIL"},
        "default_after": 90,
        "probation": 3,
        "forborne_probation": 12,
    }
    found = {(row["day"], row["loan_id"]): row for row in day.rows("arrears_states") if row["loan_id"] in names}
    for evening in (date(1993, 12, 31), date(1994, 2, 28), EVENING):
        for row in day_by_day.count(loans, owed, paid, [], [], evening, terms):
            ours = found.get((evening, row["loan"]))
            if ours is None:  # granted since
                assert row["amount_past_due"] == 0
                continue
            for name in ("overdue_since", "days_past_due", "arrears_since", "cleared_on"):
                assert ours[name] == row[name], (evening, row["loan"], name)
            assert cents(ours["amount_past_due"]) == row["amount_past_due"] and not ours["in_default"]
    behind = [row for (on, _), row in found.items() if on == EVENING and row["amount_past_due"] > 0]
    assert len(behind) > 5


@needs_source
def test_the_unpaid_instalments_of_the_czech_bank_are_those_the_walk_leaves(berka):
    _, day = berka
    names, _, owed, paid = plain(berka)
    expected = {}
    for name in names:
        mine = [row for row in owed if row["loan"] == name]
        book = day_by_day.Loan(mine, [row for row in paid if row["loan"] == name], EVENING)
        first = min(row["due_on"] for row in mine)
        for passed in range((EVENING - first).days + 1):
            book.live(first + timedelta(days=passed))
        expected |= {(name, debt[1]): debt[3] for debt in book.debts if debt[3] and debt[0] <= EVENING}
    rows = [row for row in day.rows("instalments_left") if row["loan_id"] in names and row["due_on"] <= EVENING]
    assert {(row["loan_id"], row["instalment_no"]): cents(row["unpaid"]) for row in rows} == expected
    assert len(expected) > 10


@needs_source
def test_the_roll_rates_of_30000_clients_are_those_counted_one_by_one():
    with (SOURCE / "UCI_Credit_Card.csv").open(encoding="utf-8", newline="") as lines:
        clients = list(csv.DictReader(lines))
    assert len(clients) == 30_000
    months = ("X11", "X10", "X9", "X8", "X7", "X6")  # status of repayment, April to September 2005
    evenings = [date(2005, month, 28) for month in range(4, 10)]
    columns = {"loan_id": [], "evening": [], "status": []}
    for number, month in enumerate(months):
        columns["loan_id"] += [row["ID"] for row in clients]
        columns["evening"] += [number] * len(clients)
        columns["status"] += [max(int(row[month]), 0) for row in clients]  # months late; 0 and below: none
    states = pa.table({
        "loan_id": columns["loan_id"], "evening": columns["evening"],
        "day": pa.array([evenings[number] for number in columns["evening"]], pa.date32()),
        "bucket": [str(status) for status in columns["status"]], "rank": columns["status"],
        "amount_past_due": pa.array([Decimal("0.00")] * len(columns["status"]), pa.decimal128(18, 2)),
    })  # fmt: skip
    rolled = select("deadlines", "select * from roll_rates", {"arrears_states": states}, evenings[-1], {})
    found = {(row["from_date"], row["from_bucket"], row["to_bucket"]): row["loans"] for row in rolled.to_pylist()}
    counted = Counter(
        (evenings[number], str(max(int(row[one]), 0)), str(max(int(row[other]), 0)))
        for row in clients
        for number, (one, other) in enumerate(zip(months, months[1:], strict=False))
    )
    assert found == counted
    assert sum(found.values()) == 5 * 30_000


LOANS = """
    loan_id | customer_id | consumer | secured | granted_on | principal | outstanding | rate | currency | periodicity | terminated_on
    L1      | C1          | true     | NONE    | 2025-01-10 | 3600.00   | 2000.00     | 5.0  | EUR      | MONTHLY     |
    L2      | C2          | true     | NONE    | 2025-01-10 | 3600.00   | 700.00      | 5.0  | EUR      | MONTHLY     | 2026-03-15
"""
INSTALMENTS = """
    loan_id | instalment_no | due_date   | principal | interest | fees
    L1      | 1             | 2026-02-10 | 100.00    | 10.00    | 1.00
    L1      | 2             | 2026-03-10 | 100.00    | 9.00     | 1.00
    L1      | 3             | 2026-04-03 | 100.00    | 8.00     | 1.00
    L2      | 1             | 2026-03-01 | 300.00    | 20.00    | 0.00
    L2      | 2             | 2026-04-01 | 200.00    | 15.00    | 0.00
    L2      | 3             | 2026-05-01 | 200.00    | 10.00    | 0.00
"""


def left(day):
    """Return what is left of each instalment: (loan, number) → unpaid, principal, interest, fees."""
    names = ("unpaid", "unpaid_principal", "unpaid_interest", "unpaid_fees")
    return {
        (row["loan_id"], row["instalment_no"]): tuple(str(row[name]) for name in names)
        for row in day.rows("instalments_left")
    }


def test_a_part_payment_pays_fees_and_interest_first_and_termination_makes_the_capital_due():
    day = drawn_day("deadlines", "2026-03-31", loans=LOANS, instalments=INSTALMENTS, payments="""
        payment_id | loan_id | value_date | received_on | amount
        P1         | L1      | 2026-03-12 | 2026-03-12  | 6.50
    """)  # fmt: skip
    compute(day)
    assert left(day) == {
        ("L1", 1): ("104.50", "100.00", "4.50", "0.00"),  # 1.00 of fees, 5.50 of the 10.00 of interest
        ("L1", 2): ("110.00", "100.00", "9.00", "1.00"),
        ("L1", 3): ("109.00", "100.00", "8.00", "1.00"),
        ("L2", 1): ("320.00", "300.00", "20.00", "0.00"),
        ("L2", 2): ("200.00", "200.00", "0.00", "0.00"),  # due on 15 March, without interest to come
        ("L2", 3): ("200.00", "200.00", "0.00", "0.00"),
    }
    clocks = {
        row["key"]: (row["status"], str(row["amount"]))
        for row in day.rows("deadlines")
        if row["object_type"] == "instalment"
    }
    assert clocks == {
        "L1/1": ("OVERDUE", "104.50"), "L1/2": ("OVERDUE", "110.00"), "L1/3": ("OPEN", "109.00"),
        "L2/1": ("OVERDUE", "320.00"), "L2/capital": ("OVERDUE", "400.00"),
    }  # fmt: skip


def test_a_corrected_payment_counts_as_it_was_known_on_each_evening():
    day = drawn_day("deadlines", "2026-03-31", loans=LOANS, instalments=INSTALMENTS, payments="""
        payment_id | loan_id | value_date | received_on | amount | known_at
        P1         | L1      | 2026-02-10 | 2026-02-10  | 111.00 |
        P1         | L1      | 2026-02-10 | 2026-02-10  | 11.00  | 2026-03-05 10:00
        P1         | L1      | 2026-02-10 | 2026-02-10  | 111.00 | 2026-04-02 10:00
    """)  # fmt: skip
    instalments.prepare(day)
    amounts = {
        str(row["day"]): str(row["amount_past_due"]) for row in day.rows("arrears_states") if row["loan_id"] == "L1"
    }
    assert (amounts["2026-02-28"], amounts["2026-03-31"]) == ("0.00", "210.00")


def test_the_most_onerous_instalment_is_paid_first_where_its_rate_says_so():
    rows = (
        INSTALMENTS.replace("fees", "fees | rate")
        .replace("1.00\n", "1.00 | 5.0\n")
        .replace("9.00     | 1.00 | 5.0", "9.00     | 1.00 | 8.0")
    )
    rows = rows.replace("0.00\n", "0.00 |\n")
    day = drawn_day("deadlines", "2026-03-31", loans=LOANS, instalments=rows, payments="""
        payment_id | loan_id | value_date | received_on | amount
        P1         | L1      | 2026-03-12 | 2026-03-12  | 110.00
    """)  # fmt: skip
    instalments.prepare(day)
    assert ("L1", 2) not in left(day) and left(day)["L1", 1][0] == "111.00"


def test_promises_are_kept_by_what_comes_after_them():
    day = drawn_day("deadlines", "2026-03-31", loans=LOANS, instalments=INSTALMENTS, payments="""
        payment_id | loan_id | value_date | received_on | amount | reversed_on
        P0         | L1      | 2026-02-20 | 2026-02-20  | 60.00  |
        P1         | L1      | 2026-03-12 | 2026-03-12  | 60.00  |
        P2         | L1      | 2026-03-17 | 2026-03-17  | 40.00  |
        P3         | L2      | 2026-03-12 | 2026-03-12  | 320.00 | 2026-03-16
        P4         | L2      | 2026-03-19 | 2026-04-01  | 320.00 |
    """, collection_steps="""
        loan_id | step | done_on    | promised_on | promised_amount
        L1      | CALL | 2026-03-01 | 2026-03-15  | 100.00
        L1      | CALL | 2026-03-10 | 2026-03-20  | 100.00
        L2      | CALL | 2026-03-10 | 2026-03-20  | 320.00
    """)  # fmt: skip
    compute(day)
    found = {
        (row["loan_id"], str(row["done_on"])): (str(row["kept_on"]), str(row["paid_in_time"]))
        for row in day.rows("promises")
    }
    assert found == {
        ("L1", "2026-03-01"): ("2026-03-17", "60.00"),  # two days late
        ("L1", "2026-03-10"): ("2026-03-17", "100.00"),
        ("L2", "2026-03-10"): ("None", "0.00"),  # what came was returned, the rest is not known yet
    }
    states = sorted(row["status"] for row in day.rows("deadlines") if row["object_type"] == "promise")
    assert states == ["DONE", "LATE", "OVERDUE"]


def test_a_default_and_its_deductions_reach_the_result():
    rows = (
        "loan_id | instalment_no | due_date | principal | interest | fees\nL1 | 1 | 2025-12-30 | 300.00 | 0.00 | 0.00"
    )
    day = drawn_day("deadlines", "2026-03-31", loans=LOANS, instalments=rows)
    compute(day)
    row = next(row for row in day.rows("arrears") if row["loan_id"] == "L1")
    # 30 December: day 91 is 31 March; unsecured: all borne from the first day of the fourth year
    assert (row["days_past_due"], row["bucket"], row["stage"], row["in_default"]) == (91, "90-179", 3, True)
    assert (str(row["default_since"]), str(row["backstop_on"])) == ("2026-03-31", "2029-03-31")
    assert [(r["percent_now"], str(r["next_on"]), r["next_percent"]) for r in day.rows("backstop")] == [
        (0, "2028-03-31", 35)
    ]


@pytest.mark.parametrize(("days", "stage"), [(30, 1), (31, 2), (90, 2), (91, 3)])
def test_the_stage_follows_days_past_due(days, stage):
    due = date(2026, 3, 31) - timedelta(days=days)
    rows = f"loan_id | instalment_no | due_date | principal | interest | fees\nL1 | 1 | {due} | 30.00 | 0.00 | 0.00"
    day = drawn_day("deadlines", "2026-03-31", loans=LOANS, instalments=rows)
    instalments.prepare(day)
    assert [
        row["stage"] for row in day.rows("arrears_states") if row["loan_id"] == "L1" and row["day"] == day.as_of
    ] == [stage]  # 30.00 is not material


WRONG = {
    "instalments": ("loan_id,instalment_no,due_date,principal,interest,fees", [
        ("L1,1,2025-02-10,100.00,10.00,0.00", None),
        ("L1,2,2024-12-10,100.00,10.00,0.00", "due before the loan was granted"),
        ("L1,3,2200-01-01,100.00,10.00,0.00", "beyond the year 2199"),
        ("L1,4,2025-03-10,-100.00,10.00,0.00", "negative"),
        ("L1,5,2025-02-30,100.00,10.00,0.00", "not a date"),
        ("L0,1,1899-12-31,100.00,10.00,0.00", "before the year 1900"),
    ]),
    "payments": ("payment_id,loan_id,value_date,received_on,amount,reversed_on", [
        ("P1,L1,2025-02-10,2025-02-10,110.00,", None),
        ("P2,L1,2025-01-09,2025-01-09,110.00,", "paid before the loan was granted"),
        ("P3,L1,2025-02-10,2025-02-10,0.00,", "not above zero"),
        ("P4,L1,2025-02-10,2025-02-10,10.00,2025-02-09", "returned before it was received"),
        ("P5,L1,2206-02-10,2025-02-10,110.00,", "beyond the year 2199"),
    ]),
    "pauses": ("loan_id,from_date,to_date,kind", [
        ("L1,2025-02-01,2025-03-01,HOLIDAY", None),
        ("L1,2025-05-01,2025-04-01,HOLIDAY", "to_date is before from_date"),
        ("L1,0206-05-01,2025-05-02,HOLIDAY", "before the year 1900"),
        ("L1,2026-05-01,9999-12-31,HOLIDAY", None),
    ]),
    "collection_steps": ("loan_id,step,done_on,promised_on,promised_amount", [
        ("L1,CALL,2025-03-01,2025-03-05,110.00", None),
        ("L1,CALL,2025-03-02,2025-03-01,110.00", "promised for a day before"),
    ]),
    "insolvency_cases": ("customer_id,filed_on,admitted_on,plan_from,plan_to,closed_on", [
        ("C1,2025-03-01,2025-05-01,,,", None),
        ("C1,2025-03-02,2025-03-01,,,", "admitted before it was filed"),
        ("C1,2025-03-03,2025-05-01,2025-06-01,2025-05-31,", "the plan ends before it starts"),
    ]),
}  # fmt: skip


def test_wrong_rows_are_set_aside_with_one_line_each(tmp_path):
    tables = {
        "customers": "customer_id,kind,vulnerable\nC1,RETAIL,false\n",
        "loans": "loan_id,customer_id,product,consumer,secured,granted_on,principal,outstanding,rate,currency,periodicity\n"
        "L1,C1,CAR,true,NONE,2025-01-10,3600.00,3600.00,5.0,EUR,MONTHLY\n"
        "L0,C1,CAR,true,NONE,1850-01-10,3600.00,3600.00,5.0,EUR,MONTHLY\n",
    }
    for name, (head, rows) in WRONG.items():
        tables[name] = "\n".join((head, *(row for row, _ in rows))) + "\n"
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    loaded = load(tmp_path, PARAMETERS, date(2026, 3, 31))
    found = {(row["source"], row["line"]): row["reason"] for row in loaded.set_aside.to_pylist()}
    wanted = {
        (name, line): reason
        for name, (_, rows) in WRONG.items()
        for line, (_, reason) in enumerate(rows, start=2)
        if reason
    }
    assert found == wanted and loaded.proven
