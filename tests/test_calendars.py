"""The calendars against dates worked out by hand or published; the arithmetic against plain counting."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.calendars import CALENDARS, UNITS, calendar, due_date
from bolib.errors import CalendarError

D = date

GOLDEN = [
    # trigger, delay, unit, calendar, roll, due
    ("T+2 over Easter", D(2026, 4, 2), 2, "business_days", "TARGET", "none", D(2026, 4, 8)),
    ("T+2 before the change", D(2027, 10, 7), 2, "business_days", "TARGET", "none", D(2027, 10, 11)),
    ("last T+2", D(2027, 10, 8), 2, "business_days", "TARGET", "none", D(2027, 10, 12)),
    ("first T+1", D(2027, 10, 11), 1, "business_days", "TARGET", "none", D(2027, 10, 12)),
    ("MiFIR T+1 over 1 May", D(2026, 4, 30), 1, "business_days", "TARGET", "none", D(2026, 5, 4)),
    ("TARGET is open on 11 November", D(2026, 11, 10), 1, "business_days", "TARGET", "none", D(2026, 11, 11)),
    ("jours ouvrés are not", D(2026, 11, 10), 1, "business_days", "OUVRE", "none", D(2026, 11, 12)),
    ("10 ouvrables", D(2027, 4, 30), 10, "business_days", "OUVRABLE", "none", D(2027, 5, 15)),
    ("10 ouvrés", D(2027, 4, 30), 10, "business_days", "OUVRE", "none", D(2027, 5, 18)),
    ("10 TARGET days", D(2027, 4, 30), 10, "business_days", "TARGET", "none", D(2027, 5, 14)),
    ("PSD2 answer", D(2026, 12, 21), 15, "business_days", "PSP", "none", D(2027, 1, 13)),
    ("PSD2 final answer", D(2026, 12, 21), 35, "business_days", "PSP", "none", D(2027, 2, 10)),
    ("2 months into February", D(2026, 12, 31), 2, "months", "CALENDAR", "none", D(2027, 2, 28)),
    ("the same, extended by CPC 642", D(2026, 12, 31), 2, "months", "OUVRABLE", "following", D(2027, 3, 1)),
    ("SATD, 30 days", D(2026, 11, 20), 30, "days", "CALENDAR", "none", D(2026, 12, 20)),
    ("SATD, the Friday to act", D(2026, 11, 20), 30, "days", "OUVRE", "preceding", D(2026, 12, 18)),
    ("SDD, 8 weeks", D(2026, 9, 1), 56, "days", "CALENDAR", "none", D(2026, 10, 27)),
    ("13 months", D(2026, 1, 31), 13, "months", "CALENDAR", "none", D(2027, 2, 28)),
    ("saisie, 15 ouvrables", D(2026, 11, 9), 15, "business_days", "OUVRABLE", "none", D(2026, 11, 27)),
    ("2 years from a leap day", D(2024, 2, 29), 24, "months", "CALENDAR", "none", D(2026, 2, 28)),
    (
        "T+1 over Columbus Day, when New York trades",
        D(2025, 10, 10),
        1,
        "business_days",
        "DTC",
        "none",
        D(2025, 10, 14),
    ),
    ("T+1 of Columbus Day", D(2025, 10, 13), 1, "business_days", "DTC", "none", D(2025, 10, 14)),
    ("Veterans Day on a Sunday", D(2029, 11, 9), 1, "business_days", "DTC", "none", D(2029, 11, 13)),
    ("T+1 over Christmas in New York", D(2025, 12, 24), 1, "business_days", "DTC", "none", D(2025, 12, 26)),
    ("day 91 of an arrear", D(2026, 8, 1), 91, "days", "CALENDAR", "none", D(2026, 10, 31)),
]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case[0])
def test_golden_vectors(case):
    _, trigger, delay, unit, name, roll, due = case
    assert due_date(trigger, delay, unit, name, roll)[0] == due


# month of the penalties: (appeals end, report, payment) published or computed, rules
PENALTY_CYCLE = {
    D(2026, 12, 31): (D(2027, 1, 15), D(2027, 1, 21), D(2027, 1, 27)),
    D(2026, 11, 30): (D(2026, 12, 14), D(2026, 12, 18), D(2026, 12, 24)),
    D(2027, 1, 31): (D(2027, 2, 12), D(2027, 2, 18), D(2027, 2, 24)),
    D(2027, 2, 28): (D(2027, 3, 12), D(2027, 3, 18), D(2027, 3, 24)),
    D(2027, 4, 30): (D(2027, 5, 14), D(2027, 5, 20), D(2027, 5, 26)),
    D(2027, 8, 31): (D(2027, 9, 14), D(2027, 9, 20), D(2027, 9, 24)),
    D(2027, 10, 31): (D(2027, 11, 12), D(2027, 11, 18), D(2027, 11, 24)),
    D(2024, 11, 30): (D(2024, 12, 13), D(2024, 12, 19), D(2024, 12, 26)),
}


@pytest.mark.parametrize("month_end", PENALTY_CYCLE)
def test_penalty_days_give_the_published_cycle(month_end):
    found = tuple(due_date(month_end, n, "business_days", "T2S_PENALTY")[0] for n in (10, 14, 18))
    assert found == PENALTY_CYCLE[month_end]


def test_a_payment_on_a_day_target_is_closed_moves_on():
    assert due_date(D(2024, 12, 26), 0, "days", "TARGET", "following")[0] == D(2024, 12, 27)


WORDS = [
    (D(2027, 4, 30), 10, "business_days", "OUVRABLE", "none",
     "10 jours ouvrables from 30 Apr 2027, 1, 6 and 8 May excluded → 15 May 2027"),
    (D(2026, 12, 21), 10, "business_days", "OUVRE", "none",
     "10 jours ouvrés from 21 Dec 2026, 25 Dec, 1 Jan excluded → 6 Jan 2027"),
    (D(2026, 3, 30), 1, "business_days", "TARGET", "none", "1 TARGET day from 30 Mar 2026 → 31 Mar 2026"),
    (D(2026, 12, 31), 2, "months", "CALENDAR", "none",
     "2 months from 31 Dec 2026, no 31 Feb: last day of the month → 28 Feb 2027"),
    (D(2026, 11, 20), 30, "days", "OUVRE", "preceding",
     "30 calendar days from 20 Nov 2026, 20 Dec 2026 closed (jours ouvrés): last open day → 18 Dec 2026"),
    (D(2026, 3, 31), 0, "business_days", "T2S_PENALTY", "following", "31 Mar 2026 itself"),
    (D(2026, 3, 28), 0, "business_days", "T2S_PENALTY", "following",
     "28 Mar 2026, closed (T2S penalty days): next open day → 30 Mar 2026"),
    (D(2026, 4, 2), 2, "business_days", "XPAR", "none",
     "2 XPAR sessions from 2 Apr 2026, 3 and 6 Apr excluded → 8 Apr 2026"),
]  # fmt: skip


@pytest.mark.parametrize("case", WORDS, ids=lambda case: case[-1][:30])
def test_the_arithmetic_is_said_in_words_and_dates(case):
    assert due_date(*case[:-1])[1] == case[-1]


def test_every_date_has_its_running_number_and_its_open_neighbours():
    easter = calendar("TARGET", D(2026, 4, 2), D(2026, 4, 7)).to_pylist()
    drawn = [
        (row["date"].day, row["open"], row["day"], row["previous_open"].day, row["next_open"].day) for row in easter
    ]
    assert drawn == [
        (2, True, 1, 2, 2),
        (3, False, 1, 2, 7),
        (4, False, 1, 2, 7),
        (5, False, 1, 2, 7),
        (6, False, 1, 2, 7),
        (7, True, 2, 7, 7),
    ]


def test_penalty_days_count_where_target_is_closed():
    easter, labour, boxing = D(2026, 4, 3), D(2026, 5, 1), D(2025, 12, 26)
    for day in (easter, labour, boxing):
        assert calendar("T2S_PENALTY", day, day)["open"].to_pylist() == [True]
        assert calendar("TARGET", day, day)["open"].to_pylist() == [False]


def test_alsace_moselle_has_two_holidays_more():
    days = [D(2027, 3, 26), D(2025, 12, 26)]
    assert [calendar("OUVRE", day, day)["open"][0].as_py() for day in days] == [True, True]
    assert [calendar("OUVRE-57", day, day)["open"][0].as_py() for day in days] == [False, False]


def test_the_bank_may_close_on_days_of_its_own():
    closed = (D(2026, 12, 24),)
    assert due_date(D(2026, 12, 23), 1, "business_days", "OUVRE", closing_days=closed)[0] == D(2026, 12, 28)
    with pytest.raises(CalendarError, match="closing days only for"):
        calendar("TARGET", D(2026, 12, 1), D(2026, 12, 31), closed)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("TARGET", D(1998, 12, 31), D(1999, 2, 1)),
        ("T2S_PENALTY", D(2015, 6, 1), D(2015, 7, 1)),
        ("OUVRABLE", D(2100, 1, 1), D(2101, 1, 1)),
        ("XKRX", D(2050, 1, 1), D(2051, 1, 1)),
        ("XPAR", D(1999, 1, 1), D(2001, 1, 1)),
        ("TARGET", D(2026, 4, 2), D(2026, 4, 1)),
        ("PARIS", D(2026, 4, 1), D(2026, 4, 2)),
    ],
)
def test_beyond_what_a_calendar_knows_is_an_error(name, start, end):
    with pytest.raises(CalendarError):
        calendar(name, start, end)


def test_the_last_days_known_have_no_day_after():
    with pytest.raises(CalendarError, match="2100-12-31"):
        due_date(D(2100, 12, 30), 5, "business_days", "TARGET")


def test_exchanges_are_known_beyond_next_year():
    assert due_date(D(2032, 12, 24), 1, "business_days", "XPAR")[0] == D(2032, 12, 27)


@settings(deadline=None)  # the first date of a decade builds its calendar
@given(
    st.dates(D(2016, 1, 1), D(2040, 1, 1)),
    st.integers(1, 60),
    st.sampled_from([name for name in CALENDARS if name not in ("XPAR", "DTC")]),
)
def test_a_due_date_is_as_many_open_days_away_as_the_delay_says(trigger, delay, name):
    due = due_date(trigger, delay, "business_days", name)[0]
    rows = calendar(name, trigger, due).to_pylist()
    assert sum(row["open"] for row in rows[1:]) == delay
    assert rows[-1]["open"]
    opened = 1 if rows[0]["open"] else 0
    assert rows[-1]["day"] - opened == delay


@settings(deadline=None)  # the first date of a decade builds its calendar
@given(st.dates(D(2000, 1, 1), D(2099, 1, 1)), st.sampled_from(UNITS), st.integers(0, 40))
def test_later_events_are_never_due_earlier(trigger, unit, delay):
    assert due_date(trigger, delay, unit, "OUVRE")[0] <= due_date(trigger + timedelta(1), delay, unit, "OUVRE")[0]


def test_importing_calendars_does_not_load_the_holiday_libraries():
    code = "import sys, bolib.calendars; sys.exit('holidays' in sys.modules or 'exchange_calendars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
