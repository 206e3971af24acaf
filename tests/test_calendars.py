"""The calendars against dates worked out by hand or published; the arithmetic against plain counting."""

import importlib.util
import subprocess
import sys
from datetime import date, time, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.calendars import CALENDARS, STARTS, UNITS, Delay, calendar, countable, due_date, due_dates
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
    assert due_date(trigger, Delay(delay, unit, name, roll))[0] == due


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
    found = tuple(due_date(month_end, Delay(n, "business_days", "T2S_PENALTY"))[0] for n in (10, 14, 18))
    assert found == PENALTY_CYCLE[month_end]


def test_a_payment_on_a_day_target_is_closed_moves_on():
    assert due_date(D(2024, 12, 26), Delay(0, "days", "TARGET", "following"))[0] == D(2024, 12, 27)


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
    assert due_date(case[0], Delay(*case[1:-1]))[1] == case[-1]


PARIS = {"at": time(23), "time_zone": "Europe/Paris"}
MOMENTS = [
    # moment (UTC), delay, last day, moment it ends (UTC), arithmetic
    ("allocation by 23:00 in winter", D(2026, 12, 7), None, Delay(0, "days", "TARGET", **PARIS),
     "2026-12-07", "2026-12-07T22:00", "7 Dec 2026 itself, 23:00 Europe/Paris"),
    ("and in summer", D(2027, 6, 30), None, Delay(0, "days", "TARGET", **PARIS),
     "2027-06-30", "2027-06-30T21:00", "30 Jun 2027 itself, 23:00 Europe/Paris"),
    ("short position by 15:30 the next session", D(2026, 4, 2), None,
     Delay(1, "business_days", "XPAR", at=time(15, 30), time_zone="Europe/Paris"),
     "2026-04-07", "2026-04-07T13:30", "1 XPAR session from 2 Apr 2026, 3 and 6 Apr excluded → 7 Apr 2026, 15:30 Europe/Paris"),
    ("72 hours over the start of summer time", D(2026, 3, 27), "2026-03-27T13:05", Delay(72, "hours", "CALENDAR", time_zone="Europe/Paris"),
     "2026-03-30", "2026-03-30T13:05", "72 hours from 27 Mar 2026 14:05, the clocks change → 30 Mar 2026 15:05 Europe/Paris"),
    ("24 hours over its end", D(2026, 10, 24), "2026-10-24T20:00", Delay(24, "hours", "CALENDAR", time_zone="Europe/Paris"),
     "2026-10-25", "2026-10-25T20:00", "24 hours from 24 Oct 2026 22:00, the clocks change → 25 Oct 2026 21:00 Europe/Paris"),
    ("4 hours over midnight of the place", D(2026, 3, 31), "2026-03-31T20:30", Delay(4, "hours", "CALENDAR", time_zone="Europe/Paris"),
     "2026-04-01", "2026-04-01T00:30", "4 hours from 31 Mar 2026 22:30 → 1 Apr 2026 02:30 Europe/Paris"),
    ("1 hour", D(2026, 3, 31), "2026-03-31T20:30", Delay(1, "hours", "CALENDAR", time_zone="UTC"),
     "2026-03-31", "2026-03-31T21:30", "1 hour from 31 Mar 2026 20:30 → 31 Mar 2026 21:30 UTC"),
    ("a weekend's relief until noon", D(2026, 4, 3), "2026-04-03T16:00",
     Delay(24, "hours", "CALENDAR", "following", "OUVRE", at=time(12), time_zone="Europe/Paris"),
     "2026-04-07", "2026-04-07T10:00",
     "24 hours from 3 Apr 2026 18:00, 4 Apr 2026 closed (jours ouvrés): next open day → 7 Apr 2026 12:00 Europe/Paris"),
    ("no relief on a working day", D(2026, 4, 8), "2026-04-08T16:00",
     Delay(24, "hours", "CALENDAR", "following", "OUVRE", at=time(12), time_zone="Europe/Paris"),
     "2026-04-09", "2026-04-09T16:00", "24 hours from 8 Apr 2026 18:00 → 9 Apr 2026 18:00 Europe/Paris"),
    ("an hour that does not come", D(2026, 3, 29), None, Delay(0, "days", "CALENDAR", at=time(2, 30), time_zone="Europe/Paris"),
     "2026-03-29", "2026-03-29T01:00", "29 Mar 2026 itself, 02:30 Europe/Paris"),
    ("an hour that comes twice", D(2026, 10, 25), None, Delay(0, "days", "CALENDAR", at=time(2, 30), time_zone="Europe/Paris"),
     "2026-10-25", "2026-10-25T00:30", "25 Oct 2026 itself, 02:30 Europe/Paris"),
]  # fmt: skip


@pytest.mark.parametrize("case", MOMENTS, ids=lambda case: case[0])
def test_a_delay_may_end_at_a_moment(case):
    _, day, moment, delay, last, due_at, said = case
    moments = np.array([moment or "NaT"], "datetime64[us]")
    ends = due_dates(delay, np.array([day], "datetime64[D]"), moments)
    assert (str(ends.due_date[0]), str(ends.due_at[0])) == (last, f"{due_at}:00.000000")
    assert ends.arithmetic.to_pylist() == [said]


STARTED = [
    # before the 6th of the next month (tax on financial transactions), whatever the day of the deal
    (D(2026, 2, 3), Delay(5, "days", "CALENDAR", counted_from="month_end"), D(2026, 3, 5),
     "5 calendar days from 28 Feb 2026, end of the month of 3 Feb 2026 → 5 Mar 2026"),
    (D(2026, 2, 28), Delay(5, "days", "CALENDAR", counted_from="month_end"), D(2026, 3, 5),
     "5 calendar days from 28 Feb 2026, end of the month of 28 Feb 2026 → 5 Mar 2026"),
    # penalties of December are paid on the 18th penalty day of January
    (D(2026, 12, 4), Delay(18, "business_days", "T2S_PENALTY", counted_from="month_end"), D(2027, 1, 27),
     "18 T2S penalty days from 31 Dec 2026, end of the month of 4 Dec 2026, 1 Jan excluded → 27 Jan 2027"),
    # internalised settlement: 10 working days after the quarter; in 2026 Easter falls in the first ten days
    (D(2026, 2, 3), Delay(10, "business_days", "TARGET", counted_from="quarter_end"), D(2026, 4, 16),
     "10 TARGET days from 31 Mar 2026, end of the quarter of 3 Feb 2026, 3 and 6 Apr excluded → 16 Apr 2026"),
    (D(2026, 2, 3), Delay(24, "months", "CALENDAR", counted_from="year_end"), D(2028, 12, 31),
     "24 months from 31 Dec 2026, end of the year of 3 Feb 2026 → 31 Dec 2028"),
    (D(2026, 2, 3), Delay(0, "days", "CALENDAR", counted_from="month_end"), D(2026, 2, 28),
     "28 Feb 2026, end of the month of 3 Feb 2026"),
    # CRS of 2026 is filed by 15 July 2027, IFU of 2026 by 15 February 2027
    (D(2026, 2, 3), Delay(0, "days", "CALENDAR", counted_from="year_end", fixed_date=(7, 15)), D(2027, 7, 15),
     "first 15 Jul after 31 Dec 2026, end of the year of 3 Feb 2026 → 15 Jul 2027"),
    (D(2026, 7, 15), Delay(0, "days", "CALENDAR", fixed_date=(7, 15)), D(2027, 7, 15),
     "first 15 Jul after 15 Jul 2026 → 15 Jul 2027"),
    (D(2026, 7, 14), Delay(0, "days", "CALENDAR", fixed_date=(7, 15)), D(2026, 7, 15),
     "first 15 Jul after 14 Jul 2026 → 15 Jul 2026"),
    (D(2026, 2, 3), Delay(0, "days", "OUVRE", "following", counted_from="year_end", fixed_date=(5, 1)), D(2027, 5, 3),
     "first 1 May after 31 Dec 2026, end of the year of 3 Feb 2026, 1 May 2027 closed (jours ouvrés): next open day → 3 May 2027"),
    # before an event: a collection of Tuesday after Easter is sent the Thursday before
    (D(2026, 4, 7), Delay(-1, "business_days", "TARGET"), D(2026, 4, 2),
     "1 TARGET day before 7 Apr 2026, 3 and 6 Apr excluded → 2 Apr 2026"),
    (D(2026, 4, 5), Delay(-2, "business_days", "TARGET"), D(2026, 4, 1),
     "2 TARGET days before 5 Apr 2026, 3 Apr excluded → 1 Apr 2026"),
    (D(2026, 3, 31), Delay(-14, "days", "CALENDAR"), D(2026, 3, 17), "14 calendar days before 31 Mar 2026 → 17 Mar 2026"),
    (D(2026, 8, 31), Delay(-6, "months", "CALENDAR"), D(2026, 2, 28),
     "6 months before 31 Aug 2026, no 31 Feb: last day of the month → 28 Feb 2026"),
    # CPC 641: months first, then days
    (D(2026, 1, 31), Delay(1, "months", "CALENDAR", then=Delay(3, "days", "CALENDAR")), D(2026, 3, 3),
     "1 month from 31 Jan 2026, no 31 Feb: last day of the month → 28 Feb 2026, then 3 calendar days from 28 Feb 2026 → 3 Mar 2026"),
    # a refund of a direct debit: 8 weeks to ask, 2 interbank days to send it
    (D(2026, 2, 6), Delay(56, "days", "CALENDAR", then=Delay(2, "business_days", "TARGET")), D(2026, 4, 8),
     "56 calendar days from 6 Feb 2026 → 3 Apr 2026, then 2 TARGET days from 3 Apr 2026, 6 Apr excluded → 8 Apr 2026"),
    # counted on one calendar, moved on another: the penalties of November 2024, due on a day TARGET is closed
    (D(2024, 11, 8), Delay(18, "business_days", "T2S_PENALTY", "following", "TARGET", "month_end"), D(2024, 12, 27),
     "18 T2S penalty days from 30 Nov 2024, end of the month of 8 Nov 2024, 25 Dec excluded, "
     "26 Dec 2024 closed (TARGET days): next open day → 27 Dec 2024"),
]  # fmt: skip


@pytest.mark.parametrize("case", STARTED, ids=lambda case: case[-1][:30])
def test_a_count_may_start_at_the_end_of_a_period_and_end_on_a_fixed_date(case):
    trigger, delay, due, said = case
    assert due_date(trigger, delay) == (due, said)


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


def weekdays_open(name, year):
    rows = calendar(name, D(year, 1, 1), D(year, 12, 31)).to_pylist()
    return {row["date"] for row in rows if row["open"] and row["date"].weekday() < 5}


def test_target_and_france_close_on_different_days():
    # weekdays of 2026 and 2027: TARGET is open on French holidays, and closed on Good Friday
    french_holidays = {D(2026, 5, 8), D(2026, 5, 14), D(2026, 5, 25), D(2026, 7, 14), D(2026, 11, 11), D(2027, 5, 6),
                       D(2027, 5, 17), D(2027, 7, 14), D(2027, 11, 1), D(2027, 11, 11)}  # fmt: skip
    target, france = (weekdays_open(name, 2026) | weekdays_open(name, 2027) for name in ("TARGET", "OUVRE"))
    assert target - france == french_holidays
    assert france - target == {D(2026, 4, 3), D(2027, 3, 26)}
    assert weekdays_open("XPAR", 2026) == weekdays_open("TARGET", 2026)
    assert len(weekdays_open("XPAR", 2026)) == 256


def test_a_market_has_its_own_holidays_by_name():
    zurich = weekdays_open("XSWX", 2026)
    closed = {D(2026, 1, 2), D(2026, 5, 14), D(2026, 5, 25), D(2026, 12, 24), D(2026, 12, 31)}
    assert not closed & zurich
    assert closed - weekdays_open("XPAR", 2026) == set()
    assert D(2026, 5, 4) not in weekdays_open("XLON", 2026)  # early May bank holiday
    assert D(2026, 7, 3) not in weekdays_open("XNYS", 2026)  # Independence Day falls on a Saturday


def test_alsace_moselle_has_two_holidays_more():
    days = [D(2027, 3, 26), D(2025, 12, 26)]
    assert [calendar("OUVRE", day, day)["open"][0].as_py() for day in days] == [True, True]
    assert [calendar("OUVRE-57", day, day)["open"][0].as_py() for day in days] == [False, False]


def test_the_bank_may_close_on_days_of_its_own():
    closed = (D(2026, 12, 24),)
    clock = Delay(1, "business_days", "OUVRE")
    assert due_date(D(2026, 12, 23), clock, closing_days={"OUVRE": closed})[0] == D(2026, 12, 28)
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
        due_date(D(2100, 12, 30), Delay(5, "business_days", "TARGET"))


def test_exchanges_are_known_beyond_next_year():
    assert due_date(D(2032, 12, 24), Delay(1, "business_days", "XPAR"))[0] == D(2032, 12, 27)


@settings(deadline=None)  # the first date of a decade builds its calendar
@given(
    st.dates(D(2016, 1, 1), D(2040, 1, 1)),
    st.integers(-60, 60).filter(bool),
    st.sampled_from([name for name in CALENDARS if name not in ("XPAR", "DTC")]),
)
def test_a_due_date_is_as_many_open_days_away_as_the_delay_says(trigger, delay, name):
    due = due_date(trigger, Delay(delay, "business_days", name))[0]
    rows = calendar(name, min(trigger, due), max(trigger, due)).to_pylist()
    counted = rows[1:] if delay > 0 else rows[:-1]
    assert sum(row["open"] for row in counted) == abs(delay)
    assert (rows[-1] if delay > 0 else rows[0])["open"]


CLOCKS = st.builds(
    Delay,
    st.integers(-40, 40),
    st.sampled_from([unit for unit in UNITS if unit != "hours"]),
    st.sampled_from(["OUVRE", "TARGET"]),
    st.sampled_from(["none", "following", "preceding"]),
    st.sampled_from([None, "OUVRABLE"]),
    st.sampled_from(STARTS),
    st.sampled_from([None, (7, 15)]),
    st.sampled_from([None, time(23)]),
    st.just("Europe/Paris"),
)


@settings(deadline=None)
@given(CLOCKS)
def test_what_is_countable_has_an_end(clock):
    first, last = countable(clock)
    assert first < D(2010, 1, 1) and last > D(2080, 1, 1)
    assert all(due_dates(clock, np.array([first, last], "datetime64[D]")).due_date)


@settings(deadline=None)
@given(st.lists(st.dates(D(2004, 1, 1), D(2050, 1, 1)), max_size=8), CLOCKS)
def test_many_at_once_are_each_what_they_are_alone(triggers, clock):
    ends = due_dates(clock, np.array(triggers, "datetime64[D]"))
    found = list(zip(ends.due_date.tolist(), ends.arithmetic.to_pylist(), strict=True))
    assert found == [due_date(trigger, clock) for trigger in triggers]


@settings(deadline=None)  # the first date of a decade builds its calendar
@given(st.dates(D(2004, 1, 1), D(2096, 1, 1)), CLOCKS)
def test_later_events_are_never_due_earlier(trigger, clock):
    assert due_date(trigger, clock)[0] <= due_date(trigger + timedelta(1), clock)[0]


def test_importing_calendars_does_not_load_the_holiday_libraries():
    code = "import sys, bolib.calendars; sys.exit('holidays' in sys.modules or 'exchange_calendars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_benchmark_finds_numpys_dates(monkeypatch, capsys):
    script = Path(__file__).parent.parent / "benchmarks" / "deadlines.py"
    found = importlib.util.spec_from_file_location("benchmark_of_deadlines", script)
    found.loader.exec_module(benchmark := importlib.util.module_from_spec(found))
    monkeypatch.setattr(benchmark, "TRIGGERS", np.arange("2026-01-01", "2027-01-01", dtype="datetime64[D]"))
    monkeypatch.setattr(benchmark, "DELAYS", (1, 25))
    benchmark.main()
    printed = capsys.readouterr().out
    assert "9,490 deadlines on 13 calendars, the same dates from both" in printed
    assert "ratio:" in printed
