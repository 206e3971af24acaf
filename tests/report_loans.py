"""Loans of the made-up day, counted as the report counts them: one behind, one in default, one protected, one cured."""

import pandas as pd
from drawn_day import drawn_day

from bolib.deadlines import compute, instalments, recovery
from bolib.deadlines.recovery.letters import drafts, letters_table
from bolib.results import frame

INERT = "<script>window.broken = true</script>"
TABLES = {
    "customers": f"""
        customer_id | kind   | vulnerable
        C1          | RETAIL | true
        {INERT}     | OTHER  | false
        C3          | RETAIL | false
    """,
    "loans": f"""
        loan_id | customer_id | product  | consumer | secured | granted_on | principal | outstanding | rate | currency | periodicity | terminated_on | forborne_on
        L1      | C1          | PERSONAL | true     | NONE    | 2025-01-10 | 3600.00   | 2000.00     | 5.0  | EUR      | MONTHLY     |               |
        L2      | {INERT}     | EQUIP    | false    | OTHER   | 2024-01-10 | 9000.00   | 4000.00     | 5.0  | EUR      | MONTHLY     |               |
        L3      | C3          | PERSONAL | true     | NONE    | 2025-06-10 | 3600.00   | 2500.00     | 5.0  | EUR      | MONTHLY     |               |
        L4      | C3          | HOME     | false    | IMMOVABLE | 2025-06-10 | 90000.00 | 88000.00   | 3.0  | EUR      | MONTHLY     |               |
    """,
    "instalments": """
        loan_id | instalment_no | due_date   | principal | interest | fees
        L1      | 1             | 2026-02-10 | 100.00    | 10.00    | 1.00
        L1      | 2             | 2026-03-10 | 100.00    | 10.00    | 1.00
        L2      | 1             | 2025-11-10 | 900.00    | 60.00    | 0.00
        L2      | 2             | 2025-12-10 | 900.00    | 60.00    | 0.00
        L3      | 1             | 2025-12-10 | 200.00    | 10.00    | 0.00
        L4      | 1             | 2026-03-10 | 300.00    | 90.00    | 0.00
    """,
    "payments": """
        payment_id | loan_id | value_date | received_on | amount | reversed_on
        P1         | L1      | 2026-03-12 | 2026-03-12  | 60.00  |
        P2         | L4      | 2026-03-10 | 2026-03-10  | 390.00 |
    """,
    "exposures": f"""
        date       | customer_id | on_balance
        2026-02-28 | C1          | 2000.00
        2026-02-28 | {INERT}     | 4000.00
        2026-02-28 | C3          | 90500.00
    """,
    "pauses": """
        loan_id | from_date  | to_date    | kind
        L1      | 2026-02-15 | 2026-02-20 | HOLIDAY
    """,
    "insolvency_cases": """
        customer_id | filed_on   | admitted_on | source_file          | source_line
        C3          | 2026-01-12 | 2026-03-02  | insolvency_cases.csv | 2
    """,
    "collection_steps": """
        loan_id | step          | done_on    | promised_on | promised_amount
        L1      | CALL          | 2026-03-05 | 2026-03-20  | 111.00
        L2      | FORMAL_NOTICE | 2026-01-05 |             |
        L2      | TRANSFER      | 2026-02-10 |             |
    """,
    "guarantees": """
        guarantee_id | loan_id | kind   | amount  | currency | expires_on | source_file    | source_line
        G1           | L2      | PLEDGE | 9000.00 | EUR      | 2026-03-15 | guarantees.csv | 2
    """,
    "owners": """
        object_type | match | owner | team
        loan        | *     | n.roy | Recovery
    """,
}


def loans(as_of: str = "2026-03-31") -> dict[str, pd.DataFrame]:
    """Return the tables the sections on instalments and recovery read."""
    day = drawn_day("deadlines", as_of, **TABLES)
    compute(day)
    tables = {name: frame(day.engine.table(name)) for name in (*instalments.TABLES, *recovery.TABLES)}
    return tables | {"letters": frame(letters_table(drafts(day)))}
