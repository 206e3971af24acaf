"""Arrears: known answers worked out by hand, a day-by-day walk as slow twin, and what must never change."""

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import day_by_day
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.arrears import COLUMNS, LEDGER, Deduction, Materiality, Terms, allocate, count_days, deductions

EPOCH = date(1970, 1, 1)
AMOUNT, RATE = pa.decimal128(18, 2), pa.decimal128(18, 8)
SCHEMAS = {
    "loans": {"obligor": pa.int64(), "loan": pa.int64(), "kind": pa.string(), "outstanding": AMOUNT, "forborne_on": pa.date32(), "per_euro": RATE},
    "instalments": {"loan": pa.int64(), "instalment_no": pa.int64(), "due_on": pa.date32(), "amount": AMOUNT, "onerous": pa.int64(), "known_on": pa.date32(), "until_on": pa.date32()},
    "payments": {"loan": pa.int64(), "value_date": pa.date32(), "amount": AMOUNT, "known_on": pa.date32(), "until_on": pa.date32(), "designated_to": pa.int64()},
    "pauses": {"loan": pa.int64(), "from_date": pa.date32(), "to_date": pa.date32(), "known_on": pa.date32()},
    "exposures": {"obligor": pa.int64(), "date": pa.date32(), "on_balance": AMOUNT, "per_euro": RATE},
}  # fmt: skip
MONEY = ("amount", "outstanding", "on_balance", "amount_past_due", "left")
TERMS = {
    "materiality": [
        {"kind": "RETAIL", "since": date(2025, 3, 1), "until": date(2026, 2, 1), "absolute": 10000, "share": 100},
        {"kind": "RETAIL", "since": date(2026, 2, 1), "until": date(9999, 1, 1), "absolute": 20000, "share": 150},
        {"kind": "OTHER", "since": date(2025, 1, 1), "until": date(9999, 1, 1), "absolute": 50000, "share": 100},
    ],
    "by_facility": {"RETAIL"},
    "default_after": 90,
    "probation": 3,
    "forborne_probation": 12,
}  # fmt: skip


def number(day):
    return (day - EPOCH).days


def kernel_terms(terms):
    materiality = tuple(
        Materiality(row["kind"], number(row["since"]), number(row["until"]), row["absolute"], row["share"])
        for row in terms["materiality"]
    )
    by_facility = frozenset(terms["by_facility"])
    return Terms(materiality, by_facility, terms["default_after"], terms["probation"], terms["forborne_probation"])


def table(name, rows):
    """Return rows with amounts in cents as the kernel's table."""
    cells = [
        {key: Decimal(value) / 100 if key in MONEY and value is not None else value for key, value in row.items()}
        for row in rows
    ]
    return pa.Table.from_pylist(cells, schema=pa.schema(SCHEMAS[name].items()))


def counted(portfolio, *evenings, terms=TERMS):
    """Return the kernel's rows with amounts in cents, by evening and loan."""
    found = count_days(
        *(table(name, portfolio.get(name, [])) for name in SCHEMAS),
        evenings=tuple(map(number, evenings)),
        terms=kernel_terms(terms),
    )
    assert found.schema == COLUMNS
    rows = [row | {"amount_past_due": int(row["amount_past_due"] * 100)} for row in found.to_pylist()]
    return sorted(rows, key=lambda row: (row["day"], row["loan"]))


def walked(portfolio, *evenings, terms=TERMS):
    tables = [portfolio.get(name, []) for name in SCHEMAS]
    return [row for evening in sorted(evenings) for row in day_by_day.count(*tables, evening, terms)]


START = date(2025, 1, 1)
days = st.integers(0, 500).map(lambda n: START + timedelta(days=n))


@st.composite
def portfolios(draw, designated=True):
    """Draw one to three borrowers with their loans, schedules, payments, pauses and exposures."""
    found = {name: [] for name in SCHEMAS}
    loan = 0
    for obligor in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(["RETAIL", "OTHER"]))
        for _ in range(draw(st.integers(1, 3 if kind == "OTHER" else 2))):
            loan += 1
            currency = draw(st.sampled_from([None, None, None, Decimal("1.08345"), Decimal("0.91")]))
            found["loans"].append({
                "obligor": obligor, "loan": loan, "kind": kind, "outstanding": draw(st.sampled_from([None, 500_000, 4_000_000])),
                "forborne_on": draw(st.one_of(st.none(), st.none(), days)), "per_euro": currency,
            })  # fmt: skip
            _schedule(draw, found, loan, designated)
        found["exposures"] += [
            {
                "obligor": obligor,
                "date": day,
                "on_balance": draw(st.sampled_from([300_000, 2_500_000, 9_000_000])),
                "per_euro": draw(st.sampled_from([None, None, Decimal("1.08345")])),
            }
            for day in draw(st.lists(days, max_size=3, unique=True))
        ]
    return found


def _schedule(draw, found, loan, designated):
    count, step = draw(st.integers(1, 8)), draw(st.sampled_from([0, 30, 31, 60]))
    first, onerous = draw(days), draw(st.sampled_from([None, 0, 540])) if designated else None
    found["instalments"] += [
        {"loan": loan, "instalment_no": n, "due_on": first + timedelta(days=step * n), "amount": draw(st.integers(1, 40)) * 1000,
         "onerous": draw(st.sampled_from([onerous, onerous, onerous, 700])) if designated else None,
         "known_on": draw(st.sampled_from([None, None, None, START + timedelta(days=300)])),
         "until_on": draw(st.sampled_from([None, None, None, START + timedelta(days=350)]))}
        for n in range(1, count + 1)
    ]  # fmt: skip
    for _ in range(draw(st.integers(0, 8))):
        value = draw(days)
        received = value + timedelta(days=draw(st.sampled_from([0, 0, 0, 3, 40])))
        returned = draw(st.sampled_from([None, None, None, 4, 100]))
        found["payments"].append({
            "loan": loan, "value_date": value, "amount": draw(st.integers(1, 90)) * 777, "known_on": received,
            "until_on": received + timedelta(days=returned) if returned else None,
            "designated_to": draw(st.sampled_from([None, None, 1, 2, 5, 99])) if designated else None,
        })  # fmt: skip
    for _ in range(draw(st.integers(0, 2))):
        begin = draw(days)
        found["pauses"].append({"loan": loan, "from_date": begin, "to_date": begin + timedelta(days=draw(st.integers(0, 120))),
                                "known_on": draw(st.sampled_from([None, START + timedelta(days=200)]))})  # fmt: skip


@settings(max_examples=150)
@given(portfolios(), st.lists(days, min_size=1, max_size=3, unique=True))
def test_both_counters_are_those_of_a_walk_day_by_day(portfolio, evenings):
    assert counted(portfolio, *evenings) == walked(portfolio, *evenings)


def ledger(portfolio, evening):
    """Return what `allocate` leaves of each instalment, in cents."""
    left = allocate(
        *(table(name, portfolio.get(name, [])) for name in ("instalments", "payments")), day=number(evening)
    )
    assert left.schema == LEDGER
    return {(row["loan"], row["instalment_no"]): int(row["unpaid"] * 100) for row in left.to_pylist()}


@settings(max_examples=100)
@given(portfolios(), days)
def test_what_is_left_of_each_instalment_is_what_the_walk_leaves(portfolio, evening):
    expected = {}
    for loan in portfolio["loans"]:
        tables = [
            [row for row in portfolio[name] if row["loan"] == loan["loan"]] for name in ("instalments", "payments")
        ]
        book = day_by_day.Loan(*tables, evening)
        for passed in range((evening - START).days + 1):
            book.live(START + timedelta(days=passed))
        expected |= {(loan["loan"], debt[1]): debt[3] for debt in book.pay_ahead()}
    assert ledger(portfolio, evening) == expected


@settings(max_examples=60)
@given(portfolios(), days)
def test_the_ledger_of_unpaid_instalments_is_the_sum_of_what_is_past_due(portfolio, evening):
    due = {(row["loan"], row["instalment_no"]): row["due_on"] for row in portfolio["instalments"]}
    late = sum(cents for key, cents in ledger(portfolio, evening).items() if due[key] < evening)
    assert late == sum(row["amount_past_due"] for row in counted(portfolio, evening))


@settings(max_examples=60)
@given(portfolios(), days)
def test_days_past_due_grow_by_one_a_day_unless_something_comes_or_the_day_is_one_of_a_pause(portfolio, evening):
    after = evening + timedelta(days=1)
    touched = {
        row["loan"]
        for row in portfolio["payments"]
        for on in (row["value_date"], row["known_on"], row["until_on"])
        if on == after
    }
    touched |= {
        row["loan"] for row in portfolio["instalments"] for on in (row["known_on"], row["until_on"]) if on == after
    }
    touched |= {
        row["loan"]
        for row in portfolio["pauses"]
        if row["known_on"] == after or row["from_date"] <= after <= row["to_date"]
    }
    before, now = ({row["loan"]: row for row in counted(portfolio, day)} for day in (evening, after))
    for loan in set(before) - touched:
        if before[loan]["overdue_since"]:
            assert now[loan]["days_past_due"] == before[loan]["days_past_due"] + 1
            assert now[loan]["overdue_since"] == before[loan]["overdue_since"]


@settings(max_examples=60)
@given(portfolios(), days)
def test_an_evening_never_uses_what_is_known_later(portfolio, evening):
    known = {
        name: [row | {"until_on": None} if (row.get("until_on") or evening) > evening else row for row in rows]
        if name in ("instalments", "payments") else rows
        for name, rows in portfolio.items()
    }  # fmt: skip
    known = {name: [row for row in rows if (row.get("known_on") or evening) <= evening] for name, rows in known.items()}
    known["payments"] = [row for row in known["payments"] if row["value_date"] <= evening]
    known["exposures"] = [row for row in known["exposures"] if row["date"] <= evening]
    known["loans"] = [
        row | {"forborne_on": None if (row["forborne_on"] or evening) > evening else row["forborne_on"]}
        for row in known["loans"]
    ]
    assert counted(portfolio, evening) == counted(known, evening)


@settings(max_examples=60)
@given(portfolios(), days, st.randoms(use_true_random=False))
def test_any_order_of_the_rows_gives_the_same(portfolio, evening, chance):
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in portfolio.items()}
    assert counted(shuffled, evening) == counted(portfolio, evening)
    assert ledger(shuffled, evening) == ledger(portfolio, evening)


@settings(max_examples=60)
@given(portfolios(), days)
def test_a_pause_outside_the_arrears_changes_nothing(portfolio, evening):
    rows = counted(portfolio, evening)
    first = {
        row["loan"]: min(d["due_on"] for d in portfolio["instalments"] if d["loan"] == row["loan"]) for row in rows
    }
    outside = [
        {"loan": loan, "from_date": date(2020, 1, 1), "to_date": due, "known_on": None} for loan, due in first.items()
    ]
    later = [
        {"loan": loan, "from_date": evening + timedelta(1), "to_date": date(2030, 1, 1), "known_on": None}
        for loan in first
    ]
    more = portfolio | {"pauses": portfolio["pauses"] + outside + later}
    assert counted(more, evening) == rows


@settings(max_examples=60)
@given(portfolios(designated=False))
def test_paid_in_full_on_the_due_dates_nothing_is_ever_past_due(portfolio):
    paid = [
        {
            "loan": row["loan"],
            "value_date": row["due_on"],
            "amount": row["amount"],
            "known_on": row["due_on"],
            "until_on": None,
            "designated_to": None,
        }
        for row in portfolio["instalments"]
    ]
    standing = [row | {"known_on": None, "until_on": None} for row in portfolio["instalments"]]
    for row in counted(
        portfolio | {"payments": paid, "instalments": standing},
        START + timedelta(days=250),
        START + timedelta(days=600),
    ):
        assert (row["amount_past_due"], row["days_past_due"], row["arrears_since"], row["in_default"]) == (
            0,
            0,
            None,
            False,
        )


# Known answers, worked out by hand. The rules are D-01 … D-13 of the rulebook; the first is the sheet's golden vector.
PLAIN = TERMS | {
    "materiality": [
        {"kind": "RETAIL", "since": date(2020, 12, 31), "until": date(9999, 1, 1), "absolute": 10000, "share": 100},
        {"kind": "OTHER", "since": date(2020, 12, 31), "until": date(9999, 1, 1), "absolute": 50000, "share": 100},
    ]
}
LOAN = {"obligor": 1, "loan": 1, "kind": "RETAIL", "outstanding": None, "forborne_on": None, "per_euro": None}


def due(*rows, loan=1):
    """Return instalments drawn as (due date, cents)."""
    return [
        {
            "loan": loan,
            "instalment_no": n,
            "due_on": date.fromisoformat(on),
            "amount": cents,
            "onerous": None,
            "known_on": None,
            "until_on": None,
        }
        for n, (on, cents) in enumerate(rows, 1)
    ]


def paid(*rows, loan=1):
    """Return payments drawn as (value date, cents), or with the instalment named."""
    return [
        {
            "loan": loan,
            "value_date": date.fromisoformat(on),
            "amount": cents,
            "known_on": date.fromisoformat(on),
            "until_on": None,
            "designated_to": (*named, None)[0],
        }
        for on, cents, *named in rows
    ]


def on(evening, **portfolio):
    """Return the row of the first loan on one evening."""
    given_ = {"loans": [LOAN]} | portfolio
    return counted(given_, date.fromisoformat(evening), terms=PLAIN)[0]


def test_default_begins_on_day_91():
    owed = due(("2026-08-01", 50000))
    assert not on("2026-10-30", instalments=owed)["in_default"]
    row = on("2026-10-31", instalments=owed)
    assert (row["days_past_due"], row["days_material"], row["in_default"]) == (91, 91, True)
    assert (row["overdue_since"], row["material_since"], row["default_since"]) == (
        date(2026, 8, 1),
        date(2026, 8, 1),
        date(2026, 10, 31),
    )


def test_an_instalment_is_past_due_from_the_day_after():
    owed = due(("2026-03-31", 50000))
    assert on("2026-03-31", instalments=owed)["overdue_since"] is None
    assert on("2026-04-01", instalments=owed)["days_past_due"] == 1


def test_both_thresholds_must_be_exceeded():
    owed = due(("2026-03-01", 15000))
    lent = lambda cents: [{"obligor": 1, "date": date(2026, 1, 1), "on_balance": cents, "per_euro": None}]  # noqa: E731
    days_ = lambda **more: on("2026-03-31", instalments=owed, **more)["days_material"]  # noqa: E731
    assert days_(exposures=lent(1_499_999)) == 30  # 150.00 is above 100.00 and above 149.99
    assert days_(exposures=lent(1_500_000)) == 0  # exactly 1 %: not exceeded
    assert (
        on("2026-03-31", instalments=due(("2026-03-01", 10000)), exposures=lent(100))["days_material"] == 0
    )  # exactly 100.00
    assert days_() == 30  # no exposure known: the absolute one alone
    small = [LOAN | {"outstanding": 900_000}]  # a loan judged alone is measured against its own balance
    assert days_(loans=small, exposures=lent(9_000_000)) == 30
    company = [LOAN | {"kind": "OTHER"}]
    assert (
        days_(loans=company) == 0
        and on("2026-03-31", loans=company, instalments=due(("2026-03-01", 50001)))["days_material"] == 30
    )


def test_one_day_below_a_threshold_sets_the_count_back_and_days_past_due_go_on():
    owed = due(("2026-01-01", 20000), ("2026-03-01", 20000))
    row = on("2026-03-31", instalments=owed, payments=paid(("2026-02-15", 12000)))  # 80.00 left until March
    assert (row["days_past_due"], row["days_material"]) == (89, 30)
    assert (row["overdue_since"], row["material_since"]) == (date(2026, 1, 1), date(2026, 3, 1))


def test_a_part_payment_moves_the_oldest_instalment_and_not_the_count():
    owed = due(("2026-01-01", 20000), ("2026-02-01", 20000))
    row = on("2026-03-31", instalments=owed, payments=paid(("2026-02-15", 20000)))
    assert (row["overdue_since"], row["days_past_due"]) == (date(2026, 2, 1), 58)
    assert (row["material_since"], row["days_material"]) == (date(2026, 1, 1), 89)


def test_a_payment_returned_by_the_evening_was_never_made():
    owed = due(("2026-01-01", 20000))
    returned = [row | {"until_on": date(2026, 2, 10)} for row in paid(("2026-01-05", 20000))]
    assert on("2026-02-09", instalments=owed, payments=returned)["days_past_due"] == 0
    assert on("2026-02-10", instalments=owed, payments=returned)["days_past_due"] == 40


def test_days_of_a_pause_are_left_out_of_both_counts_once():
    owed = due(("2026-01-01", 20000))
    pauses = [{"loan": 1, "from_date": date.fromisoformat(a), "to_date": date.fromisoformat(b), "known_on": None}
              for a, b in (("2025-12-01", "2026-01-10"), ("2026-02-01", "2026-02-20"), ("2026-02-15", "2026-02-28"))]  # fmt: skip
    row = on("2026-03-31", instalments=owed, pauses=pauses)  # 89 days, less 2 to 10 January and February
    assert (row["days_past_due"], row["days_material"]) == (89 - 9 - 28,) * 2


def test_the_borrower_names_the_instalment_that_is_paid():
    owed = due(("2026-01-01", 20000), ("2026-02-01", 20000))
    named = paid(("2026-02-15", 20000, 2))
    assert on("2026-03-31", instalments=owed, payments=named)["overdue_since"] == date(2026, 1, 1)
    early = paid(("2026-01-15", 20000, 2))  # named before it is due
    assert on("2026-02-15", instalments=owed, payments=early)["amount_past_due"] == 20000


def test_what_is_due_comes_first_then_the_most_onerous_then_the_oldest_then_in_proportion():
    owed = due(("2026-01-01", 10000), ("2026-02-01", 10000), ("2026-02-01", 5000), ("2026-06-01", 10000))
    for row, rate in zip(owed, (5, 5, 5, 9), strict=True):
        row["onerous"] = rate
    owed[1]["onerous"] = owed[2]["onerous"] = 8
    left = ledger({"instalments": owed, "payments": paid(("2026-02-15", 7501))}, date(2026, 3, 1))
    # the fourth is not due; the second and third, more onerous than the older first, share 75.01 by 2 to 1, a cent over
    assert left == {(1, 1): 10000, (1, 2): 10000 - 5001, (1, 3): 5000 - 2500, (1, 4): 10000}


def test_a_default_ends_three_months_after_its_trigger_and_a_year_after_forbearance():
    owed = due(("2026-01-01", 20000))
    cured = paid(("2026-05-31", 20000))  # in default since 2 April, day 91
    row = on("2026-08-30", instalments=owed, payments=cured)
    assert (row["in_default"], row["default_since"], row["default_until"]) == (
        True,
        date(2026, 4, 2),
        date(2026, 8, 31),
    )
    assert not on("2026-08-31", instalments=owed, payments=cured)["in_default"]
    forborne = [LOAN | {"forborne_on": date(2026, 5, 15)}]
    row = on("2027-05-14", loans=forborne, instalments=owed, payments=cured)
    assert (row["in_default"], row["default_until"]) == (True, date(2027, 5, 15))
    assert not on("2027-05-15", loans=forborne, instalments=owed, payments=cured)["in_default"]


def test_a_company_is_in_default_with_all_its_loans_a_private_person_with_the_one():
    for kind, spreads in (("OTHER", True), ("RETAIL", False)):
        loans = [LOAN | {"kind": kind, "loan": loan} for loan in (1, 2)]
        owed = due(("2026-01-01", 60000)) + due(("2027-01-01", 60000), loan=2)
        rows = counted({"loans": loans, "instalments": owed}, date(2026, 4, 2), terms=PLAIN)
        assert [row["in_default"] for row in rows] == [True, spreads]
        assert [row["obligor_in_default"] for row in rows] == [True, True]


def test_the_arrears_of_a_company_add_up_and_one_loan_paid_ahead_makes_up_for_none():
    loans = [LOAN | {"kind": "OTHER", "loan": loan} for loan in (1, 2, 3)]
    owed = due(("2026-01-01", 26000)) + due(("2026-01-01", 26000), loan=2)
    ahead = paid(("2026-01-01", 90000), loan=3)
    rows = counted({"loans": loans, "instalments": owed, "payments": ahead}, date(2026, 1, 31), terms=PLAIN)
    assert [row["days_material"] for row in rows] == [30, 30, 30]  # 520.00 together


def test_before_the_rule_there_is_no_default():
    row = counted({"loans": [LOAN], "instalments": due(("1993-01-01", 50000))}, date(1994, 3, 31), terms=PLAIN)[0]
    assert (row["days_past_due"], row["days_material"], row["in_default"]) == (454, 0, False)


def test_own_funds_bear_a_non_performing_loan_by_its_years():
    # CRR 47c: of an unsecured one 35 % in the third year, all from the first day of the fourth
    assert deductions(date(2024, 2, 29), {3: 35, 4: 100}) == [
        Deduction(date(2026, 2, 28), 35),
        Deduction(date(2027, 2, 28), 100),
    ]


def test_the_benchmark_finds_all_answers_equal():
    """Run the benchmark on few loans; it stops where two competitors differ."""
    script = Path(__file__).parent.parent / "benchmarks" / "arrears.py"
    ran = subprocess.run([sys.executable, script, "--loans", "1200"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr or ran.stdout
    assert all(name in ran.stdout for name in ("kernel", "sql", "pandas"))
