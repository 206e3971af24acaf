"""Balances: proven from the day before and the journal, proven again the next day, compared with what stands beside."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from drawn_day import drawn_day, found
from drawn_ledger import judged

from bolib.anomalies import produce
from bolib.anomalies.accounts.openings import USUAL, opening_names
from bolib.anomalies.accounts.years import fiscal_years
from bolib.day import open_day
from bolib.errors import ParameterError
from bolib.results import write

PARAMETERS = Path(__file__).parents[2] / "parameters"
JOURNAL = """
    journal_code | entry_no | line_no | entry_date | account | account_label | debit | credit | user | entered_at
    SEC          | 1        | 1       | 2026-03-27 | 112100  | Nostro        | 10.00 | 0.00   | bat  | 2026-03-27 19:00
    SEC          | 1        | 2       | 2026-03-27 | 303100  | Titres        | 0.00  | 10.00  | bat  | 2026-03-27 19:00
    SEC          | 2        | 1       | 2026-03-30 | 112100  | Nostro        | 0.00  | 4.00   | bat  | 2026-03-30 19:00
    SEC          | 2        | 2       | 2026-03-30 | 303100  | Titres        | 4.00  | 0.00   | bat  | 2026-03-30 19:00
"""
BACKDATED = """
    MAN          | 1        | 1       | 2026-03-27 | 112100  | Nostro        | 3.00  | 0.00   | ann  | 2026-03-31 10:00
    MAN          | 1        | 2       | 2026-03-27 | 303100  | Titres        | 0.00  | 3.00   | ann  | 2026-03-31 10:00
"""
BALANCES = """
    date       | account | opening | debit | credit | closing
    2026-03-27 | 112100  | 100.00  | 10.00 | 0.00   | 110.00
    2026-03-27 | 303100  | 500.00  | 0.00  | 10.00  | 490.00
    2026-03-30 | 112100  | 110.00  | 0.00  | 4.00   | 106.00
    2026-03-30 | 303100  | 490.00  | 4.00  | 0.00   | 494.00
"""


def produced(as_of, folder, history=None, **tables):
    """Return the result of a drawn day whose results are kept, as a published day keeps them."""
    day = drawn_day("anomalies", as_of, **tables)
    return produce(replace(day, results=folder / as_of / "results", history=history))


def test_a_back_dated_entry_lights_up_what_was_proven_the_day_before(tmp_path):
    before = produced("2026-03-30", tmp_path, journal=JOURNAL, trial_balance=BALANCES)
    assert before.tables["ledger_balances"]["proven"].all()
    restated = BALANCES.replace("100.00  | 10.00 | 0.00   | 110.00", "100.00  | 13.00 | 0.00   | 113.00").replace(
        "110.00  | 0.00  | 4.00   | 106.00", "113.00  | 0.00  | 4.00   | 109.00"
    )
    now = produced("2026-03-31", tmp_path, tmp_path, journal=JOURNAL + BACKDATED.strip("\n"), trial_balance=restated)
    assert found(now, "ACC-01") == []
    assert found(now, "ACC-02") == ["2026-03-27 303100"]  # whose balance was not restated
    assert found(now, "ACC-07") == ["112100 2026-03-27", "303100 2026-03-27"]
    [message] = now.findings.loc[now.findings["key"] == "112100 2026-03-27", "message"]
    assert "110.00 was proven for 2026-03-27 in the report of 2026-03-30, it is 113.00 now" in message
    assert "the first MAN 1 by ann" in message


def test_the_same_day_after_is_proven_again_in_silence(tmp_path):
    produced("2026-03-30", tmp_path, journal=JOURNAL, trial_balance=BALANCES)
    again = produced("2026-03-31", tmp_path, tmp_path, journal=JOURNAL, trial_balance=BALANCES)
    assert found(again, "ACC-07") == []


def test_without_a_trial_balance_the_journal_makes_the_balances():
    result = judged(drawn_day("anomalies", "2026-03-31", journal=JOURNAL))
    sheets = {row["account"]: row for row in result.tables["account_sheets"].to_dict("records")}
    assert sheets["112100"]["opening"] == 0 and sheets["112100"]["closing"] == Decimal("6.00")
    assert sheets["112100"]["gap"] == sheets["303100"]["gap"] == 0


def test_a_sheet_goes_from_opening_to_closing_by_hand():
    result = judged(drawn_day("anomalies", "2026-03-30", journal=JOURNAL, trial_balance=BALANCES))
    [sheet] = [row for row in result.tables["account_sheets"].to_dict("records") if row["account"] == "112100"]
    # 100 + 10 - 4
    assert [sheet[name] for name in ("opening", "debit", "credit", "closing", "gap")] == [100, 10, 4, 106, 0]


YEAR_END = """
    journal_code | entry_no | line_no | entry_date | account | debit | credit
    SEC          | 1        | 1       | 2025-12-30 | 112100  | 0.00  | 3.00
    SEC          | 1        | 2       | 2025-12-30 | 603101  | 3.00  | 0.00
    OD           | 2        | 1       | 2025-12-31 | 603101  | 2.00  | 0.00
    OD           | 2        | 2       | 2025-12-31 | 112100  | 0.00  | 2.00
    SEC          | 3        | 1       | 2026-01-01 | 603101  | 4.00  | 0.00
    SEC          | 3        | 2       | 2026-01-01 | 112100  | 0.00  | 4.00
"""
OVER_THE_YEAR = """
    date       | account | opening | debit | credit | closing
    2025-12-30 | 112100  | 100.00  | 0.00  | 3.00   | 97.00
    2025-12-30 | 120000  | 0.00    | 0.00  | 0.00   | 0.00
    2025-12-30 | 603101  | 20.00   | 3.00  | 0.00   | 23.00
    2025-12-31 | 112100  | 97.00   | 0.00  | 2.00   | 95.00
    2025-12-31 | 120000  | 0.00    | 0.00  | 0.00   | 0.00
    2025-12-31 | 603101  | 23.00   | 2.00  | 0.00   | 25.00
    2026-01-02 | 112100  | 95.00   | 0.00  | 4.00   | 91.00
    2026-01-02 | 120000  | 25.00   | 0.00  | 0.00   | 25.00
    2026-01-02 | 603101  | 0.00    | 4.00  | 0.00   | 4.00
"""


def over_the_year(balances: str = OVER_THE_YEAR, month: int = 1, years: object = None):
    """Return 2 January judged by the general chart, the fiscal years beginning in a month, or on the days given."""
    tables = {"trial_balance": balances} if balances else {}
    day = drawn_day("anomalies", "2026-01-02", journal=YEAR_END, **tables)
    day.parameters |= {"chart": "pcg", "fiscal_month": month, "fiscal_years": years}
    return judged(day)


def sheet_of(result, account):
    """Return opening, debit, credit, closing, gap and unproven days of an account's sheet, and its journals."""
    [sheet] = [row for row in result.tables["account_sheets"].to_dict("records") if row["account"] == account]
    journals = result.tables["account_journals"]
    moved = journals.loc[journals["account"] == account, "journal_code"].tolist()
    return [sheet[name] for name in ("opening", "debit", "credit", "closing", "gap", "unproven")], sorted(moved)


def test_accounts_of_the_result_begin_a_fiscal_year_at_nil_and_balances_roll_through():
    result = over_the_year()
    assert found(result, "ACC-01") == found(result, "ACC-02") == []
    assert sheet_of(result, "603101") == ([0, 4, 0, 4, 0, 0], ["SEC"])
    assert sheet_of(result, "112100") == ([100, 0, 9, 91, 0, 0], ["OD", "SEC"])


def test_an_account_of_the_result_that_goes_on_over_the_year_is_told():
    went_on = OVER_THE_YEAR.replace(
        "603101  | 0.00    | 4.00  | 0.00   | 4.00", "603101  | 25.00   | 4.00  | 0.00   | 29.00"
    )
    result = over_the_year(went_on)
    assert found(result, "ACC-01") == ["603101 2026-01-02"]
    [message] = result.findings.loc[result.findings["control"] == "ACC-01", "message"]
    assert "at 25.00 instead of 0.00, at which an account of the result begins a fiscal year: 25.00 apart" in message


def test_a_fiscal_year_begins_in_the_month_the_parameters_say():
    """From July the year's end of the calendar is a day as any: what begins at nil there, and what takes it, is told."""
    assert found(over_the_year(month=7), "ACC-01") == ["120000 2026-01-02", "603101 2026-01-02"]


def test_a_fiscal_year_of_another_length_begins_on_the_day_the_parameters_say():
    """Eighteen months from July 2024: the year's end of the calendar begins the next; till 30 June it would not."""
    eighteen, twenty_four = [date(2024, 7, 1), date(2026, 1, 1)], [date(2024, 7, 1), date(2026, 7, 1)]
    assert found(over_the_year(month=7, years=eighteen), "ACC-01") == []
    assert found(over_the_year(years=twenty_four), "ACC-01") == ["120000 2026-01-02", "603101 2026-01-02"]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_day_is_in_one_fiscal_year_and_they_follow_one_another(month):
    told = fiscal_years(date(2026, 3, 31), 5, month, [date(2024, 2, 1), date(2025, 8, 1)]).to_pylist()
    assert [row["year"] for row in told] == list(range(1, len(told) + 1))
    assert all(row["first_date"] < row["until_date"] for row in told)
    assert [row["until_date"] for row in told[:-1]] == [row["first_date"] for row in told[1:]]
    assert not [row for row in told if date(2024, 2, 1) < row["first_date"] < date(2025, 8, 1)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"month": 13}, "fiscal_month: expected a month from 1 to 12, found 13"),
        ({"years": "2025"}, "fiscal_years: expected first days of fiscal years"),
        ({"years": [2025]}, "fiscal_years: expected first days of fiscal years"),
    ],
)
def test_a_fiscal_year_that_is_none_is_one_line(said, told):
    with pytest.raises(ParameterError, match=told):
        over_the_year(**said)


def test_without_a_trial_balance_the_journal_begins_the_result_at_nil_too():
    result = over_the_year(balances="")
    assert sheet_of(result, "603101") == ([0, 4, 0, 4, 0, 0], ["SEC"])
    assert sheet_of(result, "112100") == ([0, 0, 9, -9, 0, 0], ["OD", "SEC"])


def test_a_year_with_opening_entries_begins_anew_without_a_trial_balance():
    """The bank ends 2025 at -5.00, opens 2026 with that, and pays 4.00: -9.00, and not -14.00."""
    carried = """    AN           | 1        | 1       | 2026-01-01 | 112100  | 0.00  | 5.00
    AN           | 1        | 2       | 2026-01-01 | 120000  | 5.00  | 0.00
"""
    day = drawn_day("anomalies", "2026-01-02", journal=YEAR_END + carried)
    day.parameters |= {"chart": "pcg"}
    result = judged(day)
    assert sheet_of(result, "112100") == ([0, 0, 9, -9, 0, 0], ["AN", "SEC"])
    assert sheet_of(result, "120000") == ([0, 5, 0, 5, 0, 0], ["AN"])
    assert sheet_of(result, "603101") == ([0, 4, 0, 4, 0, 0], ["SEC"])


CARRIED = """    {code:12} | 1        | 1       | {day} | 112100  | 0.00  | 5.00
    {code:12} | 1        | 2       | {day} | 120000  | 5.00  | 0.00
"""


@pytest.mark.parametrize(
    ("code", "day", "said", "closing"),
    [
        ("AN", "2025-01-05", None, -10),  # the last of five days: 5 taken up, then 3 and 2
        ("AN", "2025-01-06", None, -12),  # an entry as any, of a year that opens with none: the 2 of 2024 stay
        ("OUV", "2025-01-01", None, -12),
        ("OUV", "2025-01-01", {"words": [], "codes": ["ouv"], "days": 1}, -10),
        ("AN", "2025-01-02", {"words": [], "codes": ["AN"], "days": 1}, -12),
    ],
)
def test_a_year_opens_with_entries_of_its_first_days_in_a_journal_that_is_called_so(code, day, said, closing):
    before = """    SEC          | 0        | 1       | 2024-12-30 | 112100  | 0.00  | 2.00
"""
    drawn = drawn_day("anomalies", "2025-12-31", journal=YEAR_END + before + CARRIED.format(code=code, day=day))
    drawn.parameters |= {"chart": "pcg", "openings": said}
    assert sheet_of(judged(drawn), "112100")[0][3] == closing


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["AN"], r"openings: expected the words words, codes, days, found \['AN'\]"),
        ({"words": "nouveau", "codes": [], "days": 5}, "openings, words: expected a list of texts, as"),
        ({"words": [], "codes": [12], "days": 5}, "openings, codes: expected a list of texts, as"),
        ({"words": [], "codes": [], "days": 0}, "openings, days: expected a number of days from 1 to 31, found 0"),
    ],
)
def test_opening_entries_told_by_nothing_known_are_one_line(said, told):
    with pytest.raises(ParameterError, match=f"parameters/anomalies.yml, {told}"):
        opening_names(said)


def test_the_parameter_as_it_ships_is_what_the_reader_of_the_fec_goes_by():
    shipped = yaml.safe_load((PARAMETERS / "anomalies.yml").read_text(encoding="utf-8"))["openings"]
    assert shipped == USUAL and opening_names(shipped) == opening_names(None)


def test_an_account_whose_balance_stops_keeps_its_sheet_and_is_told():
    stopped = BALANCES.replace("    2026-03-30 | 303100  | 490.00  | 4.00  | 0.00   | 494.00\n", "")
    result = judged(drawn_day("anomalies", "2026-03-30", journal=JOURNAL, trial_balance=stopped))
    [sheet] = [row for row in result.tables["account_sheets"].to_dict("records") if row["account"] == "303100"]
    assert (str(sheet["date"])[:10], sheet["closing"], sheet["missing"]) == ("2026-03-27", 490, True)
    # the balance it has follows from the journal; 4.00 came after it
    assert (sheet["gap"], sheet["lines_since"], sheet["moved_since"]) == (0, 1, 4)
    assert found(result, "ACC-08") == ["303100"]
    [message] = result.findings.loc[result.findings["control"] == "ACC-08", "message"]
    assert "last closed on 2026-03-27, at 490.00, and the journal has moved 4.00 net in 1 line since" in message


def test_a_reference_in_the_ledgers_own_currency_without_an_amount_of_it_is_compared_all_the_same():
    booked = """
        journal_code | entry_no | line_no | entry_date | account | debit | credit | event_id | currency
        SEC          | 1        | 1       | 2026-03-27 | 112100  | 10.00 | 0.00   | E1       | EUR
        SEC          | 2        | 1       | 2026-03-30 | 112100  | 9.00  | 0.00   | E2       | EUR
    """
    own = """
        account       | entry_id | booking_date | value_date | amount | currency | reference
        NOSTRO-EUR-01 | L1       | 2026-03-27   | 2026-03-27 | 10.00  | EUR      | E1
    """
    result = judged(drawn_day("anomalies", "2026-03-31", journal=booked, ledger_lines=own))
    assert found(result, "ACC-04") == ["112100 E2"]


PUBLISHED = """
    date       | book | currency | total  | realised | unrealised | unexplained | mtd    | ytd
    2026-03-30 | EQ   | EUR      | 4000.00 | 0.00    | 4000.00    | 0.00        | 4000.00 | 4000.00
"""


def test_the_result_published_yesterday_is_compared_with_the_ledger(tmp_path):
    import pyarrow.parquet as pq
    from drawn import drawn

    folder = tmp_path / "2026-03-30" / "results"
    folder.mkdir(parents=True)
    pq.write_table(drawn("pnl_books", PUBLISHED), folder / "pnl_books.parquet")
    booked = (
        JOURNAL
        + "    VAL          | 1        | 1       | 2026-03-30 | 702110  | Résultat      | 0.00  | 1500.00   | bat  | 2026-03-30 19:00\n"
    )
    day = drawn_day("anomalies", "2026-03-31", journal=booked)
    day.parameters["result_accounts"] = [{"book": "EQ", "account": "7021"}]
    result = judged(replace(day, history=tmp_path))
    assert found(result, "ACC-05") == ["EQ 2026-03-30"]
    [message] = result.findings.loc[result.findings["control"] == "ACC-05", "message"]
    assert "the official result of 2026-03-30 is 4,000.00 EUR" in message
    assert "accounts 7021 hold 1,500.00 in 1 line: -2,500.00 apart" in message


def test_a_wrong_sub_ledger_is_one_line():
    day = drawn_day("anomalies", "2026-03-31", journal=JOURNAL)
    day.parameters["subledgers"] = [{"account": "112100"}]
    with pytest.raises(ParameterError, match="subledgers: expected the words sub_account, currency, ledger, found"):
        judged(day)


def test_on_the_sample_a_second_evening_proves_what_the_first_proved(sample, sample_archive, tmp_path):
    """Nothing of 31 March changes an earlier balance."""
    first = judged(open_day("anomalies", "2026-03-30", str(sample), archive=str(sample_archive)))
    folder = tmp_path / "2026-03-30" / "results"
    folder.mkdir(parents=True)
    write(folder, "ledger_balances", first.tables["ledger_balances"])
    now = judged(open_day("anomalies", "2026-03-31", str(sample), history=str(tmp_path), archive=str(sample_archive)))
    assert first.tables["ledger_balances"]["proven"].sum() > 200
    assert found(now, "ACC-07") == []
