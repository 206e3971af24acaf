"""A day holds what was known by its evening, and every table a SELECT may name."""

import datetime
import shutil

import pytest
from small import BOOKS, small_day

from bolib import PROJECT
from bolib.day import _settings, open_day
from bolib.engine import used
from bolib.errors import ParameterError, RuleError
from bolib.tables import TABLES


def owners(as_of: str) -> list[str]:
    day = small_day(
        as_of,
        owners="""
        object_type | match | owner | team | known_at
        book        | CASH  | ann   | eq   |
        book        | CASH  | bob   | eq   | 2026-03-30 09:00
        book        | CASH  | cyd   | eq   | 2026-03-31 09:00
    """,
    )
    return [row["owner"] for row in day.rows("owners")]


def test_of_each_key_the_row_known_last_by_the_evening_counts():
    assert owners("2026-03-27") == ["ann"]
    assert owners("2026-03-30") == ["bob"]
    assert owners("2026-04-01") == ["cyd"]


def test_every_declared_table_is_there_empty_where_none_was_received():
    day = small_day("2026-03-31", books=BOOKS)
    assert set(TABLES) <= day.engine.names()
    assert day.rows("trades") == [] and len(day.rows("books")) == 2
    assert day.present == {"books"}


@pytest.mark.parametrize(("start", "end", "days"), [
    ("2026-03-27", "2026-03-31", 2),  # a weekend between
    ("2026-04-02", "2026-04-07", 1),  # Good Friday and Easter Monday
    ("2026-03-31", "2026-03-31", 0),
    ("1990-01-01", "1990-02-01", 0),  # before what is counted
])  # fmt: skip
def test_ages_are_counted_in_target_business_days(start, end, days):
    day = small_day("2026-04-07", books=BOOKS)
    assert day.business_days(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)) == days


def test_a_date_that_is_none_stops_the_run():
    with pytest.raises(ParameterError, match="as_of: expected a date as 2026-03-31, found '31/03/2026'"):
        open_day("pnl", "31/03/2026")


@pytest.mark.parametrize(("day", "before"), [("2026-03-28", "2026-03-27"), ("2026-04-06", "2026-04-02")])
def test_a_day_without_business_is_refused_with_the_one_before(day, before):
    with pytest.raises(ParameterError, match=f"as_of: expected a TARGET business day, .* Take {before}"):
        open_day("pnl", day)


def test_a_control_that_names_no_rule_stops_the_day_before_anything_is_computed(tmp_path, sample):
    shutil.copytree(PROJECT / "parameters", tmp_path / "parameters")
    own = tmp_path / "parameters" / "controls" / "pnl" / "mine.sql"
    own.parent.mkdir(parents=True, exist_ok=True)
    head = "/*\nid: X-1\ntitle: x\nrule: NONE-1\nseverity: MAJOR\nkey: book\nmessage: x\n*/\n"
    own.write_text(head + "select book from books", encoding="utf-8")
    with pytest.raises(
        RuleError, match="mine.sql, rule: expected a rule of the book, found NONE-1. Correct the header"
    ):
        open_day("pnl", "2026-03-31", str(sample), str(tmp_path / "parameters"), archive=str(tmp_path / "archive"))


@pytest.mark.parametrize(("text", "wanted"), [("days: {2", "YAML"), ("- days", "names with their values")])
def test_a_parameters_file_that_cannot_be_read_is_named(tmp_path, text, wanted):
    (tmp_path / "own.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=f"own.yml: expected {wanted}, found .*. Correct the file."):
        _settings(tmp_path / "own.yml")


def test_a_misspelt_parameter_is_shown_to_the_one_who_needs_it():
    with pytest.raises(ParameterError, match=r"none for \['match_days'\]. Correct mach_days in the parameters."):
        used("select $match_days", {"mach_days": 1, "as_of": None})


def test_a_parameter_that_a_banks_own_file_lacks_is_told_in_one_line(tmp_path):
    (tmp_path / "own.yml").write_text("days: 2\nnostro: {alone_days: 10}\n", encoding="utf-8")
    settings = _settings(tmp_path / "own.yml")
    assert settings["days"] == 2 and settings["nostro"]["alone_days"] == 10 and settings.get("other") is None
    for asked, where in ((lambda: settings["other"], "own.yml"), (lambda: settings["nostro"]["other"], "own.yml, nostro")):
        with pytest.raises(ParameterError, match=f"{where}: expected the parameter other, found none. Take it over"):
            asked()
