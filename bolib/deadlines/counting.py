"""Clocks and their due dates: what runs on each object, the bank's own limits beside it, and when each ends."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars import calendar, find_calendar
from bolib.day import Day

FOLDER = Path(__file__).parent
DAYS = pa.schema([("calendar", pa.string()), ("date", pa.date32()), ("day", pa.int64())])


def text(name: str) -> str:
    """Return a SELECT of `results/`."""
    return (FOLDER / "results" / f"{name}.sql").read_text(encoding="utf-8")


def add_clocks(day: Day) -> None:
    """Add the clocks of all objects, one row a clock.

    object_type, key, rule, trigger_date, triggered_at, done_on, done_at, recorded, amount, currency: the moments are
    given where a rule counts hours or ends at an hour; `recorded` is false in a source that never says what was done.
    """
    paths = sorted(FOLDER.glob("*/clocks/*.sql"))
    clocks = "\nunion all\n".join(path.read_text(encoding="utf-8") for path in paths)
    limits = _internal_limits(day)
    day.engine.add("internal_limits", limits)
    day.engine.create("legal_clocks" if limits.num_rows else "clocks", clocks, **day.bound)
    if limits.num_rows:
        day.engine.create("clocks", text("with_limits"), **day.bound)


def _internal_limits(day: Day) -> pa.Table:
    """Return the limits of the bank's own, with first and last day, beside every rule their law may be asked by."""
    book = day.rulebook
    rows = [
        (own, asked, *book.period(own))
        for own, law in book.limits.items()
        for asked in book.ids
        if law in {rule.id for rule in book.timeline(asked)}
    ]
    kinds = {"own_rule": pa.string(), "rule": pa.string(), "first_day": pa.date32(), "last_day": pa.date32()}
    return _columns(rows, kinds)


def _columns(rows: list[tuple], kinds: dict[str, pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)], list(kinds))


def add_due_dates(day: Day) -> None:
    """Add the due date of each distinct clock, and the days of the calendars they are counted on."""
    day.engine.add("rule_periods", _rule_periods(day))
    started = day.engine.query(text("started"))
    due = day.rulebook.due_dates(started)
    day.engine.add("due_dates", due)
    dates = [pc.min(due["trigger_date"]), pc.min(due["due_date"]), pc.max(due["due_date"]), pc.max(started["done_on"])]
    known = [found.as_py() for found in dates if found.as_py()] + [day.as_of]
    days = [_clock_days(day, name, min(known), max(known)) for name in sorted(set(due["calendar"].to_pylist()))]
    day.engine.add("clock_days", pa.concat_tables([DAYS.empty_table(), *days]))


def _rule_periods(day: Day) -> pa.Table:
    """Return when each rule of a clock was in force, between which days it can be counted, and whether in hours."""
    book, named = day.rulebook, day.engine.query("select distinct rule from clocks order by rule")["rule"].to_pylist()
    rows = [(name, *book.period(name), *book.known(name), book.counts_hours(name)) for name in named]
    dates = dict.fromkeys(("first_day", "last_day", "known_from", "known_to"), pa.date32())
    return _columns(rows, {"rule": pa.string(), **dates, "in_hours": pa.bool_()})


def _clock_days(day: Day, name: str, first: date, last: date) -> pa.Table:
    known = find_calendar(name)
    rows = calendar(name, max(first, known.first), min(last, known.last), day.rulebook.closing_days.get(name, ()))
    return pa.table([pa.repeat(name, rows.num_rows), rows["date"], rows["day"]], schema=DAYS)
