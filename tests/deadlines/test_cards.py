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
        ("sent", "E2.mastercard.dispute"): ("2026-05-31", "DONE"),  # 90 days: 29 + 30 + 31
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
