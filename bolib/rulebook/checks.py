"""What a rule must be to enter the book: whole, of the right kinds, without overlap or gap in time."""

import re
from datetime import date, timedelta
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bolib.calendars import BANK_CALENDARS, CALENDARS, ROLLS, STARTS, UNITS
from bolib.errors import RuleError
from bolib.rulebook.rule import CONFIDENCE, SEVERITIES, Rule

REQUIRED = ("text", "citation", "confidence", "severity", "valid_from")
CLOCK = ("trigger", "calendar", "delay", "unit")
CLOCK_DETAILS = ("fixed_date", "counted_from", "roll", "roll_calendar", "at", "time_zone", "then")
THEN = {"delay", "unit", "calendar", "roll", "roll_calendar"}
STEP = {"after", "to", "action", "at"}
OPTIONAL = ("parameters", "escalation", "valid_to", "versions", "followed_by", "lacking")
FIELDS = {"id", *REQUIRED, *CLOCK, *CLOCK_DETAILS, *OPTIONAL}

CHOICES = {
    "confidence": tuple(CONFIDENCE), "severity": SEVERITIES, "unit": UNITS, "roll": ROLLS, "counted_from": STARTS,
}  # fmt: skip


def check_version(where: str, given: dict[str, Any]) -> None:
    """Refuse a version of a rule in which something is unknown, missing or of the wrong kind."""
    unknown = sorted(set(given) - FIELDS)
    missing = [name for name in ("id", *REQUIRED) if not given.get(name)]
    if unknown or missing:
        found = f"unknown {unknown}" if unknown else f"no {' and no '.join(missing)}"
        raise RuleError(where, "the fields of a rule", found, "Correct the file.")
    if not isinstance(given["text"], dict) or not all(given["text"].get(language) for language in ("en", "fr")):
        wanted = "a text in English (en) and in French (fr)"
        raise RuleError(f"{where}, text", wanted, repr(given["text"]), "Write both.")
    _check_choices(where, given)
    for name in ("valid_from", "valid_to"):
        if not isinstance(given.get(name), date | None):
            raise _wrong(f"{where}, {name}", "a date as 2026-03-31", given[name])
    _check_clock(where, given)
    _check_steps(where, given.get("escalation") or ())
    _check_decimals(f"{where}, parameters", given.get("parameters") or {})


def _wrong(where: str, expected: str, found: Any) -> RuleError:
    return RuleError(where, expected, repr(found), "Correct the file.")


def _check_choices(where: str, given: dict[str, Any]) -> None:
    for name, allowed in CHOICES.items():
        if name in given and given[name] not in allowed:
            raise _wrong(f"{where}, {name}", f"one of {allowed}", given[name])


def _check_clock(where: str, given: dict[str, Any]) -> None:
    wanted = ("trigger", "calendar", "fixed_date") if "fixed_date" in given else CLOCK
    there = [name for name in (*CLOCK, "fixed_date") if given.get(name) is not None]
    if not there and not set(CLOCK_DETAILS) & set(given) - {"time_zone"}:
        return
    if set(there) != set(wanted):
        absent, extra = sorted(set(wanted) - set(there)), sorted(set(there) - set(wanted))
        found = f"no {absent}" if absent else f"{extra} too"
        raise RuleError(where, f"all of {wanted} or none", found, "Correct the file.")
    delay, day = given.get("delay", 0), str(given.get("fixed_date", "01-01"))
    if type(delay) is not int or (delay < 0 and given["unit"] == "hours"):
        raise _wrong(where, "a delay in whole units, in hours never before the event", delay)
    if not is_date(f"2025-{day}"):  # no leap year: a 29 February would not come every year
        raise _wrong(f"{where}, fixed_date", "month and day of every year, as 07-15", day)
    for name in ("calendar", "roll_calendar"):
        if name in given and not _calendar_exists(given[name]):
            raise _wrong(f"{where}, {name}", f"one of {CALENDARS} or a market of exchange_calendars", given[name])
    _check_hour(where, given)
    if "then" in given:
        _check_then(f"{where}, then", given["then"])


def _check_then(where: str, then: Any) -> None:
    """Refuse a second delay that is not one; it counts days from the end of the first."""
    if not isinstance(then, dict) or not {"delay", "unit", "calendar"} <= set(then) <= THEN:
        raise _wrong(where, f"fields among {sorted(THEN)}, the first three at least", then)
    _check_choices(where, then)
    _check_clock(where, then | {"trigger": "the end of the first delay"})


def _check_steps(where: str, escalation: Any) -> None:
    for step in escalation:
        if not isinstance(step, dict) or not {"after", "to"} <= set(step) <= STEP or type(step["after"]) is not int:
            raise _wrong(f"{where}, escalation", "steps as {after: 3, to: head of desk}, with action and at", step)


def _check_decimals(where: str, value: Any) -> None:
    """Refuse binary fractions: 0.1 in a file is not a tenth."""
    if isinstance(value, float):
        raise _wrong(where, f'a decimal in quotes, as "{value}"', value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        _check_decimals(where, each)


def is_date(text: str) -> bool:
    """Return whether a text is a date as 2026-03-31."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _check_hour(where: str, given: dict[str, Any]) -> None:
    at, zone, in_hours = given.get("at"), given.get("time_zone"), given.get("unit") == "hours"
    if at is not None and not (isinstance(at, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", at)):
        raise _wrong(f"{where}, at", 'an hour in quotes as "23:00"', at)
    if (at or in_hours) and not zone:
        raise RuleError(f"{where}, time_zone", "the place whose clocks count", "none", "Add it, as Europe/Paris.")
    rolls, elsewhere = given.get("roll", "none") != "none", given.get("counted_from", "event") != "event"
    if in_hours and (elsewhere or rolls != bool(at)):
        wanted = "hours from the event; with a roll, the hour (at) of the open day it moves to"
        raise RuleError(where, wanted, "another start, or one without the other", "Correct the file.")
    if zone and not _zone_exists(zone):
        raise _wrong(f"{where}, time_zone", "a time zone as Europe/Paris", zone)


@lru_cache
def _zone_exists(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


@lru_cache
def _calendar_exists(name: str) -> bool:
    if name in CALENDARS:
        return True
    # one module a market: looked for as a file, since importing the library takes longer than the whole book
    library = find_spec("exchange_calendars")
    return bool(library) and (Path(library.origin).parent / f"exchange_calendar_{str(name).lower()}.py").exists()


def check_periods(versions: dict[str, tuple[Rule, ...]]) -> None:
    """Refuse rules of which two periods overlap, or leave days between them without a version."""
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
    wanted = next_from - timedelta(days=1)
    if rule.valid_to != wanted:
        kind = "an overlap" if rule.valid_to is None or rule.valid_to > wanted else "a gap"
        found = f"{kind}: one version until {rule.valid_to or 'now'}, the next from {next_from}"
        raise RuleError(where, f"a version until {wanted}", found, "Correct valid_to or valid_from.")


def check_closing_days(folder: Path, closing_days: dict[str, tuple]) -> None:
    """Refuse closing days that are no dates, or of a calendar that is not the bank's to close."""
    for name, days in closing_days.items():
        if not all(isinstance(day, date) for day in days):
            raise RuleError(f"{folder}, closing_days of {name}", "dates as 2026-12-24", str(days), "Correct the file.")
        if name not in BANK_CALENDARS:
            raise RuleError(f"{folder}, closing_days", f"one of {BANK_CALENDARS}", name, "Correct the calendar.")
