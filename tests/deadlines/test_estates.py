"""Estates: limits by the date of death, and clocks, worked out by hand from the law (CMF L312-1-4, L312-1-4-1, CGI 806)."""

from decimal import Decimal

import pytest
from drawn_day import drawn_day, found

from bolib.deadlines import compute, produce

ESTATE = """
    estate_id | customer_id | died_on | notified_on | blocked_on | balance_at_death | currency | fees_charged | direct_heir | minor | complex | tax_list_sent_on | assets_paid_on | last_claim_on | funeral_paid | closed_on
    {rows}
"""


def limits(*cases):
    """Return the highest fee and funeral costs of estates given as died_on, balance, direct heir, minor, complex."""
    rows = "\n".join(
        f"E{n} | C{n} | {died} | {died} | {died} | {balance} | EUR | | {heir} | {minor} | {hard} | | | | |"
        for n, (died, balance, heir, minor, hard) in enumerate(cases)
    )
    day = drawn_day("deadlines", "2026-03-31", estates=ESTATE.format(rows=rows))
    compute(day)
    return [(row["fee_at_most"], row["funeral_at_most"]) for row in day.rows("estate_limits")]


@pytest.mark.parametrize(
    ("died", "balance", "heir", "minor", "hard", "fee", "funeral"),
    [
        # no law capped fees before 13 November 2025; funeral costs had their ceiling of the year
        ("2025-11-12", "112900.00", "false", "false", "true", None, "5910.00"),
        ("2024-12-31", "112900.00", "false", "false", "true", None, "5000.00"),
        # 1 % of 61,240.10 is 612.401; 1 % of 112,900 is above the ceiling: 850 in 2025, 857 in 2026
        ("2025-11-13", "61240.10", "false", "false", "true", "612.40", "5910.00"),
        ("2025-12-31", "112900.00", "false", "false", "true", "850.00", "5910.00"),
        ("2026-01-01", "112900.00", "false", "false", "true", "857.00", "5965.00"),
        # free: an heir and nothing complex; a minor; a total below 5,965 (5,910 in 2025)
        ("2026-01-01", "112900.00", "true", "false", "false", "0.00", "5965.00"),
        ("2026-01-01", "112900.00", "true", "false", "true", "857.00", "5965.00"),
        ("2026-01-01", "112900.00", "false", "true", "true", "0.00", "5965.00"),
        ("2026-01-01", "5964.99", "false", "false", "true", "0.00", "5965.00"),
        ("2026-01-01", "5965.00", "false", "false", "true", "59.65", "5965.00"),
        ("2025-12-31", "5910.00", "false", "false", "true", "59.10", "5910.00"),
    ],
)
def test_what_may_be_charged_follows_the_date_of_death(died, balance, heir, minor, hard, fee, funeral):
    assert limits((died, balance, heir, minor, hard)) == [(fee and Decimal(fee), Decimal(funeral))]


def test_the_clocks_of_an_estate_start_with_the_news_the_death_and_the_payment():
    rows = (
        "E1 | C1 | 2026-01-18 | 2026-01-22 | 2026-02-03 | 9000.00 | EUR | | true | false | false | | 2026-03-06 | | |\n"
        "    E2 | C2 | 2026-01-18 | 2026-01-23 | | 9000.00 | EUR | | true | false | false | | | 2026-02-20 | |"
    )
    day = drawn_day("deadlines", "2026-03-31", estates=ESTATE.format(rows=rows))
    result = produce(day)
    found_rows = {(row["key"], row["rule"]): (str(row["due_date"]), row["status"]) for row in day.rows("deadlines")}
    assert found_rows == {
        ("E1", "G-01"): ("2026-01-23", "LATE"),
        ("E1", "G-08"): ("2026-03-21", "OVERDUE"),  # 15 days, a Saturday: not put off
        ("E1", "G-12"): ("2027-01-18", "OPEN"),
        ("E1", "G-14.death.notice"): ("2028-07-18", "DONE"),
        ("E1", "G-14.death"): ("2029-01-18", "DONE"),
        ("E2", "G-01"): ("2026-01-26", "OVERDUE"),  # known on a Friday
        ("E2", "G-12"): ("2027-01-18", "DONE"),
        ("E2", "G-14.death.notice"): ("2028-07-18", "OPEN"),
        ("E2", "G-14.death"): ("2029-01-18", "OPEN"),
    }
    assert found(result, "ESTATE-01") == ["E1", "E2"] and found(result, "ESTATE-02") == ["E1"]


def quiet(accounts, as_of="2026-03-31", estates=None):
    """Return the clocks of quiet accounts, and the day's result."""
    rows = (
        "account | customer_id | kind | opened_on | last_operation_on | closed_on | last_notice_on\n" + accounts.strip()
    )
    tables = {"estates": ESTATE.format(rows=estates)} if estates else {}
    day = drawn_day("deadlines", as_of, accounts=rows, **tables)
    result = produce(day)
    running = {(row["key"], row["rule"]): (str(row["due_date"]), row["status"]) for row in day.rows("deadlines")
               if row["object_type"] == "quiet_account"}  # fmt: skip
    return running, found(result, "ESTATE-08")


def test_a_quiet_account_is_shown_three_months_before_it_becomes_inactive():
    running, unclaimed = quiet("""
        near    | C1 | CURRENT | 2010-01-04 | 2025-06-30 | |
        past    | C2 | CURRENT | 2010-01-04 | 2025-03-30 | |
        fresh   | C3 | CURRENT | 2010-01-04 | 2025-07-01 | |
        savings | C4 | SAVINGS | 2010-01-04 | 2021-03-30 | |
        quiet   | C5 | SAVINGS | 2010-01-04 | 2025-03-30 | |
        closed  | C7 | CURRENT | 2010-01-04 | 2016-03-30 | 2026-01-05 |
        dead    | C8 | CURRENT | 2010-01-04 | 2016-03-30 | |
    """, estates="E8 | C8 | 2026-03-18 | 2026-03-22 | 2026-03-22 | 9000.00 | EUR | | true | false | false | | | | |")  # fmt: skip
    assert running == {
        ("near", "G-13.account"): ("2026-06-30", "OPEN"),
        ("past", "G-13.account"): ("2026-03-30", "OVERDUE"),
        ("savings", "G-13.savings"): ("2026-03-30", "OVERDUE"),
    }
    assert unclaimed == ["past G-13.account", "savings G-13.savings"]


def test_an_operation_on_another_account_is_a_sign_of_its_holder():
    # CMF L312-19: neither on the account nor on another one in the holder's name; also where that one is closed since
    running, _ = quiet("""
        quiet | C1 | CURRENT | 2010-01-04 | 2020-03-30 |            |
        other | C1 | SAVINGS | 2010-01-04 | 2026-01-15 |            |
        left  | C2 | CURRENT | 2010-01-04 | 2020-03-30 |            |
        ended | C2 | CURRENT | 2010-01-04 | 2025-12-15 | 2025-12-20 |
        later | C3 | CURRENT | 2025-01-02 | 2026-04-01 |            |
    """)  # fmt: skip
    assert running == {("later", "G-13.account"): ("2026-01-02", "OVERDUE")}  # what comes later is not known yet


def test_sums_go_to_the_caisse_des_depots_after_ten_years_and_those_of_a_sole_pel_after_twenty():
    running, unclaimed = quiet("""
        ten  | C1 | CURRENT | 2010-01-04 | 2016-03-30 | | 2025-09-15
        told | C2 | CURRENT | 2010-01-04 | 2016-06-30 | | 2026-01-05
        woke | C6 | CURRENT | 2010-01-04 | 2016-04-15 | | 2016-04-14
        sole | C3 | PEL     | 2000-01-04 | 2006-04-30 | |
        one  | C4 | PEL     | 2010-01-04 | 2016-04-30 | |
        two  | C4 | SAVINGS | 2010-01-04 | 2012-04-30 | |
        lone | C5 | PEL     | 2010-01-04 | 2016-04-30 | |
    """)  # fmt: skip
    assert running == {
        ("ten", "G-13.account"): ("2017-03-30", "OVERDUE"),
        ("ten", "G-14.inactive.notice"): ("2025-09-30", "DONE"),
        ("ten", "G-14.inactive"): ("2026-03-30", "OVERDUE"),
        ("told", "G-13.account"): ("2017-06-30", "OVERDUE"),
        ("told", "G-14.inactive.notice"): ("2025-12-30", "LATE"),
        ("told", "G-14.inactive"): ("2026-06-30", "OPEN"),
        ("woke", "G-13.account"): ("2017-04-15", "OVERDUE"),  # told before his last sign: to be told again
        ("woke", "G-14.inactive.notice"): ("2025-10-15", "OVERDUE"),
        ("woke", "G-14.inactive"): ("2026-04-15", "OPEN"),
        ("sole", "G-13.savings"): ("2016-01-01", "OVERDUE"),
        ("sole", "G-14.pel.notice"): ("2025-10-30", "OVERDUE"),
        ("sole", "G-14.pel"): ("2026-04-30", "OPEN"),
        ("one", "G-13.savings"): ("2021-04-30", "OVERDUE"),
        ("one", "G-14.inactive.notice"): ("2025-10-30", "OVERDUE"),
        ("one", "G-14.inactive"): ("2026-04-30", "OPEN"),
        ("two", "G-13.savings"): ("2021-04-30", "OVERDUE"),
        ("two", "G-14.inactive.notice"): ("2025-10-30", "OVERDUE"),
        ("two", "G-14.inactive"): ("2026-04-30", "OPEN"),
        ("lone", "G-13.savings"): ("2021-04-30", "OVERDUE"),
    }
    assert "ten G-14.inactive" in unclaimed and "ten G-14.inactive.notice" not in unclaimed
