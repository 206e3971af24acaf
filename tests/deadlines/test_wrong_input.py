"""Wrong rows about clients: each is set aside with one line that says why, and none makes a date."""

from datetime import date

from drawn_day import PARAMETERS, drawn_day, found

from bolib.deadlines import produce
from bolib.load import load

WRONG = {
    "complaints": ("complaint_id,customer_id,kind,sent_on,received_on,channel,subject,acknowledged_on,holding_answer_on,answered_on,holding_until", [
        ("C1,,BANKING,2026-03-02,2026-03-03,mail,fees,2026-03-04,2026-03-05,2026-03-06,", None),
        ("C2,,BANKING,2026-03-02,2026-03-03,mail,fees,,,2026-03-02,", "answered before it was received"),
        ("C3,,BANKING,2026-03-02,2026-03-03,mail,fees,2026-03-02,,,", "acknowledged before it was received"),
        ("C4,,PAYMENT,2026-03-02,2026-03-03,mail,fees,,2026-03-02,,", "held before it was received"),
        ("C5,,BANKING,2026-03-04,2026-03-03,mail,fees,,,,", "received before it was sent"),
        ("C6,,GRUMBLE,2026-03-02,2026-03-03,mail,fees,,,,", "not one of BANKING, PAYMENT, INVESTMENT"),
        ("C7,,BANKING,2026-03-02,2026-02-30,mail,fees,,,,", "not a date"),
        ("C8,,PAYMENT,2026-03-02,2026-03-03,mail,fees,,2026-03-20,,2026-03-19", "announced before the holding answer"),
    ]),
    "card_disputes": ("dispute_id,amount,currency,arn,scheme,reason,unauthorised,transaction_date,reported_on,refunded_on,stage,stage_on", [
        ("D1,10.00,EUR,1,VISA,10.4,true,2026-03-02,2026-03-03,2026-03-04,OPENED,2026-03-03", None),
        ("D2,10.00,EUR,1,AMEX,10.4,true,2026-03-02,2026-03-03,,OPENED,2026-03-03", "not one of VISA, MASTERCARD, CB"),
        ("D3,10.00,EUR,1,VISA,10.4,true,2026-03-02,2026-03-01,,OPENED,2026-03-03", "reported before the payment"),
        ("D4,10.00,EUR,1,VISA,10.4,true,2026-03-02,2026-03-03,2026-03-02,OPENED,2026-03-03", "refunded before it was reported"),
        ("D5,10.00,EUR,1,VISA,10.4,true,2026-03-02,2026-03-03,,OPENED,2026-03-01", "at its stage before the payment"),
    ]),
    "accounts": ("account,customer_id,kind,opened_on,closed_on,last_operation_on", [
        ("A1,P1,CURRENT,2025-01-10,2026-01-10,2026-01-09", None),
        ("A2,P1,CURRENT,2025-01-10,2025-01-09,", "closed before it was opened"),
    ]),
    "estates": ("estate_id,customer_id,died_on,notified_on,balance_at_death,currency,direct_heir,minor,complex,assets_paid_on,closed_on", [
        ("E1,P1,2026-01-02,2026-01-05,10.00,EUR,true,false,false,2026-02-02,2026-02-09", None),
        ("E2,P1,2026-01-06,2026-01-05,10.00,EUR,true,false,false,,", "notified before the death"),
        ("E3,P1,2026-01-02,2026-01-05,10.00,EUR,true,false,false,2026-01-04,", "paid out before the death was known"),
        ("E4,P1,2026-01-02,2026-01-05,10.00,EUR,true,false,false,,2026-01-04", "closed before the death was known"),
    ]),
    "estate_documents": ("estate_id,document,requested_on,received_on", [
        ("E1,DEED,2026-01-06,2026-01-20", None),
        ("E1,ID,2026-01-06,2026-01-05", "received before it was asked"),
    ]),
}  # fmt: skip


def test_each_wrong_row_is_set_aside_and_the_day_stays_proven(tmp_path):
    (tmp_path / "customers.csv").write_text("customer_id,kind,vulnerable\nP1,RETAIL,false\n", encoding="utf-8")
    for name, (head, rows) in WRONG.items():
        text = "\n".join((head, *(row for row, _ in rows))) + "\n"
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


LENT = {
    "loans": """
        loan_id | customer_id | product | consumer | secured | granted_on | principal | outstanding | rate | currency | periodicity
        L1      | C1          | CAR     | true     | NONE    | 2025-01-10 | 3600.00   | 3600.00     | 5.0  | EUR      | MONTHLY
    """,
    "instalments": """
        loan_id | instalment_no | due_date   | principal | interest | fees
        L1      | 1             | 2026-02-10 | 100.00    | 10.00    | 0.00
    """,
}
FAR = {
    "guarantees": ("""
        guarantee_id | loan_id | kind   | amount | currency | expires_on
        for ever     | L1      | PLEDGE | 100.00 | EUR      | 9999-12-31
        long ago     | L1      | PLEDGE | 100.00 | EUR      | 1700-12-31
    """, [("D.guarantee.expiry", "NOT_IN_FORCE"), ("D.guarantee.expiry", "NO_CALENDAR")]),
    "collection_steps": ("""
        loan_id | step | done_on    | promised_on | promised_amount
        L1      | CALL | 2026-03-05 | 9999-12-31  | 110.00
    """, [("D-32.promise", "NO_CALENDAR")]),
    "card_disputes": ("""
        dispute_id | scheme | stage  | stage_on   | reported_on | transaction_date | unauthorised
        D1         | VISA   | OPENED | 2026-03-24 | 2026-03-23  | 1850-03-19       | false
    """, [("E2.visa.dispute", "NOT_IN_FORCE")]),
    "insolvency_cases": ("""
        customer_id | filed_on   | admitted_on
        C1          | 1700-01-12 | 1700-03-02
    """, [("D-25.decision", "NOT_IN_FORCE")]),
}  # fmt: skip


def test_a_day_that_no_calendar_or_rule_knows_makes_no_date_and_is_counted_with_its_reason():
    day = drawn_day("deadlines", "2026-03-31", **LENT, **{table: rows for table, (rows, _) in FAR.items()})
    produce(day)
    reasons = [reason for _, reasons in FAR.values() for reason in reasons]
    assert sorted((row["rule"], row["reason"]) for row in day.rows("unjudged")) == sorted(reasons)
    assert not {row["rule"] for row in day.rows("deadlines")} & {rule for rule, _ in reasons}


def test_pauses_that_overlap_or_never_end_are_one_line_and_their_days_count_once():
    day = drawn_day("deadlines", "2026-03-31", **LENT, pauses="""
        loan_id | from_date  | to_date    | kind
        L1      | 2026-03-01 | 2026-03-20 | HOLIDAY
        L1      | 2026-03-05 | 9999-12-31 | HOLIDAY
    """)  # fmt: skip
    assert found(produce(day), "ARREARS-06") == ["L1 2026-03-05"]
    assert [row["days_past_due"] for row in day.rows("arrears")] == [18]  # 49 days, less the 31 of March
