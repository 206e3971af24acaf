"""Limits of the bank's own beside the law's: stricter, never laxer, each with its own due date.

stricter:
  - rule: F-01.answer              # the rule it stands beside; becomes rule F-01.answer.own
    delay: 30                      # the fields of the clock that differ; the others are the rule's
    unit: days
    citation: Internal procedure 7
    valid_from: 2026-01-01         # as for rules: valid_to, versions, severity, escalation, text
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from bolib.errors import RuleError
from bolib.rulebook.book import CLOCK, Rulebook
from bolib.rulebook.checks import CLOCK as CLOCK_FIELDS
from bolib.rulebook.checks import CLOCK_DETAILS

OWN = ".own"
YEARS_COMPARED = 10
TEXT = {
    "en": "The bank's own limit beside {rule}, stricter than the rule.",
    "fr": "Limite propre à la banque en regard de {rule}, plus stricte que la règle.",
}
ENDS = (("delay", "unit"), ("fixed_date",))
"""Two ways to say an end: a limit that says it in one way does not inherit the other."""

FIELDS = {"rule", *CLOCK_FIELDS, *CLOCK_DETAILS}
FIELDS |= {"text", "citation", "severity", "escalation", "valid_from", "valid_to", "versions"}


def internal_limit(where: str, entry: dict[str, Any], law: Mapping[str, list[dict]]) -> tuple[str, list[dict]]:
    """Return the id of a limit, and its versions as a rule is written: those of the law with what the bank changes."""
    unknown, name = sorted(set(entry) - FIELDS), entry.get("rule")
    if unknown or name not in law:
        found = f"unknown {unknown}" if unknown else repr(name)
        raise RuleError(where, f"a rule of the book and fields among {sorted(FIELDS)}", found, "Correct the file.")
    shared = {field: value for field, value in entry.items() if field not in ("rule", "versions")}
    own = {"id": name + OWN, "confidence": "BANK"}
    own["text"] = {language: text.format(rule=name) for language, text in TEXT.items()}
    return own["id"], [
        _inherited(f"{where} {name}", law[name], given) | own | given
        for given in (shared | version for version in entry.get("versions") or [{}])
    ]


def _inherited(where: str, law: list[dict], given: dict[str, Any]) -> dict[str, Any]:
    """Return what a limit takes from the version of the law in force when it starts."""
    if not isinstance(given.get("valid_from"), date):
        raise RuleError(f"{where}, valid_from", "a date as 2026-03-31", repr(given.get("valid_from")), "Add it.")
    version = next((each for each in reversed(law) if each["valid_from"] <= given["valid_from"]), law[0])
    dropped = {"citation", "valid_from", "valid_to", "followed_by", "parameters"}
    for said, other in (ENDS, ENDS[::-1]):
        dropped |= set(other) if set(said) & set(given) else set()
    return {field: value for field, value in version.items() if field not in dropped}


def check_stricter(book: Rulebook) -> None:
    """Refuse a limit that ends later than the law for an event of any day of its first years."""
    for name, law in book.limits.items():
        for rule in book.rules(name):
            first, last = book.period(law)
            last = min(rule.valid_to or date.max, last or date.max)
            days = np.arange(rule.valid_from, rule.valid_from + timedelta(365 * YEARS_COMPARED), dtype="datetime64[D]")
            _compare(book, name, law, days[(days >= np.datetime64(first)) & (days <= np.datetime64(last))])


def _compare(book: Rulebook, name: str, law: str, days: np.ndarray) -> None:
    own, legal = _ends(book, name, days), _ends(book, law, days)
    later = (own[0] > legal[0]) | ((own[0] == legal[0]) & (own[1] > legal[1]))
    if later.any():
        place = int(np.argmax(later))
        found = f"for an event of {days[place]} one on {own[0][place]} after {legal[0][place]}"
        raise RuleError(
            f"rule {name}", f"an end never later than that of {law}", found, "Shorten it, or end it before."
        )


def _ends(book: Rulebook, name: str, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the last day of each event's delay and its moment, of a day without an hour the last thinkable."""
    noon = days.astype("datetime64[us]") + np.timedelta64(12, "h")
    clocks = [pa.repeat(name, len(days)), pa.array(days), pa.array(noon)]
    ends = book.due_dates(pa.table(clocks, schema=CLOCK))
    moments = ends["due_at"].to_numpy()
    return ends["due_date"].to_numpy(), np.where(np.isnat(moments), np.datetime64("9999-12-31", "us"), moments)
