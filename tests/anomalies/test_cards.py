"""Cards: what the sample holds is found and nothing else; each payment is in one class, and a twin is told apart."""

from decimal import Decimal

import pytest
import yaml
from carried_over import evening, told
from drawn_day import drawn_day, found

from bolib.anomalies import cards, produce
from bolib.day import open_day
from bolib.report.clearing import card_legs
from bolib.report.reconciliation import qualities

PLANTED = {
    "clearing without authorisation": "CLEAR-01",
    "duplicate presentment": "CLEAR-02",
    "clearing above authorisation": "CLEAR-03",
    "clearing not on the account": "CLEAR-05",
}
AUTHORISED = """
    authorisation_id | card | authorised_at       | amount | currency | merchant | channel
    AU1              | tok1 | 2026-03-26T10:00:00 | 10.00  | EUR      | Shop     | CHIP
    AU2              | tok1 | 2026-03-26T11:00:00 | 20.00  | EUR      | Shop     | CHIP
    AU3              | tok1 | 2026-03-27T11:00:00 | 30.00  | EUR      | Shop     | CHIP
    AU4              | tok1 | 2026-03-27T12:00:00 | 30.00  | EUR      | Shop     | CHIP
"""
CLEARED = """
    arn | authorisation_id | card | account | cleared_on | amount | currency | type
    1   | AU1              | tok1 | A1      | 2026-03-27 | 9.00   | EUR      | PRESENTMENT
    2   |                  | tok1 | A1      | 2026-03-27 | 20.00  | EUR      | PRESENTMENT
    3   |                  | tok1 | A1      | 2026-03-30 | 30.00  | EUR      | PRESENTMENT
"""


def test_on_the_sample_every_irregularity_of_cards_is_found_and_nothing_else(sample):
    listed = yaml.safe_load((sample / "irregularities.yml").read_text(encoding="utf-8"))
    wanted = {(PLANTED[row["control"]], row["key"]) for row in listed if row["control"] in PLANTED}
    result = produce(open_day("anomalies", "2026-03-31", str(sample)))
    rows = result.findings[result.findings["control"].str.startswith("CLEAR")]
    assert {(row["control"], row["key"]) for row in rows.to_dict("records")} == wanted and len(wanted) == 4


def test_a_clearing_without_a_name_is_suggested_only_where_one_authorisation_fits():
    day = drawn_day("anomalies", "2026-03-31", card_authorisations=AUTHORISED, card_clearings=CLEARED)
    result = produce(day)
    rows = [row for row in day.rows("matches") if row["reconciliation"] == "CARDS"]
    assert {(row["side"], row["key"], row["status"]) for row in rows} == {
        ("LEFT", "AU1", "AUTO"), ("RIGHT", "1", "AUTO"), ("LEFT", "AU2", "SUGGESTED"), ("RIGHT", "2", "SUGGESTED"),
    }  # fmt: skip
    [less] = [row for row in rows if row["key"] == "1"]
    assert (str(less["residual"]), less["reason"]) == ("-1.00", "cleared for less")
    assert found(result, "CLEAR-01") == ["2", "3"]  # 3 could be AU3 or AU4


def test_every_clearing_is_matched_or_broken_and_none_is_both():
    day = drawn_day("anomalies", "2026-03-31", card_authorisations=AUTHORISED, card_clearings=CLEARED)
    produce(day)
    matched = {row["key"] for row in day.rows("matches") if row["side"] == "RIGHT" and row["status"] == "AUTO"}
    broken = {row["key"] for row in day.rows("breaks") if row["side"] == "RIGHT"}
    assert matched | broken == {"1", "2", "3"} and not matched & broken


def test_an_account_of_which_nothing_was_received_is_counted_and_not_judged():
    day = drawn_day("anomalies", "2026-03-31", card_authorisations=AUTHORISED, card_clearings=CLEARED)
    result = produce(day)
    html = str(card_legs(result).html())
    assert "Clearings on accounts of which we have no record" in html
    assert not [row for row in day.rows("breaks") if row["reconciliation"] == "CARD_ACCOUNTS"]


DAYS = {
    "2026-03-30": {
        "card_authorisations": """
            authorisation_id | card | authorised_at       | amount | currency | merchant | channel
            AU1              | tok1 | 2026-03-30T10:00:00 | 10.00  | EUR      | Shop     | CHIP
            AU2              | tok1 | 2026-03-30T11:00:00 | 20.00  | EUR      | Shop     | CHIP
            AU3              | tok1 | 2026-03-30T12:00:00 | 30.00  | EUR      | Shop     | CHIP
        """,
        "card_clearings": """
            arn | authorisation_id | card | account | cleared_on | amount | currency | type
            1   | AU1              | tok1 | A1      | 2026-03-30 | 10.00  | EUR      | PRESENTMENT
            2   | AU2              | tok1 | A1      | 2026-03-30 | 22.00  | EUR      | PRESENTMENT
            3   | AU1              | tok1 | A1      | 2026-03-30 | 10.00  | EUR      | PRESENTMENT
        """,
        "ledger_lines": """
            account | entry_id | booking_date | value_date | amount | currency | reference
            A1      | E1       | 2026-03-30   | 2026-03-30 | -10.00 | EUR      | 1
            A1      | E2       | 2026-03-30   | 2026-03-30 | -2.20  | EUR      | 2
        """,
    },
    "2026-03-31": {
        "card_authorisations": """
            authorisation_id | card | authorised_at       | amount | currency | merchant | channel
            AU4              | tok1 | 2026-03-31T10:00:00 | 40.00  | EUR      | Shop     | CHIP
        """,
        "card_clearings": """
            arn | authorisation_id | card | account | cleared_on | amount | currency | type
            4   | AU3              | tok1 | A1      | 2026-03-31 | 30.00  | EUR      | PRESENTMENT
        """,
        "ledger_lines": """
            account | entry_id | booking_date | value_date | amount | currency | reference
            A1      | E3       | 2026-03-31   | 2026-03-31 | -10.00 | EUR      | 3
            A1      | E4       | 2026-03-31   | 2026-03-31 | -30.00 | EUR      | 4
        """,
    },
}


def evenings(folder, days):
    """Return by evening its day and the breaks of cards as class and age by key; A for those of the account."""
    for as_of, drawn in days.items():
        day = evening(as_of, folder, cards, **drawn)
        rows = {row["key"]: (row["class"], row["age_days"]) for row in day.rows("card_breaks")}
        yield day, rows | {f"A {row['key']}": (row["class"], row["age_days"]) for row in day.rows("account_breaks")}


def test_daily_files_of_cards_carry_over_what_was_open_under_the_same_key_and_age(tmp_path):
    (_, first), (day, second) = evenings(tmp_path, DAYS)
    assert first == {
        "AU3": ("TIMING_EXPECTED", 0), "2": ("AMOUNT", 0), "3": ("DUPLICATE", 0),
        "A 2": ("AMOUNT", 0), "A 3": ("MISSING_THEIRS", 0),
    }  # fmt: skip
    # AU3 was presented and 3 booked on the 31st; 2 still differs, and 3 is still the second presentment of AU1
    assert second == {
        "AU4": ("TIMING_EXPECTED", 0), "2": ("AMOUNT", 1), "3": ("DUPLICATE", 1), "A 2": ("AMOUNT", 1),
    }  # fmt: skip
    assert told(day, "CLEAR-01") == [] and told(day, "CLEAR-05") == ["2"]


def test_an_authorisation_expected_to_be_presented_expires_though_its_file_came_once(tmp_path):
    second = {name: DAYS["2026-03-31"][name] for name in ("card_authorisations", "card_clearings")}
    later = {name: text.replace("AU3", "AU4").replace("2026-03-31", "2026-04-14") for name, text in second.items()}
    _, (day, rows) = evenings(tmp_path, {"2026-03-30": DAYS["2026-03-30"], "2026-04-14": later})
    # nine business days without Good Friday and Easter Monday; eight are allowed
    assert rows["AU3"] == ("MISSING_THEIRS", 9) and told(day, "CLEAR-04") == ["AU3"]


def test_what_a_sender_who_says_everything_no_longer_names_was_withdrawn(tmp_path):
    first = DAYS["2026-03-30"]
    without = {name: "\n".join(row for row in text.splitlines() if "AU3" not in row) for name, text in first.items()}
    _, (_, rows) = evenings(tmp_path, {"2026-03-30": first, "2026-03-31": without})
    assert "AU3" not in rows and rows["2"] == ("AMOUNT", 1)


def test_a_late_record_of_a_day_withdraws_nothing_that_was_open_of_it(tmp_path):
    """One authorisation and one entry of the 30th come on the 31st: AU3 is expected still, and 2 is booked whole."""
    late = {
        "card_authorisations": DAYS["2026-03-31"]["card_authorisations"].replace("2026-03-31", "2026-03-30"),
        "ledger_lines": """
            account | entry_id | booking_date | value_date | amount | currency | reference
            A1      | E9       | 2026-03-30   | 2026-03-30 | -19.80 | EUR      | 2
        """,
    }
    days = {"2026-03-30": DAYS["2026-03-30"], "2026-03-31": {"card_clearings": "arn | cleared_on"} | late}
    _, (day, rows) = evenings(tmp_path, days)
    assert rows["AU3"] == rows["AU4"] == ("TIMING_EXPECTED", 1) and "A 2" not in rows
    pairs = {(row["side"], row["key"]) for row in day.rows("account_pairs") if row["match_id"] == "ACCOUNT 2"}
    assert pairs == {("LEFT", "2"), ("RIGHT", "A1 E2"), ("RIGHT", "A1 E9")}


def test_card_payments_take_part_in_the_sample_a_person_checks():
    drawn = DAYS["2026-03-30"]
    decided = "finding_id | decided_at | decision | actor\nCARD 1 | 2026-03-30T09:00:00 | CONFIRMED | u.control"
    result = produce(drawn_day("anomalies", "2026-03-30", dispositions=decided, **drawn))
    rows = result.tables["match_sample"]
    assert {tuple(row) for row in rows[["reconciliation", "match_id", "ours", "theirs"]].itertuples(index=False)} == {
        ("CARDS", "CARD 1", "AU1", "1"), ("CARD_ACCOUNTS", "ACCOUNT 1", "1", "A1 E1"),
    }  # fmt: skip
    said = {row["of"]: row for row in qualities(result)}
    # one of one: by hand, (1 + z²/2)/(1 + z²) ± z·sqrt(z²/4)/(1 + z²) = 0.6033 ± 0.3967
    cards = said["cards"]
    assert (cards["right"], cards["checked"], round(cards["low"], 1), cards["high"]) == (1, 1, 20.7, 100.0)
    assert (said["card accounts"]["checked"], said["card accounts"]["precision"]) == (0, None)


AGREED = {
    "card_authorisations": """
        authorisation_id | card | authorised_at       | amount | currency | merchant | channel
        AU1              | tok1 | 2026-03-27T10:00:00 | 10.00  | EUR      | Shop     | CHIP
        AU2              | tok1 | 2026-03-27T11:00:00 | 20.00  | EUR      | Shop     | CHIP
        AU3              | tok1 | 2026-03-27T12:00:00 | 30.00  | EUR      | Shop     | CHIP
    """,
    "card_clearings": """
        arn | authorisation_id | card | account | cleared_on | amount | currency | type
        91  | AU1              | tok1 | A1      | 2026-03-27 | 10.00  | EUR      | PRESENTMENT
        92  | AU2              | tok1 | A1      | 2026-03-27 | 20.00  | EUR      | PRESENTMENT
        93  | AU3              | tok1 | A1      | 2026-03-27 | 30.00  | EUR      | PRESENTMENT
    """,
    "ledger_lines": """
        account | entry_id | booking_date | value_date | amount | currency | reference
        A1      | E1       | 2026-03-27   | 2026-03-27 | -10.00 | EUR      | 91
        A1      | E2       | 2026-03-27   | 2026-03-27 | -20.00 | EUR      | 92
        A1      | E3       | 2026-03-27   | 2026-03-27 | -30.00 | EUR      | 93
    """,
}
QUIET = {
    "card_authorisations": """
        authorisation_id | card | authorised_at       | amount | currency | merchant | channel
        AU9              | tok9 | 2026-03-30T10:00:00 | 90.00  | EUR      | Shop     | CHIP
    """,
    "card_clearings": "arn | cleared_on",
}
RETURNED = {
    "card_authorisations": """
        authorisation_id | card | authorised_at       | amount | currency | merchant | channel
        AU1              | tok1 | 2026-03-27T10:00:00 | 10.00  | EUR      | Shop     | CHIP
    """,
    "card_clearings": """
        arn | authorisation_id | card | account | cleared_on | amount | currency | type
        11  | AU1              | tok1 | A1      | 2026-03-31 | 10.00  | EUR      | REFUND
        12  | AU2              | tok1 | A1      | 2026-03-31 | 20.00  | EUR      | PRESENTMENT
        13  | AU3              | tok1 | A1      | 2026-03-31 | 31.00  | EUR      | REFUND
        14  | AU7              | tok1 | A1      | 2026-03-31 | 7.00   | EUR      | REFUND
    """,
    "ledger_lines": """
        account | entry_id | booking_date | value_date | amount | currency | reference
        A1      | E11      | 2026-03-31   | 2026-03-31 | 10.00  | EUR      | 11
        A1      | E12      | 2026-03-31   | 2026-03-31 | -20.00 | EUR      | 12
        A1      | E13      | 2026-03-31   | 2026-03-31 | 31.00  | EUR      | 13
        A1      | E14      | 2026-03-31   | 2026-03-31 | 7.00   | EUR      | 14
    """,
    "card_disputes": """
        dispute_id | arn | amount | currency | reported_on
        D1         | 91  | 10.00  | EUR      | 2026-03-31
        D2         | 92  | 25.00  | EUR      | 2026-03-31
        D3         | 99  | 10.00  | EUR      | 2026-03-31
    """,
}


def test_a_refund_a_second_presentment_and_a_dispute_find_the_payment_of_an_earlier_file(tmp_path):
    """Matched on the 27th, named on the 31st; the day between says nothing of it. AU1 alone was sent again."""
    days = {"2026-03-27": AGREED, "2026-03-30": QUIET, "2026-03-31": RETURNED}
    (_, first), (_, between), (day, rows) = evenings(tmp_path, days)
    assert first == {} and between == {"AU9": ("TIMING_EXPECTED", 0)}
    # 11 gives AU1 back; AU7 was never paid; nothing of the 27th stands on the 31st a second time
    assert rows == {
        "AU9": ("TIMING_EXPECTED", 1),
        "12": ("DUPLICATE", 0),
        "13": ("AMOUNT", 0),
        "14": ("MISSING_OURS", 0),
    }
    assert {row["arn"] for row in day.rows("card_judged")} == {"11", "12", "13", "14"}
    assert {row["arn"] for row in day.rows("account_lines")} == {"11", "12", "13", "14"}
    assert {row["first_arn"] for row in day.rows("card_judged") if row["arn"] == "12"} == {"92"}
    assert told(day, "CLEAR-01") == ["14"] and told(day, "CLEAR-02") == ["12"] and told(day, "CLEAR-03") == ["13"]
    assert told(day, "CLEAR-05") == [] and told(day, "CLEAR-06") == ["D2", "D3"]


def test_what_was_presented_twice_over_two_files_still_is_on_the_days_after(tmp_path):
    days = {"2026-03-27": AGREED, "2026-03-31": RETURNED, "2026-04-01": QUIET}
    *_, (day, rows) = evenings(tmp_path, days)
    assert (rows["12"], rows["13"], rows["14"]) == (("DUPLICATE", 1), ("AMOUNT", 1), ("MISSING_OURS", 1))
    assert "11" not in rows and not [key for key in rows if key.startswith("A ")]


def test_a_payment_is_known_from_no_later_day_nor_from_before_the_days_looked_back_over(tmp_path):
    early = {
        name: text.replace("2026-03-31", "2026-03-26").replace("03-27T", "03-26T") for name, text in RETURNED.items()
    }
    evening("2026-03-27", tmp_path, cards, **AGREED)
    before = evening("2026-03-26", tmp_path, cards, **early)
    assert sorted(told(before, "CLEAR-01")) == ["11", "12", "13", "14"]
    late = {name: text.replace("2026-03-31", "2027-10-01") for name, text in RETURNED.items()}
    after = evening("2027-10-01", tmp_path, cards, **late)  # 553 calendar days on
    assert sorted(told(after, "CLEAR-01")) == ["11", "12", "13", "14"]


def test_a_payment_withdrawn_by_a_sender_who_says_everything_is_none_to_give_back(tmp_path):
    """The file of the 31st holds 91 and 92 again, and 93 no more."""
    again = {
        "card_authorisations": AGREED["card_authorisations"],
        "card_clearings": "\n".join(line for line in AGREED["card_clearings"].splitlines() if "93" not in line)
        + "13 | AU3 | tok1 | A1 | 2026-03-31 | 30.00 | EUR | REFUND",
    }
    _, (day, rows) = evenings(tmp_path, {"2026-03-27": AGREED, "2026-03-31": again})
    assert told(day, "CLEAR-01") == ["13"] and rows["13"] == ("MISSING_OURS", 0)


REFUND = "arn | authorisation_id | card | account | cleared_on | amount | currency | type\n"
PART = "21 | AU1 | tok1 | A1 | 2026-03-30 | 6.00 | EUR | REFUND\n"
REST = "22 | AU1 | tok1 | A1 | 2026-03-31 | {} | EUR | REVERSAL\n"


@pytest.mark.parametrize(("rest", "said"), [("4.00", []), ("4.01", ["22"])])
@pytest.mark.parametrize("again", ["", PART], ids=["daily", "said again"])
def test_refunds_of_several_days_give_back_no_more_than_was_paid(tmp_path, rest, said, again):
    """10.00 of AU1 were cleared on the 27th; 6.00 come back on the 30th, the rest on the 31st, and one cent more."""
    days = {
        "2026-03-27": AGREED,
        "2026-03-30": QUIET | {"card_clearings": REFUND + PART},
        "2026-03-31": QUIET | {"card_clearings": REFUND + again + REST.format(rest)},
    }
    *_, (day, _) = evenings(tmp_path, days)
    assert told(day, "CLEAR-03") == said
    assert {row["arn"]: str(row["given_back"]) for row in day.rows("card_judged")}["22"] == str(6 + Decimal(rest))


def test_a_refund_in_another_currency_is_no_part_of_the_payment():
    clearings = AGREED["card_clearings"] + "31 | AU1 | tok1 | A1 | 2026-03-30 | 5.00 | USD | REFUND"
    day = drawn_day("anomalies", "2026-03-31", **AGREED | {"card_clearings": clearings})
    produce(day)
    assert {row["key"]: row["class"] for row in day.rows("card_breaks")} == {"31": "FX"}
