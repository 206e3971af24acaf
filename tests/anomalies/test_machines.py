"""Cash machines against the ledger: the sample, and a difference that the next day undoes."""

import yaml
from carried_over import evening
from drawn_day import drawn_day

from bolib.anomalies import cards, machines, produce

COUNTS = """
    atm | date       | opening | loaded | dispensed | counted | currency
    M1  | 2026-03-26 | 1000.00 | 0.00   | 200.00    | 800.00  | EUR
    M1  | 2026-03-27 | 800.00  | 0.00   | 300.00    | 500.00  | EUR
    M1  | 2026-03-30 | 500.00  | 0.00   | 100.00    | 400.00  | EUR
"""
LEDGER = """
    account | entry_id | booking_date | value_date | amount  | currency
    M1      | D1       | 2026-03-26   | 2026-03-26 | -180.00 | EUR
    M1      | D2       | 2026-03-27   | 2026-03-27 | -320.00 | EUR
    M1      | D3       | 2026-03-30   | 2026-03-30 | -130.00 | EUR
"""


def test_on_the_sample_the_machine_that_was_mistyped_is_found_and_nothing_else(sample, sample_result):
    listed = yaml.safe_load((sample / "irregularities.yml").read_text(encoding="utf-8"))
    wanted = [row["key"] for row in listed if row["control"] == "machine against ledger"]
    result = sample_result("anomalies")
    assert result.findings.loc[result.findings["control"] == "ATM-01", "key"].tolist() == wanted != []


def test_a_difference_the_next_day_undoes_is_a_matter_of_cut_off():
    day = drawn_day("anomalies", "2026-03-31", atm_counts=COUNTS, ledger_lines=LEDGER)
    produce(day)
    rows = {row["key"]: (row["class"], str(row["amount"])) for row in day.rows("breaks")}
    assert rows == {
        "M1 2026-03-26": ("TIMING", "20.00"),  # 20.00 less was booked than given out, and booked on the 27th
        "M1 2026-03-27": ("TIMING", "-20.00"),
        "M1 2026-03-30": ("AMOUNT", "-30.00"),
    }


def test_another_currency_undoes_nothing():
    counts = "\n".join(line for line in COUNTS.splitlines() if "03-27" not in line)
    ledger = LEDGER.replace("2026-03-27 | -320.00 | EUR", "2026-03-27 | -20.00  | USD")
    day = drawn_day("anomalies", "2026-03-31", atm_counts=counts, ledger_lines=ledger)
    produce(day)
    rows = {row["key"]: row["class"] for row in day.rows("breaks")}
    assert rows["M1 2026-03-26"] == "AMOUNT"  # 20.00 EUR, which 20.00 USD booked on the 27th do not make good


def test_the_cash_of_machines_is_no_nostro():
    day = drawn_day("anomalies", "2026-03-31", atm_counts=COUNTS, ledger_lines=LEDGER)
    produce(day)
    assert day.rows("nostro_breaks") == []


FIRST = {
    "atm_counts": """
        atm | date       | opening | loaded | dispensed | counted | currency
        M1  | 2026-03-26 | 1000.00 | 0.00   | 200.00    | 800.00  | EUR
        M2  | 2026-03-26 | 1000.00 | 0.00   | 50.00     | 950.00  | EUR
        M3  | 2026-03-26 | 1000.00 | 0.00   | 60.00     | 940.00  | EUR
    """,
    "ledger_lines": """
        account | entry_id | booking_date | value_date | amount  | currency
        M1      | D1       | 2026-03-26   | 2026-03-26 | -180.00 | EUR
        M2      | D2       | 2026-03-26   | 2026-03-26 | -50.00  | EUR
        M3      | L3       | 2026-03-25   | 2026-03-25 | 60.00   | EUR
    """,
}
SECOND = {
    "atm_counts": """
        atm | date       | opening | loaded | dispensed | counted | currency
        M1  | 2026-03-27 | 800.00  | 0.00   | 300.00    | 500.00  | EUR
        M3  | 2026-03-27 | 940.00  | 0.00   | 0.00      | 940.00  | EUR
    """,
    "ledger_lines": """
        account | entry_id | booking_date | value_date | amount  | currency
        M1      | D4       | 2026-03-27   | 2026-03-27 | -320.00 | EUR
        M3      | D5       | 2026-03-26   | 2026-03-27 | -60.00  | EUR
        M3      | D6       | 2026-03-27   | 2026-03-27 | -5.00   | EUR
    """,
}


def test_daily_counts_carry_over_the_days_that_did_not_agree(tmp_path):
    days = {"2026-03-26": FIRST, "2026-03-27": SECOND}
    made = [evening(as_of, tmp_path, cards, machines, **drawn) for as_of, drawn in days.items()]
    first, second = (
        {row["key"]: (row["class"], row["age_days"]) for row in day.rows("machine_breaks")} for day in made
    )
    assert first == {
        "M1 2026-03-26": ("AMOUNT", 0), "M3 2026-03-26": ("MISSING_THEIRS", 0), "M3 2026-03-25": ("MISSING_OURS", 1)
    }  # fmt: skip
    # D5, entered on the 27th for the 26th, is what M3 gave out then; what M1 lacked on the 26th was booked on the 27th
    assert second == {
        "M1 2026-03-26": ("TIMING", 1), "M1 2026-03-27": ("TIMING", 0),
        "M3 2026-03-25": ("MISSING_OURS", 2), "M3 2026-03-27": ("AMOUNT", 0),
    }  # fmt: skip
