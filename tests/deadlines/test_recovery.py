"""Recovery, by hand on the calendar: rungs and what they wait for, FICP, limitation, over-indebtedness, guarantees.

The dates follow from the rules named beside them; in spring 2026 Good Friday is 3 April, Easter Monday 6 April, and
French banks are closed on the Monday only.
"""

from datetime import date, timedelta

import pytest
from drawn_day import drawn_day, found

from bolib.deadlines import compute, instalments, produce, recovery

LOAN = """
    loan_id | customer_id | product | consumer | secured | granted_on | principal | outstanding | rate | currency | periodicity | terminated_on | forborne_on
    {rows}
"""
PEOPLE = """
    customer_id | kind   | vulnerable
    C1          | RETAIL | false
    C2          | OTHER  | false
"""


def a_day(as_of, loans, dues, **tables):
    """Return the counted day of loans drawn as "id customer consumer periodicity terminated forborne", and dues as (loan, date, amount)."""
    rows = []
    for line in loans:
        loan, customer, consumer, periodicity, *more = line.split()
        ended, forborne = (*more, "-", "-")[:2]
        rows.append(f"{loan} | {customer} | P | {consumer} | NONE | 2020-01-10 | 9000.00 | 5000.00 | 5.0 | EUR | {periodicity}"
                    f" | {ended.strip('-')} | {forborne.strip('-')}")  # fmt: skip
    numbers = dict.fromkeys((loan for loan, *_ in dues), 0)
    owed = ["loan_id | instalment_no | due_date | principal | interest | fees"]
    for loan, on, amount in dues:
        numbers[loan] += 1
        owed.append(f"{loan} | {numbers[loan]} | {on} | {amount} | 0.00 | 0.00")
    return drawn_day(
        "deadlines",
        as_of,
        customers=PEOPLE,
        loans=LOAN.format(rows="\n".join(rows)),
        instalments="\n".join(owed),
        **tables,
    )


def steps(day):
    """Return what may come next: (loan, step) → first day, last day."""
    rows = [row for row in day.rows("recovery_work") if row["step"]]
    return {(row["loan_id"], row["step"]): (str(row["from_date"]), str(row["by_date"])) for row in rows}


def clocks(day, *rules):
    """Return the clocks of loans under some rules: (loan, rule) → trigger, due date, status."""
    rows = [row for row in day.rows("deadlines") if row["object_type"] == "loan" and row["rule"] in rules]
    return {(row["key"], row["rule"]): (str(row["trigger_date"]), str(row["due_date"]), row["status"]) for row in rows}


COMPANY = ["L1 C2 false QUARTERLY"]


def prepared(day):
    """Return the day with what recovery alone needs: the clocks of other subjects take longer."""
    instalments.prepare(day)
    recovery.prepare(day)
    return day


def rungs(day):
    """Return the next rung of each loan: loan → step, first day, last day."""
    return {
        row["loan_id"]: (row["step"], str(row["from_date"]), str(row["by_date"]))
        for row in prepared(day).rows("next_rungs")
    }


def ladder(as_of, *done, due="2026-01-01", terminated="-"):
    """Return the next rung of a company's loan that is unpaid since a day, after steps drawn as "STEP date"."""
    taken = "\n".join(["loan_id | step | done_on", *(f"L1 | {step.replace(' ', ' | ')}" for step in done)])
    loans = [f"L1 C2 false QUARTERLY {terminated}"]
    return rungs(a_day(as_of, loans, [("L1", due, "500.00")], collection_steps=taken))["L1"]


@pytest.mark.parametrize(
    ("as_of", "done", "step", "first", "last"),
    [
        # D-32: the last day moves off a closed day; 1 January + 5 = Tuesday the 6th, + 15 = the 16th, + 30 = Saturday the 31st
        ("2026-01-05", (), "REMINDER", "2026-01-02", "2026-01-06"),
        ("2026-01-05", ("REMINDER 2026-01-05",), "CALL", "2026-01-07", "2026-01-16"),
        ("2026-01-19", ("CALL 2026-01-16",), "LETTER", "2026-01-17", "2026-02-02"),
        # past the 45th day whatever was left out below is passed by: the formal notice, until 1 January + 60 = 2 March
        ("2026-02-16", (), "FORMAL_NOTICE", "2026-02-15", "2026-03-02"),
        # with the notice the transfer comes at day 90, 1 April; without it the notice stays due, since termination waits for it
        ("2026-03-31", ("FORMAL_NOTICE 2026-02-16",), "TRANSFER", "2026-03-03", "2026-04-01"),
        ("2026-03-31", (), "FORMAL_NOTICE", "2026-02-15", "2026-03-02"),
        ("2026-03-31", ("TRANSFER 2026-03-30",), "FORMAL_NOTICE", "2026-02-15", "2026-03-02"),
        # termination from day 120, 1 May, to day 150, 31 May, a Sunday
        ("2026-03-31", ("FORMAL_NOTICE 2026-02-16", "TRANSFER 2026-03-30"), "TERMINATION", "2026-05-01", "2026-06-01"),
        # D-14: 30 days after a notice of 20 April end on 20 May
        ("2026-05-11", ("FORMAL_NOTICE 2026-04-20", "TRANSFER 2026-04-21"), "TERMINATION", "2026-05-21", "2026-06-01"),
    ],
)  # fmt: skip
def test_the_next_rung_of_the_ladder_and_its_days(as_of, done, step, first, last):
    assert ladder(as_of, *done) == (step, first, last)


def test_after_termination_comes_the_court_and_in_the_end_a_review():
    taken = ("FORMAL_NOTICE 2026-02-16", "TRANSFER 2026-04-01")
    assert ladder("2026-06-30", *taken, terminated="2026-05-15") == ("LEGAL_ACTION", "2026-05-15", "2026-11-15")
    taken += ("LEGAL_ACTION 2026-06-15",)
    assert ladder("2026-06-30", *taken, terminated="2026-05-15") == ("WRITE_OFF_REVIEW", "2028-01-01", "2029-01-01")


def test_days_of_a_pause_move_the_ladder():
    day = a_day("2026-02-16", COMPANY, [("L1", "2026-01-01", "500.00")], pauses="""
        loan_id | from_date  | to_date    | kind
        L1      | 2026-01-11 | 2026-01-30 | HOLIDAY
    """)  # fmt: skip
    # 46 days less 20: day 26 counts from 21 January, so that the letter is due on 20 February
    assert rungs(day) == {"L1": ("LETTER", "2026-02-06", "2026-02-20")}


def test_steps_of_earlier_arrears_do_not_count():
    day = a_day("2026-03-13", COMPANY, [("L1", "2025-10-01", "500.00"), ("L1", "2026-03-01", "500.00")], payments="""
        payment_id | loan_id | value_date | received_on | amount
        P1         | L1      | 2025-12-01 | 2025-12-01  | 500.00
    """, collection_steps="""
        loan_id | step          | done_on
        L1      | FORMAL_NOTICE | 2025-11-20
    """)  # fmt: skip
    assert rungs(day) == {"L1": ("CALL", "2026-03-07", "2026-03-16")}


def test_the_borrower_of_a_consumer_credit_is_told_at_the_first_missed_instalment():
    dues = [("L1", "2026-03-16", "100.00"), ("L2", "2026-03-16", "100.00"), ("L3", "2026-03-16", "100.00")]
    loans = ["L1 C1 true MONTHLY", "L2 C1 true MONTHLY", "L3 C1 false MONTHLY"]
    day = a_day("2026-03-31", loans, dues, collection_steps="""
        loan_id | step     | done_on
        L2      | REMINDER | 2026-03-23
    """)  # fmt: skip
    result = produce(day)
    # D-12: 5 days of 16 March end on Saturday the 21st: Monday
    assert clocks(day, "D-12") == {
        ("L1", "D-12"): ("2026-03-16", "2026-03-23", "OVERDUE"),
        ("L2", "D-12"): ("2026-03-16", "2026-03-23", "DONE"),
    }
    assert found(result, "RECOV-05") == ["L1"]


def test_an_incident_is_characterised_by_the_two_last_instalments_or_by_60_days():
    dues = [(loan, on, "100.00") for loan in ("two", "less") for on in ("2026-01-05", "2026-02-05", "2026-03-05")]
    dues += [
        ("quarterly", "2026-01-05", "100.00"),
        ("young", "2026-02-05", "100.00"),
        ("company", "2026-01-05", "100.00"),
        ("company", "2026-02-05", "100.00"),
    ]
    loans = [
        "two C1 true MONTHLY",
        "less C1 true MONTHLY",
        "quarterly C1 false QUARTERLY",
        "young C1 false QUARTERLY",
        "company C2 false MONTHLY",
    ]
    day = a_day("2026-03-31", loans, dues, payments="""
        payment_id | loan_id | value_date | received_on | amount
        P1         | two     | 2026-01-05 | 2026-01-05  | 100.00
        P2         | less    | 2026-01-05 | 2026-01-05  | 100.01
    """)  # fmt: skip
    compute(day)
    # D-23: 5 jours ouvrés of 5 March; 60 days of 5 January end on 6 March; 54 days are not more than 60
    assert clocks(day, "D-23") == {
        ("two", "D-23"): ("2026-03-05", "2026-03-12", "OVERDUE"),
        ("quarterly", "D-23"): ("2026-03-06", "2026-03-13", "OVERDUE"),
    }


def test_an_incident_is_declared_after_30_days_and_taken_out_once_all_is_paid():
    dues = [(loan, on, "100.00") for loan in ("waits", "late", "paid") for on in ("2026-01-05", "2026-02-05")]
    day = a_day("2026-03-31", [f"{loan} C1 true MONTHLY" for loan in ("waits", "late", "paid")], dues, payments="""
        payment_id | loan_id | value_date | received_on | amount
        P1         | paid    | 2026-03-27 | 2026-03-27  | 200.00
    """, collection_steps="""
        loan_id | step          | done_on
        waits   | FICP_NOTICE   | 2026-03-02
        late    | FICP_NOTICE   | 2026-02-06
        paid    | FICP_NOTICE   | 2026-02-06
        paid    | FICP_DECLARED | 2026-03-10
    """)  # fmt: skip
    result = produce(day)
    # D-24: 30 days of 2 March end on 1 April, 4 jours ouvrés on 8 April, Easter Monday left out; of 6 February on
    # 8 March, then the 12th; 4 jours ouvrés of 27 March end on 2 April
    assert clocks(day, "D-24.declare", "D-24.remove") == {
        ("waits", "D-24.declare"): ("2026-03-02", "2026-04-08", "OPEN"),
        ("late", "D-24.declare"): ("2026-02-06", "2026-03-12", "OVERDUE"),
        ("paid", "D-24.remove"): ("2026-03-27", "2026-04-02", "OPEN"),
    }
    assert found(result, "RECOV-07") == ["late"] and found(result, "RECOV-08") == []
    assert steps(day)["waits", "FICP_DECLARED"] == ("2026-04-02", "2026-04-08")


def test_limitation_runs_from_the_oldest_unpaid_instalment_and_after_rescheduling_from_the_first_since():
    loans = [
        "consumer C1 true MONTHLY",
        "home C1 false QUARTERLY",
        "company C2 false MONTHLY",
        "again C1 true MONTHLY - 2024-12-01",
        "sued C1 true MONTHLY",
    ]
    dues = [(line.split()[0], on, "100.00") for line in loans for on in ("2024-08-31", "2025-03-31")]
    day = a_day("2026-03-31", loans, dues, payments="""
        payment_id | loan_id  | value_date | received_on | amount
        P1         | home     | 2024-09-02 | 2024-09-02  | 100.00
    """, collection_steps="""
        loan_id | step         | done_on
        sued    | LEGAL_ACTION | 2026-01-15
    """)  # fmt: skip
    result = produce(day)
    # D-19, D-20: 2 years, and no 31st in a month means its last day; D-21: 5 years. The alerts are at 6, 3 and 1 months.
    assert clocks(day, "D-19", "D-20", "D-21") == {
        ("consumer", "D-19"): ("2024-08-31", "2026-08-31", "OPEN"),
        ("home", "D-20"): ("2025-03-31", "2027-03-31", "OPEN"),
        ("company", "D-21"): ("2024-08-31", "2029-08-31", "OPEN"),
        ("again", "D-19"): ("2025-03-31", "2027-03-31", "OPEN"),
        ("sued", "D-19"): ("2024-08-31", "2026-08-31", "DONE"),
    }
    alerts = {row["loan_id"]: row["months_alert"] for row in day.rows("limitations")}
    assert alerts == {"consumer": 6, "home": None, "company": None, "again": None, "sued": 6}  # 28 February on
    assert found(result, "RECOV-02") == ["consumer"] and found(result, "RECOV-03") == found(result, "RECOV-04") == []


@pytest.mark.parametrize(("before", "months"), [(184, None), (183, 6), (92, 6), (91, 3), (30, 1), (0, 1)])
def test_the_limitation_alerts_at_six_three_and_one_months(before, months):
    # 31 March 2026 + 183 days is 30 September, whose alerts begin on 30 March, 30 June and 30 August
    end = date(2026, 3, 31) + timedelta(days=before)
    due = end.replace(year=end.year - 2)
    day = a_day("2026-03-31", ["L1 C1 true MONTHLY"], [("L1", due.isoformat(), "100.00")])
    begun = [row["months"] for row in prepared(day).rows("limitation_alerts") if row["from_date"] <= day.as_of]
    assert min(begun, default=None) == months


def test_an_admitted_case_stops_every_step_until_two_years_or_the_end_of_the_plan():
    dues = [("L1", "2026-01-01", "500.00"), ("L2", "2026-01-01", "500.00")]
    cases = """
        customer_id | filed_on   | admitted_on | plan_from  | plan_to    | closed_on
        C1          | 2026-02-02 | 2026-03-02  |            |            |
        C2          | 2025-03-03 | 2025-05-05  | 2025-09-01 | 2031-08-31 | {closed}
    """
    loans = ["L1 C1 true MONTHLY", "L2 C2 false MONTHLY"]
    day = a_day("2026-03-31", loans, dues, insolvency_cases=cases.format(closed=""))
    assert rungs(day) == {}
    stops = {row["customer_id"]: str(row["stopped_until"]) for row in day.rows("collection_stops")}
    assert stops == {"C1": "2028-03-02", "C2": "2031-08-31"}  # D-25: 2 years; D-26: the plan
    day = a_day("2026-03-31", loans, dues, insolvency_cases=cases.format(closed="2026-03-15"))
    compute(day)
    assert {loan for loan, _ in steps(day)} == {"L2"}
    decisions = {
        row["key"]: (str(row["due_date"]), row["status"])
        for row in day.rows("deadlines")
        if row["rule"] == "D-25.decision"
    }
    assert decisions == {"C1 2026-02-02": ("2026-05-02", "DONE"), "C2 2025-03-03": ("2025-06-03", "DONE")}  # 3 months


def test_a_case_not_yet_admitted_stops_nothing():
    day = a_day("2026-03-31", ["L1 C1 true MONTHLY"], [("L1", "2026-03-16", "100.00")], insolvency_cases="""
        customer_id | filed_on   | admitted_on
        C1          | 2026-03-02 | 2026-04-01
    """)  # fmt: skip
    assert rungs(day)["L1"][0] == "CALL"


def test_a_loan_is_terminated_a_reasonable_time_after_the_notice():
    loans = [
        f"{loan} C2 false MONTHLY {on}"
        for loan, on in (("soon", "2026-03-04"), ("in-time", "2026-03-05"), ("never", "2026-03-05"))
    ]
    dues = [(line.split()[0], "2025-11-01", "500.00") for line in loans]
    result = produce(a_day("2026-03-31", loans, dues, collection_steps="""
        loan_id | step          | done_on
        soon    | FORMAL_NOTICE | 2026-02-02
        in-time | FORMAL_NOTICE | 2026-02-02
    """))  # fmt: skip
    assert found(result, "RECOV-09") == ["never", "soon"]  # 30 days of 2 February end on 4 March


def test_guarantees_that_end_before_the_loan_or_stand_behind_arrears_have_a_clock():
    loans = ["early C1 true MONTHLY", "behind C2 false MONTHLY", "sound C2 false MONTHLY"]
    dues = [("early", "2028-01-01", "100.00"), ("behind", "2026-03-01", "500.00"), ("sound", "2028-01-01", "100.00")]
    day = a_day("2026-03-31", loans, dues, guarantees="""
        guarantee_id | loan_id | kind   | amount  | currency | expires_on
        G1           | early   | PLEDGE | 9000.00 | EUR      | 2027-12-31
        G2           | behind  | SURETY | 9000.00 | EUR      | 2026-05-15
        G3           | sound   | PLEDGE | 9000.00 | EUR      | 2028-01-01
    """)  # fmt: skip
    result = produce(day)
    ends = {row["key"]: str(row["due_date"]) for row in day.rows("deadlines") if row["object_type"] == "guarantee"}
    assert ends == {"G1": "2027-12-31", "G2": "2026-05-15"}
    assert found(result, "RECOV-12") == ["G2"]
