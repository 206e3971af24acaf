"""The obligations of the next twelve months: what is filed by month, quarter or year, and what follows each event."""

from collections.abc import Iterator
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from bolib.day import Day
from bolib.deadlines.filings.periods import period
from bolib.deadlines.filings.regimes import SPANS

SUBJECT = "filings"
MONTHS = 12
LONGEST = 36
"""Months after the end of a period within which everything periodic is due."""

STEP = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}
"""Months a period lasts."""

CLOCK = pa.schema([
    ("rule", pa.string()), ("trigger_date", pa.date32()), ("triggered_at", pa.timestamp("us")), ("regime", pa.string()),
    ("event", pa.string()), ("span", pa.string()), ("period", pa.string()),
])  # fmt: skip


def add_obligations(day: Day) -> None:
    """Add `obligation_dates`: what is filed by period and falls due from the day to the end of the twelfth month.

    What follows an event is one row a rule: the date on which an event of the day itself is due.
    """
    successors = {versions[-1].followed_by for versions in day.rulebook.versions.values()}
    end = _month_start(day.as_of, MONTHS + 1) - timedelta(1)
    clocks = [row for name in day.rulebook.ids if name not in successors for row in _clocks(day, name, end)]
    asked = pa.Table.from_pylist(clocks, schema=CLOCK)
    due = day.rulebook.due_dates(asked.select(["rule", "trigger_date", "triggered_at"])).drop_columns("triggered_at")
    dated = asked.drop_columns("triggered_at").join(due, ["rule", "trigger_date"])
    coming = (pc.field("due_date") >= pa.scalar(day.as_of)) & (pc.field("due_date") <= pa.scalar(end))
    day.engine.add("obligation_dates", dated.filter((pc.field("span") == "DAY") | coming))


def _clocks(day: Day, name: str, end: date) -> Iterator[dict]:
    """Yield the starts of what a rule of a regime, or of this subject, may make due by `end`."""
    first, rule = day.rulebook.rules(name)[0], day.rulebook.rules(name)[-1]
    span, regime = SPANS[rule.counted_from], rule.parameters.get("regime")
    if rule.calendar is None or not (regime or (rule.subject == SUBJECT and span != "DAY")):
        return
    step = rule.parameters.get("step", {}).get("en")
    past = _month_start(day.as_of, -LONGEST)
    for trigger in [day.as_of] if span == "DAY" else _period_ends(span, max(first.valid_from, past), end):
        covered = None if span == "DAY" else period(span, trigger)[0]
        told = {"regime": regime, "event": step or rule.trigger, "span": span, "period": covered}
        yield {"rule": name, "trigger_date": trigger, **told}


def _period_ends(span: str, first: date, last: date) -> list[date]:
    """Return the last days of the periods that end from `first` to `last`."""
    months = range(1, (last.year - first.year) * 12 + last.month - first.month + 2)
    ends = [_month_start(first, number) - timedelta(1) for number in months]
    return [end for end in ends if end.month % STEP[span] == 0 and first <= end <= last]


def _month_start(day: date, months: int) -> date:
    """Return the first day of the month so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
