"""Cards: each scheme and stage has its clock, worked out by hand; the refund does not wait for the chargeback."""

from drawn_day import drawn_day, found

from bolib.deadlines import produce

DISPUTES = """
    dispute_id | scheme     | stage           | unauthorised | transaction_date | reported_on | refunded_on | stage_on   | amount | currency | arn
    opened     | VISA       | OPENED          | false        | 2025-12-01       | 2025-12-10  |             | 2025-12-10 | 50.00  | EUR      | 1
    sent       | MASTERCARD | CHARGEBACK      | true         | 2026-03-02       | 2026-03-10  | 2026-03-11  | 2026-03-12 | 50.00  | EUR      | 2
    refused    | VISA       | REPRESENTMENT   | true         | 2026-01-02       | 2026-01-12  |             | 2026-03-02 | 50.00  | EUR      | 3
    arbitrated | VISA       | PRE_ARBITRATION | false        | 2025-11-02       | 2025-11-12  |             | 2026-03-20 | 50.00  | EUR      | 4
    of CB      | CB         | OPENED          | false        | 2026-03-02       | 2026-03-10  |             | 2026-03-10 | 50.00  | EUR      | 5
    closed     | VISA       | CLOSED          | false        | 2026-03-02       | 2026-03-10  |             | 2026-03-10 | 50.00  | EUR      | 6
    tomorrow   | VISA       | OPENED          | true         | 2026-03-30       | 2026-04-01  |             | 2026-04-01 | 50.00  | EUR      | 7
"""


def test_each_stage_of_a_scheme_has_its_clock():
    day = drawn_day("deadlines", "2026-03-31", card_disputes=DISPUTES)
    result = produce(day)
    running = {(row["key"], row["rule"]): (str(row["due_date"]), row["status"]) for row in day.rows("deadlines")}
    assert running == {
        ("opened", "E2.visa.dispute"): ("2026-03-31", "TODAY"),  # 120 days: 30 + 31 + 28 + 31
        ("sent", "E2.mastercard.dispute.cardholder"): ("2026-06-30", "DONE"),  # a fraud: 120 days, 29 + 30 + 31 + 30
        ("sent", "E2.mastercard.response"): ("2026-04-26", "OPEN"),  # 45 days
        ("sent", "E-03"): ("2026-03-11", "DONE"),
        ("refused", "E2.visa.dispute"): ("2026-05-02", "DONE"),
        ("refused", "E2.visa.prearbitration"): ("2026-04-01", "OPEN"),  # 30 days
        ("refused", "E-03"): ("2026-01-13", "OVERDUE"),
        ("arbitrated", "E2.visa.dispute"): ("2026-03-02", "LATE"),
        ("arbitrated", "E2.visa.arbitration"): ("2026-03-30", "OVERDUE"),  # 10 days
        ("of CB", "E2.cb.dispute"): ("2026-05-31", "OPEN"),
    }
    assert found(result, "CARD-01") == ["refused"]
    assert found(result, "CARD-02") == [
        "arbitrated E2.visa.arbitration", "opened E2.visa.dispute", "refused E2.visa.prearbitration"
    ]  # fmt: skip


def test_the_first_clock_follows_the_reason_and_the_day_of_delivery():
    day = drawn_day("deadlines", "2026-03-31", card_disputes="""
        dispute_id  | scheme     | reason | stage  | unauthorised | transaction_date | expected_on | reported_on | stage_on
        error       | MASTERCARD | 4834   | OPENED | false        | 2026-03-02       |             | 2026-03-10  | 2026-03-10
        goods       | MASTERCARD | 4853   | OPENED | false        | 2026-03-02       |             | 2026-03-10  | 2026-03-10
        fraud       | MASTERCARD |        | OPENED | true         | 2026-03-02       |             | 2026-03-10  | 2026-03-10
        refusal     | VISA       | 11.3   | OPENED | false        | 2026-03-02       |             | 2026-03-10  | 2026-03-10
        no day      | VISA       | 13.1   | OPENED | false        | 2026-03-02       |             | 2026-03-10  | 2026-03-10
        furniture   | VISA       | 13.1   | OPENED | false        | 2025-03-02       | 2025-12-30  | 2026-01-10  | 2026-01-10
        voyage      | VISA       | 13.1   | OPENED | false        | 2024-11-02       | 2026-03-02  | 2026-03-10  | 2026-03-10
        130 is not  | VISA       | 130    | OPENED | false        | 2026-03-02       | 2026-03-20  | 2026-03-10  | 2026-03-10
    """)  # fmt: skip
    produce(day)
    clocks = sorted((row["key"], row["rule"], str(row["due_date"])) for row in day.rows("deadlines")
                    if row["object_type"] == "dispute")  # fmt: skip
    assert clocks == [
        ("130 is not", "E2.visa.dispute", "2026-06-30"),
        ("error", "E2.mastercard.dispute", "2026-05-31"),  # 90 days
        ("fraud", "E2.mastercard.dispute.cardholder", "2026-06-30"),  # 120 days
        ("furniture", "E2.visa.dispute.delivery", "2026-04-29"),  # 120 days of 30 December: 1 + 31 + 28 + 31 + 29
        ("furniture", "E2.visa.dispute.last", "2026-08-24"),  # 365, then 29 + 30 + 31 + 30 + 31 + 24
        ("goods", "E2.mastercard.dispute.cardholder", "2026-06-30"),
        ("no day", "E2.visa.dispute", "2026-06-30"),  # counted from the payment, the earlier day
        ("refusal", "E2.visa.dispute.authorisation", "2026-05-16"),  # 75 days: 29 + 30 + 16
        ("voyage", "E2.visa.dispute.delivery", "2026-06-30"),
        ("voyage", "E2.visa.dispute.last", "2026-04-26"),  # 540 days: 365, then 28 + 31 + 31 + 28 + 31 + 26
    ]
    first = {row["dispute_id"]: (row["rule"], str(row["due_date"])) for row in day.rows("dispute_work")}
    assert first["voyage"] == ("E2.visa.dispute.last", "2026-04-26") and len(first) == 8
    assert len(day.rows("dispute_work")) == 8  # one row a dispute, though two clocks may run


def test_a_payment_must_be_cleared_within_the_days_of_its_channel():
    day = drawn_day("deadlines", "2026-03-31", card_authorisations="""
        authorisation_id | authorised_at    | channel     | card | merchant
        shop             | 2026-03-06 20:00 | CHIP        | t    | m
        web              | 2026-03-06 20:00 | ONLINE      | t    | m
        unknown          | 2026-03-06 20:00 | TELEPATHY   | t    | m
    """, card_clearings="""
        arn | authorisation_id | cleared_on | amount | currency | type
        1   | shop             | 2026-03-16 | 10.00  | EUR      | PRESENTMENT
        2   | web              | 2026-03-16 | 10.00  | EUR      | PRESENTMENT
        3   | web              | 2026-03-17 | 10.00  | EUR      | PRESENTMENT
        4   | unknown          | 2026-03-30 | 10.00  | EUR      | PRESENTMENT
    """)  # fmt: skip
    assert found(produce(day), "CARD-03") == ["1", "3"]
