"""Complaints, card disputes, estates and quiet accounts of a made-up day, counted as the report counts them."""

from functools import cache

import pandas as pd
from drawn_day import drawn_day

from bolib.deadlines import cards, complaints, compute, estates
from bolib.results import frame

INERT = "<script>window.broken = true</script>"
TABLES = {
    "complaints": f"""
        complaint_id | customer_id | kind       | channel | subject | received_on | holding_answer_on | contested_key | linked_key | answered_on | outcome | amount | currency | source_file
        C1           | P1          | PAYMENT    | mail    | {INERT} | 2026-03-27  |                   | 74000         |            |             |         | 106.74 | EUR      | desk.csv
        C2           | P2          | PAYMENT    | mail    | fees    | 2026-03-02  | 2026-03-20        |               | I1         |             |         | 24.00  | EUR      | desk.csv
        C3           | P2          | BANKING    | mail    | fees    | 2026-01-12  |                   |               |            | 2026-01-20  | Upheld  |        |          | desk.csv
    """,
    "settlements": """
        instruction_id | trade_id | intended_settlement_date | settled_on | status | place
        I1             | T1       | 2026-03-24               |            | PENF   | SICVFRPP
    """,
    "card_clearings": """
        arn   | cleared_on | authorisation_id
        74000 | 2026-03-20 | A1
    """,
    "card_disputes": f"""
        dispute_id | arn   | unauthorised | refunded_on | reported_on | transaction_date | scheme     | reason  | stage         | stage_on   | amount | currency
        D1         | 74000 | true         |             | 2026-03-27  | 2026-03-19       | VISA       | 10.4    | OPENED        | 2026-03-27 | 106.74 | EUR
        D2         | 74001 | false        |             | 2026-02-20  | 2026-02-10       | MASTERCARD | {INERT} | REPRESENTMENT | 2026-03-10 | 50.00  | EUR
    """,
    "atm_counts": """
        atm   | date       | opening | loaded | dispensed | counted | currency
        ATM-1 | 2026-03-30 | 1000.00 | 0.00   | 300.00    | 700.00  | EUR
        ATM-1 | 2026-03-31 | 700.00  | 0.00   | 100.00    | 100.00  | EUR
        ATM-2 | 2026-03-30 | 1000.00 | 0.00   | 300.00    | 700.00  | EUR
        ATM-2 | 2026-03-31 | 690.00  | 20.00  | 100.00    | 610.00  | EUR
    """,
    "estates": """
        estate_id | customer_id | died_on    | notified_on | blocked_on | balance_at_death | currency | fees_charged | direct_heir | minor | complex | tax_list_sent_on | assets_paid_on | funeral_paid
        E0007     | P7          | 2026-02-01 | 2026-02-05  | 2026-02-05 | 74300.00         | EUR      | 900.00       | false       | false | true    |                  | 2026-03-06     | 3900.00
    """,
    "estate_documents": f"""
        estate_id | document | requested_on | received_on
        E0007     | {INERT}  | 2026-02-10   |
    """,
    "accounts": """
        account | customer_id | kind    | opened_on  | last_operation_on | last_notice_on
        A1      | P9          | CURRENT | 2010-01-04 | 2016-03-30        | 2025-09-15
    """,
    "owners": """
        object_type | match | owner    | team
        complaint   | *     | k.dubois | Complaints
        dispute     | *     | p.noir   | Cards
        estate      | *     | o.blanc  | Estates
    """,
}  # fmt: skip


@cache
def clients() -> dict[str, pd.DataFrame]:
    """Return the tables the sections on complaints, cards and estates read, and `deadlines`."""
    day = drawn_day("deadlines", "2026-03-31", **TABLES)
    compute(day)
    names = (*complaints.TABLES, *cards.TABLES, *estates.TABLES, "deadlines")
    return {name: frame(day.engine.table(name)) for name in names}
