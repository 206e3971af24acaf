"""The rules as data with dates: parameters/rulebook/*.yml, one file a subject.

A rule has a text, a citation and one or more dated versions; the version is chosen by the date
of the event, never by the date of the run. Loading checks the whole book. A bank adds its own
rules in own.yml without touching the others.

    rules:
      - id: F-02.answer
        text: {en: ..., fr: ...}
        trigger: received_on           # the event that starts the clock
        delay: 15                      # no delay: a rule without a clock
        unit: business_days            # days, business_days, months (by quantième)
        calendar: PSP                  # counted on, or rolled on
        roll: none                     # an end on a closed day: none, following, preceding
        severity: MAJOR
        citation: CMF L133-45
        confidence: V1
        valid_from: 2018-01-13         # valid_to: open
        versions: [...]                # or several, each with the fields it changes
        followed_by: F-09              # the rule that replaces it the day after valid_to
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from bolib.calendars import CALENDARS, ROLLS, UNITS, due_date
from bolib.errors import RuleError

CONFIDENCE = {
    "V1": "read in the legal text itself",
    "V2": "read in a secondary source",
    "MH": "from memory, sure; to be verified",
    "MM": "from memory, fairly sure; to be verified",
    "ML": "from memory, unsure; to be verified",
    "BANK": "decided by the bank",
}
SEVERITIES = ("CRITICAL", "MAJOR", "MINOR")
REQUIRED = ("text", "citation", "confidence", "severity", "valid_from")
CLOCK = ("trigger", "delay", "unit", "calendar")
OPTIONAL = ("roll", "time_zone", "parameters", "escalation", "valid_to", "versions", "followed_by")


@dataclass(frozen=True)
class Rule:
    """One version of a rule. `delay` is None for a rule without a clock; `valid_to` None while in force."""

    id: str
    subject: str
    text_en: str
    text_fr: str
    citation: str
    confidence: str
    severity: str
    valid_from: date
    valid_to: date | None = None
    trigger: str | None = None
    delay: int | None = None
    unit: str | None = None
    calendar: str | None = None
    roll: str = "none"
    time_zone: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    escalation: tuple[dict[str, Any], ...] = ()
    followed_by: str | None = None

    @property
    def verified(self) -> bool:
        """Return whether the rule was read in a source; False must be said wherever the rule acts."""
        return not self.confidence.startswith("M")


@dataclass(frozen=True)
class Due:
    """A due date with what it follows from; `rule` is the version in force on the trigger date."""

    rule: Rule
    trigger_date: date
    due_date: date
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

    def rules(self, rule_id: str) -> list[Rule]:
        """Return the versions of a rule, the oldest first."""
        if rule_id not in self.versions:
            expected = f"one of {', '.join(self.ids)}"
            raise RuleError(f"rule {rule_id}", expected, "no such rule", "Correct the id, or add the rule.")
        return list(self.versions[rule_id])

    def at(self, rule_id: str, on: date) -> Rule:
        """Return the version in force on the day `on` of the event, or of the rule that has replaced it."""
        versions = self.rules(rule_id)
        for rule in versions:
            if rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to):
                return rule
        if versions[-1].followed_by and on > versions[-1].valid_from:
            return self.at(versions[-1].followed_by, on)
        known = f"an event from {versions[0].valid_from} to {versions[-1].valid_to or 'now'}"
        raise RuleError(f"rule {rule_id}", known, f"one of {on}", "Correct the date, or add the version of then.")

    def due(self, rule_id: str, trigger: date) -> Due:
        """Return when the clock of a rule, started on `trigger`, runs out.

        >>> load_rulebook(Path("parameters/rulebook")).due("F-02.answer", date(2026, 12, 21)).arithmetic
        '15 PSP business days from 21 Dec 2026, 25 Dec, 1 Jan excluded → 13 Jan 2027'
        """
        rule = self.at(rule_id, trigger)
        if rule.delay is None:
            raise RuleError(f"rule {rule.id}", "a rule with a clock", "one without", "Name another rule.")
        closed = self.closing_days.get(rule.calendar, ())
        end, words = due_date(trigger, rule.delay, rule.unit, rule.calendar, rule.roll, closed)
        return Due(rule, trigger, end, rule.calendar, words)

    def due_dates(self, clocks: Iterable[tuple[str, date]]) -> pa.Table:
        """Return one row for each distinct (rule, trigger_date), to be joined to any number of objects.

        rule, trigger_date, applied (the rule in force then), due_date, calendar, arithmetic.
        """
        found = [(asked, self.due(asked, trigger)) for asked, trigger in sorted(set(clocks))]
        columns = {
            "rule": [asked for asked, _ in found],
            "trigger_date": [due.trigger_date for _, due in found],
            "applied": [due.rule.id for _, due in found],
            "due_date": [due.due_date for _, due in found],
            "calendar": [due.calendar for _, due in found],
            "arithmetic": [due.arithmetic for _, due in found],
        }
        dates = ("trigger_date", "due_date")
        schema = pa.schema([(name, pa.date32() if name in dates else pa.string()) for name in columns])
        return pa.table(columns, schema=schema)


def load_rulebook(folder: Path) -> Rulebook:
    """Return the rules of every .yml file of `folder`, the whole book checked."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise RuleError(str(folder), "files of rules (*.yml)", "none", "Restore them from the project.")
    rules: dict[str, list[Rule]] = {}
    closing_days: dict[str, tuple[date, ...]] = {}
    for path in paths:
        book = _read(path)
        closing_days |= {name: tuple(days) for name, days in (book.get("closing_days") or {}).items()}
        for entry in book.get("rules") or ():
            for rule in _rules(path, entry):
                rules.setdefault(rule.id, []).append(rule)
    versions = {name: tuple(sorted(found, key=lambda rule: rule.valid_from)) for name, found in rules.items()}
    _check_periods(versions)
    _check_closing_days(folder, closing_days)
    return Rulebook(versions, closing_days)


def _read(path: Path) -> dict:
    try:
        book = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        raise RuleError(str(path), "YAML", " ".join(str(error).split()), "Correct the file.") from error
    if not isinstance(book, dict) or set(book) - {"rules", "closing_days"}:
        raise RuleError(str(path), "rules and closing_days", str(list(book)), "Correct the file.")
    return book


def _rules(path: Path, entry: dict) -> list[Rule]:
    where = f"{path}, rule {entry.get('id', '(without id)')}"
    shared = {name: value for name, value in entry.items() if name != "versions"}
    return [_rule(where, path.stem, shared | version) for version in entry.get("versions") or [{}]]


def _rule(where: str, subject: str, given: dict) -> Rule:
    """Return one version from its fields; what is unknown, missing or of the wrong kind stops the run."""
    unknown = sorted(set(given) - {"id", *REQUIRED, *CLOCK, *OPTIONAL})
    missing = [name for name in ("id", *REQUIRED) if not given.get(name)]
    if unknown or missing:
        found = f"unknown {unknown}" if unknown else f"no {' and no '.join(missing)}"
        raise RuleError(where, "the fields of a rule", found, "Correct the file.")
    _check_clock(where, given)
    _check_fields(where, given)
    rest = {name: value for name, value in given.items() if name not in ("text", "escalation")}
    escalation = tuple(given.get("escalation") or ())
    return Rule(
        subject=subject, text_en=given["text"]["en"], text_fr=given["text"]["fr"], escalation=escalation, **rest
    )


def _check_clock(where: str, given: dict) -> None:
    clock = [name for name in CLOCK if given.get(name) is not None]
    if clock and len(clock) < len(CLOCK):
        absent = sorted(set(CLOCK) - set(clock))
        raise RuleError(where, f"all of {CLOCK} or none", f"no {absent}", "Correct the file.")
    if not clock:
        return
    if not isinstance(given["delay"], int) or given["delay"] < 0:
        raise RuleError(where, "a delay in whole units", repr(given["delay"]), "Correct the file.")
    for name, allowed in (("unit", UNITS), ("roll", ROLLS)):
        if given.get(name, "none") not in allowed:
            raise RuleError(f"{where}, {name}", f"one of {allowed}", repr(given[name]), "Correct the file.")
    if not _calendar_exists(given["calendar"]):
        known = f"one of {CALENDARS} or a market of exchange_calendars"
        raise RuleError(f"{where}, calendar", known, repr(given["calendar"]), "Correct the file.")


def _calendar_exists(name: str) -> bool:
    if name in CALENDARS or name.removesuffix("-57") in ("OUVRABLE", "OUVRE"):
        return True
    # one module a market: looked for as a file, since importing the library takes longer than the whole book
    library = find_spec("exchange_calendars")
    return bool(library) and (Path(library.origin).parent / f"exchange_calendar_{name.lower()}.py").exists()


def _check_fields(where: str, given: dict) -> None:
    if not isinstance(given["text"], dict) or not all(given["text"].get(language) for language in ("en", "fr")):
        raise RuleError(
            f"{where}, text", "a text in English (en) and in French (fr)", repr(given["text"]), "Write both."
        )
    for name, allowed in (("confidence", tuple(CONFIDENCE)), ("severity", SEVERITIES)):
        if given[name] not in allowed:
            raise RuleError(f"{where}, {name}", f"one of {allowed}", repr(given[name]), "Correct the file.")
    for name in ("valid_from", "valid_to"):
        if not isinstance(given.get(name), date | None):
            raise RuleError(f"{where}, {name}", "a date as 2026-03-31", repr(given[name]), "Correct the file.")


def _check_periods(versions: dict[str, tuple[Rule, ...]]) -> None:
    for name, rules in versions.items():
        for rule, after in pairwise(rules):
            _check_joint(f"rule {name}", rule, after.valid_from)
        last = rules[-1]
        if last.valid_to and last.valid_to < last.valid_from:
            found = f"{last.valid_from} to {last.valid_to}"
            raise RuleError(f"rule {name}", "valid_from before valid_to", found, "Correct the dates.")
        if last.followed_by:
            if last.followed_by not in versions:
                raise RuleError(f"rule {name}", "followed_by a rule of the book", last.followed_by, "Correct the id.")
            _check_joint(f"rule {name}, followed by {last.followed_by}", last, versions[last.followed_by][0].valid_from)


def _check_joint(where: str, rule: Rule, next_from: date) -> None:
    """Refuse two periods that overlap, or that leave days between them without a rule."""
    wanted = next_from - timedelta(days=1)
    if rule.valid_to != wanted:
        kind = "an overlap" if rule.valid_to is None or rule.valid_to > wanted else "a gap"
        found = f"{kind}: one version until {rule.valid_to or 'now'}, the next from {next_from}"
        raise RuleError(where, f"a version until {wanted}", found, "Correct valid_to or valid_from.")


def _check_closing_days(folder: Path, closing_days: dict[str, tuple]) -> None:
    for name, days in closing_days.items():
        if not all(isinstance(day, date) for day in days):
            raise RuleError(f"{folder}, closing_days of {name}", "dates as 2026-12-24", str(days), "Correct the file.")
        if name.removesuffix("-57") not in ("OUVRABLE", "OUVRE", "PSP"):
            raise RuleError(f"{folder}, closing_days", "OUVRABLE, OUVRE or PSP", name, "Correct the calendar.")
