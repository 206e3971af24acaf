"""Statements that do not follow the one before: by number, by balance, and from one day's files to the next."""

from decimal import Decimal

import pytest
from carried_over import evening, told
from drawn_day import drawn_day

from bolib.anomalies import sequences
from bolib.anomalies.carried import add_carried

HEAD = "account | statement_no | currency | from_date | to_date | opening | closing\n"
HELD = "date | account | isin | balance_type | quantity | statement_no\n"


def statement(number, day, opening, closing, account="N", currency="EUR"):
    return f"{account} | {number} | {currency} | {day} | {day} | {opening} | {closing}\n"


def gaps(heads=(), **tables):
    """Return what does not follow as (number, before, missing, difference)."""
    day = drawn_day("anomalies", "2026-03-31", **tables)
    day.loaded.heads = [{"line": 1, **head} for head in heads]
    add_carried(day)
    sequences.prepare(day)
    rows = day.rows("statement_gaps")
    return [(row["statement_no"], row["before"], row["missing"], row["difference"]) for row in rows]


FIRST = statement("2026/0022", "2026-03-26", "100.00", "150.00")


@pytest.mark.parametrize(
    ("then", "wanted"),
    [
        (statement("2026/0023", "2026-03-27", "150.00", "160.00"), []),
        (statement("2026/0025", "2026-03-27", "150.00", "160.00"), [("2026/0025", "2026/0022", 2, Decimal("0.00"))]),
        (statement("2026/0023", "2026-03-27", "149.99", "160.00"), [("2026/0023", "2026/0022", 0, Decimal("-0.01"))]),
        (statement("2027/0001", "2026-03-27", "150.00", "160.00"), []),  # a new series that opens where the old closed
        (statement("2027/0003", "2026-03-27", "10.00", "160.00"), [("2027/0003", "2026/0022", 0, Decimal("-140.00"))]),
        (statement("MARCH", "2026-03-27", "150.00", "160.00"), []),
        (
            statement("A", "2026-03-27", "0.00", "1.00") + statement("B", "2026-03-27", "1.00", "2.00"),
            [],
        ),  # in no order
        (statement("2026/0024", "2026-03-27", "7.00", "8.00", currency="USD"), []),  # another account
        (statement("2026/0024", "2026-03-27", "7.00", "8.00", account="M"), []),
        (  # pages one a file: the second of three never came
            statement("7/1", "2026-03-27", "150.00", "160.00") + statement("7/3", "2026-03-27", "165.00", "170.00"),
            [("7/3", "7/1", 1, Decimal("5.00"))],
        ),
    ],
)
def test_a_statement_follows_the_one_before_by_number_and_balance(then, wanted):
    assert gaps(statements=HEAD + FIRST + then) == wanted


def test_statements_of_one_day_follow_in_the_order_of_their_numbers():
    second = statement("2026/0024", "2026-03-26", "160.00", "170.00") + statement(
        "2026/0023", "2026-03-26", "150.00", "160.00"
    )
    assert gaps(statements=HEAD + second + FIRST) == []


def test_holdings_are_numbered_apart_from_cash_and_have_no_balance():
    held = HELD + "2026-03-30 | N | US0378331005 | AGGR | 1 | 088\n2026-03-30 | N | US1912161007 | AGGR | 1 | 088\n"
    held += "2026-03-31 | N | US0378331005 | AGGR | 1 | 090\n2026-03-31 | M | US0378331005 | AGGR | 1 |\n"
    assert gaps(custody_positions=held, statements=HEAD + FIRST) == [("090", "088", 1, None)]


def head(kind, number, day, account="SAF", file=""):
    return {"kind": kind, "account": account, "number": number, "day": day, "file": file or f"{kind}{number}.fin"}


def test_messages_of_depositaries_are_numbered_each_on_its_own_though_they_hold_nothing():
    came = [
        *(head("MOVEMENTS", number, f"2026-03-{27 + place}") for place, number in enumerate(("031", "032", "033"))),
        *(head("PENDING", number, f"2026-03-{27 + place}") for place, number in enumerate(("088", "090", "091"))),
        *(head("PENALTIES", "4", "2026-03-31", account) for account in ("SAF", "OTHER")),
        head("PENDING", "099", "2026-04-01"),
    ]
    assert gaps(came) == [("090", "088", 1, None)]


def test_a_message_is_known_by_its_head_and_a_table_by_its_rows():
    """The rows of 088 and 091 stand in messages; 089 and 090 held nothing. T.csv has no heads, and lacks 7."""
    held = HELD.replace("statement_no", "statement_no | source_file")
    held += "2026-03-27 | N | US0378331005 | AGGR | 1 | 088 | a.fin\n2026-03-31 | N | US0378331005 | AGGR | 1 | 091 | d.fin\n"
    held += "2026-03-30 | T | US0378331005 | AGGR | 1 | 6 | t.csv\n2026-03-31 | T | US0378331005 | AGGR | 1 | 8 | t.csv\n"
    days = zip(("088", "089", "090", "091"), ("27", "28", "30", "31"), "abcd", strict=True)
    came = [head("CUSTODY", number, f"2026-03-{day}", "N", f"{file}.fin") for number, day, file in days]
    assert gaps(came, custody_positions=held) == [("8", "6", 1, None)]


def test_the_last_statement_is_carried_to_the_next_evening_and_told_once(tmp_path):
    days = {
        "2026-03-30": {"statements": HEAD + statement("22", "2026-03-30", "0.00", "5.00"),
                       "custody_positions": HELD + "2026-03-30 | S | US0378331005 | AGGR | 1 | 088"},
        "2026-03-31": {"statements": HEAD + statement("24", "2026-03-31", "7.00", "9.00"),
                       "custody_positions": HELD + "2026-03-31 | S | US0378331005 | AGGR | 1 | 091"},
        "2026-04-01": {"statements": HEAD + statement("25", "2026-04-01", "9.00", "9.00", account="OTHER")},
        "2026-04-02": {"statements": HEAD + statement("25", "2026-04-02", "9.00", "9.00")},
    }  # fmt: skip
    made = {as_of: evening(as_of, tmp_path, sequences, **drawn) for as_of, drawn in days.items()}
    said = {as_of: told(day, "NOSTRO-08", "DEPOT-06") for as_of, day in made.items()}
    # 24 opens 2.00 above what 22 closed with; the account of which nothing came on 1 April is still known on the 2nd
    assert said == {"2026-03-30": [], "2026-03-31": ["S CUSTODY 091", "N 24"], "2026-04-01": [], "2026-04-02": []}


def test_what_came_again_whole_is_compared_as_received_and_not_with_itself(tmp_path):
    statements = HEAD + FIRST + statement("2026/0023", "2026-03-30", "150.00", "160.00")
    for as_of in ("2026-03-30", "2026-03-31"):
        assert told(evening(as_of, tmp_path, sequences, statements=statements), "NOSTRO-08") == []
