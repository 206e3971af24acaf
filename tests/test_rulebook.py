"""The rulebook: golden dates of the rules it holds, versions by the event's date, and a book that is checked."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.calendars import find_calendar
from bolib.errors import BolibError, CalendarError, RuleError
from bolib.rulebook import CONFIDENCE, load_rulebook

D = date
FOLDER = Path(__file__).parent.parent / "parameters" / "rulebook"
BOOK = load_rulebook(FOLDER)

GOLDEN = [
    ("A-01", D(2026, 4, 2), "A-01", D(2026, 4, 8)),
    ("A-01", D(2027, 10, 7), "A-01", D(2027, 10, 11)),
    ("A-01", D(2027, 10, 8), "A-01", D(2027, 10, 12)),
    ("A-01", D(2027, 10, 11), "A-02", D(2027, 10, 12)),
    ("A-02", D(2027, 10, 11), "A-02", D(2027, 10, 12)),
    ("A-05", D(2024, 5, 24), "A-05", D(2024, 5, 29)),  # T+2 over Memorial Day
    ("A-05", D(2024, 5, 28), "A-05", D(2024, 5, 29)),  # T+1: the same day
    ("A-50", D(2026, 3, 31), "A-50", D(2026, 3, 31)),
    ("A-50", D(2026, 3, 28), "A-50", D(2026, 3, 30)),  # a Saturday
    ("A2.unmatched.purge", D(2026, 3, 2), "A2.unmatched.purge", D(2026, 3, 30)),
    ("F-01.ack", D(2027, 4, 30), "F-01.ack", D(2027, 5, 15)),
    ("F-01.answer", D(2026, 12, 31), "F-01.answer", D(2027, 2, 28)),
    ("F-02.answer", D(2026, 12, 21), "F-02.answer", D(2027, 1, 13)),
    ("F-02.final", D(2026, 12, 21), "F-02.final", D(2027, 2, 10)),
    ("F-03.ack", D(2027, 4, 30), "F-03.ack", D(2027, 5, 15)),
    ("F-03.answer", D(2026, 12, 31), "F-03.answer", D(2027, 2, 28)),
    ("B-01", D(2026, 4, 30), "B-01", D(2026, 5, 4)),  # MiFIR, T+1 over 1 May
    ("A-34.appeal", D(2024, 11, 8), "A-34.appeal", D(2024, 12, 13)),  # penalties of November 2024
    ("A-34.report", D(2024, 11, 8), "A-34.report", D(2024, 12, 19)),
    ("A-34.payment", D(2024, 11, 8), "A-34.payment", D(2024, 12, 27)),  # the 26th moved: TARGET is closed
    ("A-34.payment", D(2026, 12, 4), "A-34.payment", D(2027, 1, 27)),
    ("E-05", D(2026, 1, 31), "E-05", D(2027, 2, 28)),  # 13 months
    ("E-06.claim", D(2026, 9, 1), "E-06.claim", D(2026, 10, 27)),  # 8 weeks
    ("E-13.claim", D(2026, 9, 1), "E-13.claim", D(2026, 10, 27)),
    ("E-14.claim", D(2026, 1, 31), "E-14.claim", D(2027, 2, 28)),
    ("E-03", D(2026, 4, 30), "E-03", D(2026, 5, 4)),  # over 1 May and a weekend
    ("E-10.submission", D(2026, 4, 7), "E-10.submission", D(2026, 4, 2)),  # the Tuesday after Easter
    ("E-40.prescription", D(2026, 2, 21), "E-40.prescription", D(2027, 3, 1)),  # 8 days, then a year
    ("D-19", D(2024, 2, 29), "D-19", D(2026, 2, 28)),  # 2 years
    ("D-27.frozen", D(2026, 11, 9), "D-27.frozen", D(2026, 11, 27)),  # 15 ouvrables over 11 November
    ("D-28", D(2026, 11, 20), "D-28", D(2026, 12, 20)),  # a Sunday, not put off
    ("C-25.month", D(2026, 12, 10), "C-25.month", D(2027, 1, 8)),
    ("H-10.accounting", D(2026, 3, 31), "H-10.accounting", D(2036, 12, 31)),
]


@pytest.mark.parametrize(("asked", "trigger", "applied", "due"), GOLDEN)
def test_golden_due_dates(asked, trigger, applied, due):
    found = BOOK.due(asked, trigger)
    assert (found.rule.id, found.due_date) == (applied, due)


def test_the_arithmetic_and_the_calendar_come_with_the_date():
    due = BOOK.due("F-01.ack", D(2027, 4, 30))
    assert due.calendar == "OUVRABLE"
    assert due.arithmetic == "10 jours ouvrables from 30 Apr 2027, 1, 6 and 8 May excluded → 15 May 2027"


def clocks(*started):
    rows = [dict(zip(("rule", "trigger_date", "triggered_at"), (*clock, None)[:3], strict=True)) for clock in started]
    kinds = [("rule", pa.string()), ("trigger_date", pa.date32()), ("triggered_at", pa.timestamp("us"))]
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))


def test_due_dates_of_many_clocks_are_those_of_their_versions():
    started = [("F-02.answer", D(2026, 12, 21)), ("A-01", D(2027, 10, 11)), ("A-01", D(2027, 10, 8))]
    rows = BOOK.due_dates(clocks(*started)).to_pylist()
    assert [(row["rule"], row["trigger_date"], row["applied"], row["due_date"], row["due_at"]) for row in rows] == [
        ("A-01", D(2027, 10, 8), "A-01", D(2027, 10, 12), None),
        ("A-01", D(2027, 10, 11), "A-02", D(2027, 10, 12), None),
        ("F-02.answer", D(2026, 12, 21), "F-02.answer", D(2027, 1, 13), None),
    ]
    assert BOOK.due_dates(clocks()).num_rows == 0


def test_clocks_without_a_rule_then_or_beyond_its_calendar_are_left_out_and_other_columns_stay():
    days = [D(2018, 1, 12), D(2018, 1, 13), D(2206, 3, 31), None]
    started = pa.table({"rule": ["F-02.answer"] * 4, "trigger_date": pa.array(days, pa.date32()), "key": list("abcd")})
    kept = BOOK.countable(started)
    assert kept["key"].to_pylist() == ["b"]
    due = BOOK.due_dates(kept)
    assert due.select(["key", "applied", "due_date"]).to_pylist() == [
        {"key": "b", "applied": "F-02.answer", "due_date": D(2018, 2, 2)}
    ]
    with pytest.raises(RuleError, match="an event from 2018-01-13 to now"):
        BOOK.due_dates(started.slice(3))
    with pytest.raises(RuleError, match="rule H-07: expected a rule with a clock"):
        BOOK.known("H-07")


def test_a_rule_in_hours_counts_from_the_moment(tmp_path):
    in_hours = SOUND | {"delay": 4, "unit": "hours", "calendar": "CALENDAR", "time_zone": "Europe/Paris"}
    own = book(tmp_path, in_hours, SOUND | {"id": "X-2", "at": "17:30", "time_zone": "Europe/London"})
    due = own.due("X-1", D(2026, 3, 31), datetime(2026, 3, 31, 20, 30))
    assert (due.due_date, due.due_at) == (D(2026, 4, 1), datetime(2026, 4, 1, 0, 30))
    assert own.due("X-2", D(2026, 3, 31)).due_at == datetime(2026, 4, 2, 16, 30)
    assert [own.counts_hours(name) for name in own.ids] == [True, False]
    with pytest.raises(RuleError, match="expected the moment of the event, found only its day"):
        own.due("X-1", D(2026, 3, 31))


def test_a_second_delay_counts_from_the_end_of_the_first(tmp_path):
    own = book(tmp_path, SOUND | {"then": {"delay": 1, "unit": "months", "calendar": "CALENDAR"}})
    assert own.due("X-1", D(2026, 3, 30)).due_date == D(2026, 5, 1)


def test_a_rule_may_fall_on_a_fixed_date_of_the_year_after(tmp_path):
    fixed = {name: value for name, value in SOUND.items() if name not in ("delay", "unit")}
    fixed |= {"counted_from": "year_end"}
    versions = [
        {"fixed_date": "07-31", "valid_from": D(2020, 1, 1), "valid_to": D(2023, 12, 31)},
        {"fixed_date": "07-15", "valid_from": D(2024, 1, 1)},
    ]
    own = book(tmp_path, fixed | {"versions": versions})
    assert own.due("X-1", D(2023, 12, 31)).due_date == D(2024, 7, 31)
    assert own.due("X-1", D(2024, 12, 31)).due_date == D(2025, 7, 15)


def test_the_version_follows_the_date_of_the_event():
    assert "2022-R-01" in BOOK.at("F-01.ack", D(2024, 7, 1)).citation
    assert "2024-R-02" in BOOK.at("F-01.ack", D(2024, 7, 2)).citation
    with pytest.raises(RuleError, match="an event from 2018-01-13 to now"):
        BOOK.at("F-02.answer", D(2018, 1, 12))


def test_what_is_cited_outside_every_version_is_the_nearest():
    assert "2016-R-02" in BOOK.closest("F-01.ack", D(2010, 1, 1)).citation
    assert BOOK.closest("A-01", D(2030, 1, 1)).id == "A-02"
    assert BOOK.closest("F-01.ack", D(2024, 7, 1)) == BOOK.at("F-01.ack", D(2024, 7, 1))
    assert BOOK.period("A-01") == (D(2015, 1, 1), None)


def test_rules_are_found_by_their_parameters(tmp_path):
    old = SOUND | {"parameters": {"scheme": "A", "stage": 1}, "valid_to": D(2020, 12, 31), "followed_by": "X-2"}
    new = SOUND | {"id": "X-2", "parameters": {"scheme": "A", "stage": 2}, "valid_from": D(2021, 1, 1)}
    own = book(tmp_path, old, new, SOUND | {"id": "X-3", "parameters": {"scheme": "B"}})
    assert own.having("scheme", "stage") == ["X-1"]
    assert own.having("scheme") == ["X-1", "X-3"]


def test_a_rule_from_memory_says_so():
    from_memory, read = BOOK.at("H-07", D(2026, 3, 31)), BOOK.at("F-02.answer", D(2026, 3, 31))
    assert not from_memory.verified
    assert from_memory.cited == "Arrêté du 3 novembre 2014, articles 14 to 16 (from memory, sure; to be verified)"
    assert read.verified
    assert read.cited == "Code monétaire et financier L133-45"


@pytest.mark.parametrize("rule_id", BOOK.ids)
def test_every_rule_is_complete(rule_id):
    for rule in BOOK.rules(rule_id):
        assert rule.text_en != rule.text_fr
        assert rule.text_en.endswith(".") and rule.text_fr.endswith(".")
        assert rule.confidence in CONFIDENCE
        assert (rule.trigger is None) == (rule.clock is None)


def test_an_unknown_rule_or_one_without_a_clock_has_no_due_date():
    with pytest.raises(RuleError, match="no such rule"):
        BOOK.due("F-99", D(2026, 3, 31))
    with pytest.raises(RuleError, match="a rule with a clock"):
        BOOK.due("H-07", D(2026, 3, 31))


SOUND = {
    "id": "X-1",
    "text": {"en": "A rule.", "fr": "Une règle."},
    "trigger": "received_on",
    "delay": 2,
    "unit": "business_days",
    "calendar": "TARGET",
    "severity": "MAJOR",
    "citation": "Somewhere",
    "confidence": "V1",
    "valid_from": D(2020, 1, 1),
}


def book(folder, *rules, **rest):
    (folder / "own.yml").write_text(yaml.safe_dump({"rules": list(rules), **rest}), encoding="utf-8")
    return load_rulebook(folder)


def without(name):
    return {key: value for key, value in SOUND.items() if key != name}


FAULTS = {
    "no citation": (without("citation"), "no citation"),
    "no id": (without("id"), "no id"),
    "unknown field": (SOUND | {"delai": 3}, r"unknown \['delai'\]"),
    "unknown calendar": (SOUND | {"calendar": "PARIS"}, "found 'PARIS'"),
    "unknown unit": (SOUND | {"unit": "weeks"}, "found 'weeks'"),
    "unknown roll": (SOUND | {"roll": "nearest"}, "found 'nearest'"),
    "half a clock": (without("unit"), r"no \['unit'\]"),
    "two ends": (SOUND | {"fixed_date": "07-15"}, r"\['delay', 'unit'\] too"),
    "a fixed date that is none": (without("delay") | {"fixed_date": "02-29", "unit": None}, "found '02-29'"),
    "unknown calendar to roll on": (SOUND | {"roll_calendar": "PARIS"}, "found 'PARIS'"),
    "unknown start": (SOUND | {"counted_from": "week_end"}, "found 'week_end'"),
    "a second delay without a calendar": (SOUND | {"then": {"delay": 2, "unit": "days"}}, "the first three at least"),
    "a second delay in weeks": (
        SOUND | {"then": {"delay": 2, "unit": "weeks", "calendar": "TARGET"}},
        "then, unit: expected one of",
    ),
    "an hour without quotes": (SOUND | {"at": 1380, "time_zone": "Europe/Paris"}, "in quotes"),
    "an hour nowhere": (SOUND | {"at": "23:00"}, "the place whose clocks count"),
    "an unknown time zone": (SOUND | {"at": "23:00", "time_zone": "Europe/Lutetia"}, "found 'Europe/Lutetia'"),
    "hours and a time of day": (
        SOUND | {"unit": "hours", "at": "23:00", "time_zone": "Europe/Paris"},
        "hours from the event",
    ),
    "an hour of no clock": (
        {name: SOUND[name] for name in SOUND if name not in ("trigger", "delay", "unit", "calendar")} | {"at": "23:00"},
        "no .'calendar', 'delay', 'trigger', 'unit'",
    ),
    "a step for nobody": (SOUND | {"escalation": [{"after": 3}]}, "escalation: expected steps as"),
    "a step after half a day": (SOUND | {"escalation": [{"after": 0.5, "to": "owner"}]}, "escalation: expected steps"),
    "a binary fraction": (SOUND | {"parameters": {"bands": [{"rate": 0.1}]}}, 'a decimal in quotes, as "0.1"'),
    "part of a day": (SOUND | {"delay": 1.5}, "found 1.5"),
    "hours before": (SOUND | {"delay": -1, "unit": "hours", "time_zone": "Europe/Paris"}, "never before the event"),
    "one language": (SOUND | {"text": {"en": "A rule."}}, "in French"),
    "unknown confidence": (SOUND | {"confidence": "V3"}, "found 'V3'"),
    "unknown severity": (SOUND | {"severity": "BAD"}, "found 'BAD'"),
    "date as text": (SOUND | {"valid_to": "soon"}, "found 'soon'"),
    "ends before it begins": (SOUND | {"valid_to": D(2019, 1, 1)}, "valid_from before valid_to"),
    "unknown successor": (SOUND | {"valid_to": D(2021, 1, 1), "followed_by": "X-2"}, "followed_by a rule of the book"),
    "overlap": (
        SOUND | {"versions": [{"valid_from": D(2020, 1, 1)}, {"valid_from": D(2021, 1, 1)}]},
        "an overlap: one version until now",
    ),
    "gap": (
        SOUND | {"versions": [{"valid_to": D(2020, 6, 30)}, {"valid_from": D(2021, 1, 1)}]},
        "a gap: one version until 2020-06-30",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_rule_stops_the_run_with_one_line(tmp_path, fault):
    rule, words = FAULTS[fault]
    with pytest.raises(RuleError, match=words) as stopped:
        book(tmp_path, rule)
    assert "\n" not in str(stopped.value)


def test_a_successor_starts_the_day_after(tmp_path):
    old = SOUND | {"valid_to": D(2020, 12, 31), "followed_by": "X-2"}
    with pytest.raises(RuleError, match="a gap"):
        book(tmp_path, old, SOUND | {"id": "X-2", "valid_from": D(2021, 1, 2)})
    assert book(tmp_path, old, SOUND | {"id": "X-2", "valid_from": D(2021, 1, 1)}).at("X-1", D(2022, 1, 1)).id == "X-2"


def test_an_id_stands_once_whatever_the_file(tmp_path):
    with pytest.raises(RuleError, match="own.yml, rule X-1: expected an id of its own, found the one of"):
        book(tmp_path, SOUND, SOUND)
    (tmp_path / "law.yml").write_text(yaml.safe_dump({"rules": [SOUND]}), encoding="utf-8")
    with pytest.raises(RuleError, match="found the one of .*law.yml. Change one of the ids; a stricter limit"):
        book(tmp_path, SOUND)


LIMIT = {"rule": "X-1", "citation": "Internal procedure 7", "valid_from": D(2026, 1, 1)}


def test_a_limit_of_the_banks_own_stands_beside_the_law(tmp_path):
    two_months = SOUND | {
        "delay": 2,
        "unit": "months",
        "calendar": "CALENDAR",
        "escalation": [{"after": 0, "to": "owner"}],
    }
    own = book(tmp_path, two_months, stricter=[LIMIT | {"delay": 30, "unit": "days"}])
    assert own.limits == {"X-1.own": "X-1"}
    assert own.due("X-1", D(2026, 3, 31)).due_date == D(2026, 5, 31)
    assert own.due("X-1.own", D(2026, 3, 31)).due_date == D(2026, 4, 30)
    [rule] = own.rules("X-1.own")
    assert (rule.confidence, rule.citation, rule.severity) == ("BANK", "Internal procedure 7", "MAJOR")
    assert rule.escalation == ({"after": 0, "to": "owner"},)
    with pytest.raises(RuleError, match="an event from 2026-01-01"):
        own.due("X-1.own", D(2025, 12, 31))


def test_a_limit_may_say_its_end_in_another_way(tmp_path):
    fixed = without("delay") | {"unit": None, "fixed_date": "07-15", "counted_from": "year_end"}
    own = book(tmp_path, fixed, stricter=[LIMIT | {"delay": 6, "unit": "months"}])
    assert own.due("X-1.own", D(2026, 3, 31)).due_date == D(2027, 6, 30)


LAXER = {
    # 30 days are stricter than a month of 31 and as strict as one of 30, but not than February
    "longer than one month": ({"delay": 1, "unit": "months"}, {"delay": 30, "unit": "days"}, "for an event of 2026-01-30 one on 2026-03-01 after 2026-02-28"),
    "another calendar": ({"delay": 2}, {"calendar": "OUVRE"}, "for an event of 2026-05-06 one on 2026-05-11 after 2026-05-08"),
    "no hour": ({"at": "15:30", "time_zone": "Europe/Paris"}, {"at": "18:00"}, "for an event of 2026-01-01"),
    "laxer than what the law will be": (
        {"versions": [{"valid_to": D(2027, 10, 10)}, {"delay": 1, "valid_from": D(2027, 10, 11)}]},
        {},
        "for an event of 2027-10-11 one on 2027-10-13 after 2027-10-12",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LAXER)
def test_a_laxer_limit_is_refused_with_the_first_day_it_would_be(tmp_path, case):
    law, limit, words = LAXER[case]
    with pytest.raises(RuleError, match="rule X-1.own: expected an end never later than that of X-1.*" + words):
        book(
            tmp_path, SOUND | {"calendar": "CALENDAR" if law.get("unit") else "TARGET"} | law, stricter=[LIMIT | limit]
        )


def test_a_limit_names_a_rule_and_says_from_when(tmp_path):
    for wrong, words in (({"rule": "X-2"}, "found 'X-2'"), ({"delai": 3}, "unknown"), ({"valid_from": None}, "Add it")):
        with pytest.raises(RuleError, match=words):
            book(tmp_path, SOUND, stricter=[LIMIT | wrong])


def test_the_bank_closes_on_days_of_its_own(tmp_path):
    own = book(tmp_path, SOUND | {"calendar": "OUVRE"}, closing_days={"OUVRE": [D(2026, 12, 24)]})
    assert own.due("X-1", D(2026, 12, 22)).due_date == D(2026, 12, 28)
    assert BOOK.closing_days == {}
    with pytest.raises(RuleError, match="closing_days: expected one of .*OUVRABLE.*found TARGET"):
        book(tmp_path, SOUND, closing_days={"TARGET": [D(2026, 12, 24)]})


def test_a_folder_without_rules_and_a_file_that_is_no_book_stop_the_run(tmp_path):
    with pytest.raises(RuleError, match="found none"):
        load_rulebook(tmp_path)
    (tmp_path / "own.yml").write_text("rules: [", encoding="utf-8")
    with pytest.raises(RuleError, match="expected YAML"):
        load_rulebook(tmp_path)
    (tmp_path / "own.yml").write_text("rules: [one]", encoding="utf-8")
    with pytest.raises(RuleError, match="rules: expected entries with the fields of a rule, found 'one'"):
        load_rulebook(tmp_path)
    (tmp_path / "own.yml").write_bytes("rules: []  # règles".encode("latin-1"))
    with pytest.raises(RuleError, match="expected YAML, found 'utf-8' codec"):
        load_rulebook(tmp_path)
    (tmp_path / "own.yml").write_text("regles: []", encoding="utf-8")
    with pytest.raises(RuleError, match="expected parts among .* found .'regles'"):
        load_rulebook(tmp_path)


CLOCKS = [name for name in BOOK.ids if BOOK.rules(name)[-1].clock]


@settings(deadline=None)  # the first date of a decade builds its calendar
@given(st.sampled_from(CLOCKS), st.dates(D(2010, 1, 1), D(2095, 1, 1)))
def test_what_counts_forward_is_never_due_before_it_starts(rule_id, trigger):
    try:
        due = BOOK.due(rule_id, trigger, datetime(trigger.year, trigger.month, trigger.day, 12))
    except CalendarError:  # some markets announce their days a year ahead only
        assert trigger + timedelta(60) > find_calendar(BOOK.at(rule_id, trigger).calendar).last
    except BolibError:
        assert trigger < BOOK.rules(rule_id)[0].valid_from
    else:
        assert due.due_date >= trigger or due.rule.delay < 0 or due.rule.roll == "preceding"
