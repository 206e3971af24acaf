"""Statements that do not follow the one before: by number, by balance, and from one day's files to the next."""

from decimal import Decimal

import pytest
from carried_over import evening, told
from drawn_day import drawn_day

from bolib.anomalies import produce, sequences
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


PARTS = "account | statement_no | currency | from_date | to_date | opening | closing | part\n"


def part(number, name, opening, closing, day="2026-03-30"):
    """Return pages of a statement that came apart from the others; `name` is FIRST, MIDDLE, LAST, or empty = whole."""
    return f"N | {number} | EUR | {day} | {day} | {opening} | {closing} | {name}\n"


def lacks(*parts, **tables):
    """Return what lacks as (number, before, missing statements or pages, missing parts, difference)."""
    day = drawn_day("anomalies", "2026-03-31", statements=PARTS + "".join(parts), **tables)
    add_carried(day)
    sequences.prepare(day)
    names = ("statement_no", "before", "missing", "lacks", "difference")
    return [tuple(row[name] for name in names) for row in day.rows("statement_gaps")]


ONE, TWO, THREE = part("12/1", "FIRST", "0.00", "5.00"), part("12/2", "MIDDLE", "5.00", "6.00"), part("12/3", "LAST", "6.00", "9.00")
NEXT = part("13/1", "FIRST", "9.00", "9.50") + part("13/2", "LAST", "9.50", "9.75")


@pytest.mark.parametrize(
    ("came", "wanted"),
    [
        ([ONE, TWO, THREE, NEXT], []),
        ([ONE, TWO, THREE, part("13", "", "9.00", "9.10")], []),
        ([ONE, part("12/2-3", "LAST", "5.00", "9.00"), NEXT], []),  # two pages in one file
        ([ONE, TWO], [("12/2", "12/1", 0, "LAST", Decimal(0))]),  # nothing came after it
        ([ONE, TWO, NEXT], [("12/2", "12/1", 0, "LAST", Decimal(0))]),  # 3.00 lack, told with the page alone
        ([ONE, TWO, part("13/1", "FIRST", "6.00", "7.00"), part("13/2", "LAST", "7.00", "8.00")], [("12/2", "12/1", 0, "LAST", Decimal(0))]),
        ([ONE, THREE], [("12/3", "12/1", 1, None, Decimal("1.00"))]),
        ([TWO, THREE], [("12/2", None, 0, "FIRST", None)]),
        ([TWO], [("12/2", None, 0, "BOTH", None)]),
        # a whole statement between two, all on one day: 13 never came, and nothing was booked by it
        ([ONE, part("12/2", "LAST", "5.00", "6.00"), part("14/1", "FIRST", "6.00", "7.00"), part("14/2", "LAST", "7.00", "7.00")],
         [("14/1", "12/2", 1, None, Decimal(0))]),
        ([ONE, part("14/2", "LAST", "8.00", "9.00")], [("12/1", None, 0, "LAST", None), ("14/2", "12/1", 1, "FIRST", Decimal("3.00"))]),
        ([ONE, part("12", "", "0.00", "9.00")], []),  # and then whole
        ([part("12", "", "0.00", "0.00", "2025-03-31"), ONE], [("12/1", "12", 0, "LAST", Decimal(0))]),  # of the year before
        ([part("9/1", "FIRST", "0.00", "1.00"), part("9/2", "LAST", "1.00", "2.00"), part("10", "", "2.00", "3.00")], []),
    ],
)  # fmt: skip
def test_pages_that_came_apart_wait_for_the_others(came, wanted):
    assert lacks(*came) == wanted == lacks(*reversed(came))


def test_a_page_that_lacked_is_told_until_it_comes_and_the_next_one_follows_it(tmp_path):
    days = {
        "2026-03-30": [ONE], "2026-03-31": [], "2026-04-01": [part("12/2", "LAST", "5.00", "6.00", "2026-03-30")],
        "2026-04-02": [part("13", "", "6.00", "6.00", "2026-04-02")],
    }  # fmt: skip
    made = {as_of: evening(as_of, tmp_path, sequences, statements=PARTS + "".join(rows)) for as_of, rows in days.items()}
    said = [told(day, "NOSTRO-08") for day in made.values()]
    assert said == [["N 12/1"], ["N 12/1"], [], []]


def test_a_statement_sent_again_whole_replaces_its_pages_of_the_evening_before(tmp_path):
    for as_of, rows, wanted in (("2026-03-30", ONE, ["N 12/1"]), ("2026-03-31", part("12", "", "0.00", "9.00"), [])):
        assert told(evening(as_of, tmp_path, sequences, statements=PARTS + rows), "NOSTRO-08") == wanted


def test_the_finding_says_what_lacks_with_the_file_and_line():
    rows = PARTS.replace("part\n", "part | source_file | source_line\n")
    rows += ONE.replace("FIRST", "FIRST | a.sta | 7") + part("14", "", "8.00", "9.00").replace("| \n", "| | b.sta | 1\n")
    day = drawn_day("anomalies", "2026-03-31", statements=rows)
    findings = produce(day).findings
    found = findings.loc[findings["control"] == "NOSTRO-08"].sort_values("key")
    assert found["message"].tolist() == [
        "N: statement 12/1 of 2026-03-30 is not whole: the pages after it never came.",
        "N: statement 14 of 2026-03-30 comes after 12/1: one between them never came; it opens with 8.00, where that one closed with 5.00.",
    ]
    assert "a.sta" in found["evidence"].iloc[0] and "7" in found["evidence"].iloc[0]


@pytest.mark.parametrize(
    ("friday", "monday", "opening", "wanted"),
    [
        ("2026-03-27", "2026-03-30", "1.00", []),  # CFONB 120 has no numbers: its reader gives the day
        ("2026-03-27", "2026-03-30", "1.50", [("2026-03-30", "2026-03-27", 0, Decimal("0.50"))]),
        ("26086", "26089", "1.00", []),  # year and day of the year
        ("26086", "26089", "1.50", [("26089", "26086", 2, Decimal("0.50"))]),
        ("26086", "26088", "1.00", [("26088", "26086", 1, Decimal("0.00"))]),  # not by the day
    ],
)
def test_a_weekend_is_no_gap_where_statements_are_numbered_by_the_day(friday, monday, opening, wanted):
    came = statement(friday, "2026-03-27", "0.00", "1.00") + statement(monday, "2026-03-30", opening, "2.00")
    assert gaps(statements=HEAD + came) == wanted


def test_a_business_day_between_is_a_gap_though_statements_are_numbered_by_the_day():
    came = statement("26085", "2026-03-26", "0.00", "1.00") + statement("26089", "2026-03-30", "1.00", "2.00")
    assert gaps(statements=HEAD + came) == [("26089", "26085", 3, Decimal("0.00"))]


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


def test_pages_of_a_depositary_wait_for_the_others_and_a_head_counts_once_it_is_known():
    came = [
        head("CUSTODY", "088/1", "2026-03-30") | {"part": "FIRST"}, head("CUSTODY", "089/2", "2026-03-30") | {"part": "LAST"},
        head("PENDING", "7", "2026-03-30"), head("PENDING", "8", "2026-03-31") | {"known_at": "2026-04-01T07:00:00"},
        head("PENDING", "9", "2026-03-31"),
    ]  # fmt: skip
    day = drawn_day("anomalies", "2026-03-31")
    day.loaded.heads = [{"line": 1, **one} for one in came]
    add_carried(day)
    sequences.prepare(day)
    found = [(row["kind"], row["statement_no"], row["missing"], row["lacks"]) for row in day.rows("statement_gaps")]
    assert found == [("CUSTODY", "088/1", 0, "LAST"), ("CUSTODY", "089/2", 0, "FIRST"), ("PENDING", "9", 1, None)]
    assert [row["source_file"] for row in day.rows("statement_gaps")][0] == "CUSTODY088/1.fin"


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
