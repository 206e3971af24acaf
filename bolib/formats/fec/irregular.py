"""What is irregular in a FEC that can be read all the same: its name, structure, characters and order."""

import re
from collections import Counter
from datetime import date, datetime, timedelta

from stdnum.fr import siren

from bolib.formats import Irregularity

NAME = re.compile(r"(\d{9})FEC(\d{8})\.(txt|xml|csv)", re.IGNORECASE)
OPENING = ("nouveau", "ouverture")
"""Words in the name of the journal that holds the opening balances (à nouveaux)..."""
OPENING_CODES = ("AN", "ANO", "RAN")
"""... and codes of one that has no such name..."""
OPENING_DAYS = 5
"""... of which the entries are dated on one of the first days of the year."""


class Irregularities:
    """Notes, with the first line and the count of each, as (rule of the rulebook, reason)."""

    def __init__(self):
        self._counts: Counter = Counter()
        self._first: dict[tuple[str, str], int | None] = {}

    def note(self, rule: str, reason: str, line: int | None = None) -> None:
        """Count one occurrence."""
        self._counts[rule, reason] += 1
        self._first.setdefault((rule, reason), line)

    @property
    def found(self) -> tuple[Irregularity, ...]:
        """Return what was noted, one a reason."""
        return tuple(
            Irregularity(rule, reason, count, self._first[rule, reason])
            for (rule, reason), count in sorted(self._counts.items())
        )


def check_name(name: str, told: Irregularities) -> date | None:
    """Return the closing date that the name of the file says; note a name that is not SirenFECAAAAMMJJ."""
    plain = re.sub(r"\.gz$", "", name.rpartition("/")[2], flags=re.IGNORECASE)
    match = NAME.fullmatch(plain)
    if not match:
        told.note("C-01", "the name is not SIREN, FEC and closing date, as 123456789FEC20261231.txt")
        return None
    if not siren.is_valid(match[1]):
        told.note("C-01", f"{match[1]} is no SIREN: its check digit is wrong")
    try:
        return datetime.strptime(match[2], "%Y%m%d").date()
    except ValueError:
        told.note("C-01", f"{match[2]} in the name is no date")
        return None


class Order:
    """Follows the lines of a file: are they in its year, in the order of their validation, opening balances first?"""

    def __init__(self, told: Irregularities, closing: date | None):
        self._told, self._validated, self._began = told, "", False
        self._last = closing.isoformat() if closing else "9999"
        self._first = _a_year_before(closing).isoformat() if closing else ""
        self._named_opening = _last_opening(_a_year_before(closing) + timedelta(1)) if closing else ""
        self._earliest, self._seen_opening = "9999", ""

    def follow(self, line: int, row: dict) -> None:
        """Note what a line has out of order; dates are ISO by now, or not dates at all."""
        day = row.get("entry_date") or ""
        self._in_its_year(line, day)
        validated = row.get("validated_on") or ""
        if not validated:
            self._told.note("C-04", "lines without ValidDate: the order of validation cannot be told", line)
        elif validated < self._validated:
            self._told.note("C-04", "lines validated before the line above them", line)
        self._validated = max(self._validated, validated)
        opening = self._opens(day) and _is_opening(row)
        if opening and self._began:
            self._told.note("C-04", "opening balances stand after other entries", line)
        self._began = self._began or not opening

    def _opens(self, day: str) -> bool:
        """Return whether a day is among the first of the year: that of the name, or beyond it of the lines so far."""
        found = _day(day) if day < self._earliest else None
        if found:
            self._earliest, self._seen_opening = day, _last_opening(found)
        return day <= (self._named_opening if self._first and day <= self._last else self._seen_opening)

    def _in_its_year(self, line: int, day: str) -> None:
        if day > self._last:
            self._told.note("C-01", f"entries dated after {self._last}, the closing date in the name", line)
        elif day and day <= self._first:
            self._told.note("C-01", f"entries dated more than a year before {self._last}", line)


def _is_opening(row: dict) -> bool:
    label = (row.get("journal_label") or "").lower()
    return any(word in label for word in OPENING) or (row.get("journal_code") or "").upper() in OPENING_CODES


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _last_opening(first: date) -> str:
    """Return the last day on which the entries that open a year are dated."""
    return (first + timedelta(OPENING_DAYS - 1)).isoformat()


def _a_year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
