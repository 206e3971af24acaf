"""A ledger as the report functions ask for it: a journal with a gap, accounts that prove and not, items in suspense."""

from functools import cache

import pandas as pd
from drawn_day import drawn_day
from drawn_ledger import judged

JOURNAL = """
    journal_code | entry_no | line_no | journal_label  | entry_date | account | account_label                         | debit   | credit  | document_ref | label                                 | user | origin | event_id | entered_at
    SEC          | 1        | 1       | Titres         | 2026-03-27 | 112100  | Nostro                                | 10.00   | 0.00    | D1           | Coupon                                | bat  | AUTO   | E1       | 2026-03-27 19:00
    SEC          | 1        | 2       | Titres         | 2026-03-27 | 303100  | <script>window.broken = true</script> | 0.00    | 10.00   | D1           | Coupon                                | bat  | AUTO   | E1       | 2026-03-27 19:00
    SEC          | 3        | 1       | Titres         | 2026-03-30 | 112100  | Nostro                                | 0.00    | 4.00    | D2           | Waits                                 | bat  | AUTO   | E2       | 2026-03-30 19:00
    SEC          | 3        | 2       | Titres         | 2026-03-30 | 472000  | Attente                               | 4.00    | 0.00    | D2           | Waits                                 | bat  | AUTO   | E2       | 2026-03-30 19:00
    SEC          | 4        | 1       | Titres         | 2026-03-30 | 112100  | Nostro                                | 4.00    | 0.00    | D2           | Waits                                 | bat  | AUTO   | E3       | 2026-03-30 19:00
    SEC          | 4        | 2       | Titres         | 2026-03-30 | 472000  | Attente                               | 0.00    | 4.00    | D2           | Waits                                 | bat  | AUTO   | E3       | 2026-03-30 19:00
    OD           | 1        | 1       | Divers         | 2025-12-01 | 472000  | Attente                               | 1000.05 | 0.00    | D3           | <script>window.broken = true</script> | ann  | MANUAL |          | 2025-12-01 19:00
    OD           | 1        | 2       | Divers         | 2025-12-01 | 303100  | <script>window.broken = true</script> | 0.00    | 1000.05 | D3           | <script>window.broken = true</script> | ann  | MANUAL |          | 2025-12-01 19:00
"""  # fmt: skip
BALANCES = """
    date       | account | opening | debit | credit | closing
    2026-03-27 | 112100  | 100.00  | 10.00 | 0.00   | 110.00
    2026-03-30 | 112100  | 110.00  | 4.00  | 5.00   | 109.00
    2026-03-31 | 112100  | 109.00  | 0.00  | 0.00   | 109.00
"""
SUBLEDGER = """
    account       | entry_id | booking_date | value_date | amount | currency | reference
    NOSTRO-EUR-01 | L1       | 2026-03-27   | 2026-03-27 | 10.00  | EUR      | E1
    NOSTRO-EUR-01 | L2       | 2026-03-30   | 2026-03-30 | -4.50  | EUR      | E2
"""


@cache
def ledger() -> dict[str, pd.DataFrame]:
    """Return the tables of journals, accounts and suspense, by name."""
    return judged(
        drawn_day("anomalies", "2026-03-31", journal=JOURNAL, trial_balance=BALANCES, ledger_lines=SUBLEDGER)
    ).tables
