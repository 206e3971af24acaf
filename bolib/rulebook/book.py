"""The whole book: which version counts on a day, and when its clock runs out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from difflib import get_close_matches

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars import countable, due_dates
from bolib.errors import RuleError
from bolib.rulebook.rule import Rule

EVER = date(1900, 1, 1)
"""First day of a version that applies to all events."""

CLOCK = pa.schema([("rule", pa.string()), ("trigger_date", pa.date32()), ("triggered_at", pa.timestamp("us"))])
END = pa.schema([
    ("applied", pa.string()), ("due_date", pa.date32()), ("due_at", pa.timestamp("us")), ("calendar", pa.string()),
    ("arithmetic", pa.string()),
])  # fmt: skip


@dataclass(frozen=True)
class Due:
    """A due date with what it follows from; `rule` is the version in force on the trigger date.

    `due_at` (UTC) is the moment a delay with an hour ends; None: the end of the due day.
    """

    rule: Rule
    trigger_date: date
    due_date: date
    due_at: datetime | None
    calendar: str
    arithmetic: str


@dataclass(frozen=True)
class Rulebook:
    """All rules, each with its versions in order of time, and the bank's own closing days by calendar."""

    versions: dict[str, tuple[Rule, ...]]
    closing_days: dict[str, tuple[date, ...]] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """Return the ids of all rules, in order."""
        return sorted(self.versions)

    @property
    def limits(self) -> dict[str, str]:
        """Return the limits of the bank's own, each with the rule of the law beside which it stands."""
        return {name: rules[0].stricter_than for name, rules in sorted(self.versions.items()) if rules[0].stricter_than}

    def having(self, *parameters: str) -> list[str]:
        """Return the ids of the rules that have all these parameters, those that have replaced another left out."""
        successors = {rules[-1].followed_by for rules in self.versions.values()}
        names = set(self.ids) - successors
        return sorted(name for name in names if set(parameters) <= set(self.versions[name][0].parameters))

    def rules(self, rule_id: str) -> list[Rule]:
        """Return the versions of a rule, the oldest first."""
        if rule_id not in self.versions:
            near = get_close_matches(rule_id, self.ids, n=5, cutoff=0.5) or self.ids[:5]
            expected = f"one of the {len(self.ids)} rules of the book, as {', '.join(near)}"
            remedy = "Correct the id (bolib rules lists them), or add the rule."
            raise RuleError(f"rule {rule_id}", expected, "no such rule", remedy)
        return list(self.versions[rule_id])

    def timeline(self, rule_id: str) -> list[Rule]:
        """Return the versions of a rule and of those that have replaced it, the oldest first."""
        versions = self.rules(rule_id)
        successor = versions[-1].followed_by
        return versions + (self.timeline(successor) if successor else [])

    def at(self, rule_id: str, on: date) -> Rule:
        """Return the version in force on the day `on` of the event, or of the rule that has replaced it."""
        timeline = self.timeline(rule_id)
        return timeline[self._places(timeline, np.array([on], "datetime64[D]"))[0]]

    def closest(self, rule_id: str, on: date) -> Rule:
        """Return the version in force on a day or, where none was, the nearest in time: to cite, not to act."""
        timeline = self.timeline(rule_id)
        return next((rule for rule in reversed(timeline) if rule.valid_from <= on), timeline[0])

    def period(self, rule_id: str) -> tuple[date, date | None]:
        """Return the first and the last day on which a rule, or one that has replaced it, is in force."""
        timeline = self.timeline(rule_id)
        return timeline[0].valid_from, timeline[-1].valid_to

    def in_force(self, rule_id: str, on: date) -> bool:
        """Return whether a rule, or one that has replaced it, is in force on a day."""
        first, last = self.period(rule_id)
        return first <= on and (last is None or on <= last)

    def frozen(self, on: date) -> "Rulebook":
        """Return the book in which the versions in force on a day apply to events of all days; other rules stay."""
        always = {"valid_from": EVER, "valid_to": None, "followed_by": None}
        versions = {name: (replace(self.at(name, on), **always),) for name in self.ids if self.in_force(name, on)}
        return replace(self, versions=self.versions | versions)

    def _places(self, timeline: Sequence[Rule], days: np.ndarray) -> np.ndarray:
        """Return, for the day of each event, the place in the timeline of the version that was in force."""
        starts = np.array([rule.valid_from for rule in timeline], "datetime64[D]")
        places = np.searchsorted(starts, days, side="right") - 1
        last = timeline[-1].valid_to
        outside = (places < 0) | np.isnat(days) | ((days > np.datetime64(last)) if last else False)
        if outside.any():
            known = f"an event from {timeline[0].valid_from} to {last or 'now'}"
            remedy = "Correct the date, or add the version of then."
            raise RuleError(f"rule {timeline[0].id}", known, f"one of {days[outside][0]}", remedy)
        return places

    def counts_hours(self, rule_id: str) -> bool:
        """Return whether a version of the rule counts hours, from a moment rather than from a day."""
        return any(rule.unit == "hours" for rule in self.timeline(rule_id))

    def known(self, rule_id: str) -> tuple[date, date]:
        """Return the days between which the calendars of every version of a rule know where a clock ends."""
        known = [countable(rule.clock) for rule in self.timeline(rule_id) if rule.clock]
        if not known:
            raise RuleError(f"rule {rule_id}", "a rule with a clock", "one without", "Name another rule.")
        return max(first for first, _ in known), min(last for _, last in known)

    def countable(self, clocks: pa.Table) -> pa.Table:
        """Return the clocks of days on which their rule was in force and which its calendars know.

        The others have no due date: of a day before there was a rule, or mistyped.
        """
        parts = [clocks.slice(0, 0)]
        for rule_id, rows in _by_rule(clocks):
            (first, last), (known_from, known_to) = self.period(rule_id), self.known(rule_id)
            days, ends = rows["trigger_date"], (max(first, known_from), min(last or known_to, known_to))
            parts.append(rows.filter(pc.and_(pc.greater_equal(days, ends[0]), pc.less_equal(days, ends[1]))))
        return pa.concat_tables(parts)

    def due(self, rule_id: str, trigger: date, triggered_at: datetime | None = None) -> Due:
        """Return when the clock of a rule, started on the day `trigger`, runs out.

        A rule that counts hours needs the moment, in UTC.

        >>> from pathlib import Path
        >>> from bolib.rulebook import load_rulebook
        >>> load_rulebook(Path("parameters/rulebook")).due("F-02.answer", date(2026, 12, 21)).arithmetic
        '15 PSP business days from 21 Dec 2026, 25 Dec, 1 Jan excluded → 13 Jan 2027'
        """
        clock = {"rule": rule_id, "trigger_date": trigger, "triggered_at": triggered_at}
        [row] = self.due_dates(pa.Table.from_pylist([clock], schema=CLOCK)).to_pylist()
        rest = {name: row[name] for name in ("due_date", "due_at", "calendar", "arithmetic")}
        return Due(self.at(rule_id, trigger), trigger, **rest)

    def due_dates(self, clocks: pa.Table) -> pa.Table:
        """Return clocks with their due dates: rule, trigger_date and, where a rule counts hours, triggered_at.

        Adds applied (the rule in force then), due_date, due_at, calendar and arithmetic; other columns stay, and the
        rows of a rule stand together. Ask for each distinct clock once, and join the answer to any number of objects.
        """
        parts = [self._due(rule, rows) for _, rule, rows in self.by_version(clocks)]
        empty = pa.schema([*clocks.schema, *END]).empty_table()
        return pa.concat_tables([empty, *parts])

    def by_version(self, events: pa.Table) -> Iterator[tuple[str, Rule, pa.Table]]:
        """Yield the rows of each rule (column rule) and version in force (on trigger_date): id asked, version, rows."""
        for rule_id, rows in _by_rule(events):
            timeline = self.timeline(rule_id)
            places = self._places(timeline, rows["trigger_date"].to_numpy())
            for place in np.unique(places):
                first, last = np.searchsorted(places, [place, place + 1])
                yield rule_id, timeline[place], rows.slice(first, last - first)

    def _due(self, rule: Rule, rows: pa.Table) -> pa.Table:
        if rule.clock is None:
            raise RuleError(f"rule {rule.id}", "a rule with a clock", "one without", "Name another rule.")
        moments = rows["triggered_at"].to_numpy() if rule.unit == "hours" else None
        if moments is not None and np.isnat(moments).any():
            raise RuleError(f"rule {rule.id}", "the moment of the event", "only its day", "Give the hour too.")
        ends = due_dates(rule.clock, rows["trigger_date"].to_numpy(), moments, self.closing_days)
        applied, calendar = (pa.repeat(name, rows.num_rows) for name in (rule.id, rule.calendar))
        columns = [applied, pa.array(ends.due_date), pa.array(ends.due_at), calendar, ends.arithmetic]
        return pa.table([*rows.columns, *columns], schema=pa.schema([*rows.schema, *END]))


def _by_rule(events: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield the rows of each rule, in order of time."""
    events, start = events.sort_by([("rule", "ascending"), ("trigger_date", "ascending")]), 0
    for found in events["rule"].value_counts():
        length = found["counts"].as_py()
        yield found["values"].as_py(), events.slice(start, length)
        start += length
