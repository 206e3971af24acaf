"""What people have decided about earlier alerts: which oddities are legitimate, and how often a kind was confirmed."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import Any

from bolib.day import Day
from bolib.results import earlier_days, read

CONFIRMED, ACCEPTED = "CONFIRMED", "ACCEPTED"
"""Decisions that count: something was wrong; nothing was, and the scope says for which others that holds."""

LAST = 100
"""Decisions on a kind that count, the newest."""

ENOUGH = 10
"""Decisions before which a kind has no history."""

PRIOR = {
    "RARE": 0.4,
    "FIRST": 0.2,
    "AMOUNT": 0.5,
    "MOVE": 0.5,
    "STALE": 0.5,
    "RESULT": 0.5,
    "SCHEDULE": 0.5,
    "POSITION": 0.8,
}
"""Chance that an alert of a kind is confirmed, for its rank alone, before anybody has decided on one."""

NORMAL = 1.96
"""Half the width of a 95 % interval, in standard deviations."""


@dataclass(frozen=True)
class Chance:
    """How often alerts of one kind were confirmed, of those decided."""

    confirmed: int = 0
    decided: int = 0

    def rank(self, prior: float) -> int:
        """Return the chance in thousandths, the prior counting for as many decisions as are enough."""
        return round(1000 * (self.confirmed + prior * ENOUGH) / (self.decided + ENOUGH))

    @property
    def sentence(self) -> str:
        """Return the chance in words, with its interval of 95 % (Wilson)."""
        if self.decided < ENOUGH:
            return "no history yet"
        low, high = self.interval
        return f"of the last {self.decided} of this kind {self.confirmed} were confirmed ({low} to {high} %)"

    @property
    def interval(self) -> tuple[int, int]:
        """Return the ends of the interval, in whole hundredths."""
        share, number, square = self.confirmed / self.decided, self.decided, NORMAL**2
        middle = (share + square / (2 * number)) / (1 + square / number)
        half = NORMAL * sqrt(share * (1 - share) / number + square / (4 * number**2)) / (1 + square / number)
        return round(100 * (middle - half)), round(100 * (middle + half))


@dataclass(frozen=True)
class Decisions:
    """The decisions known on the evening of the day, the last on each alert."""

    last: list[dict[str, Any]]
    kinds: dict[str, tuple[str, str]]
    """Table and kind of every alert of the days before, by its id."""

    def accepted(self, alert_id: str, scope: str, day: datetime.date) -> dict[str, Any] | None:
        """Return the decision by which an alert of a day is legitimate: on itself, or on its scope until it ends.

        A scope without an end accepts nothing but its own alert: what is legitimate for ever is a rule, and
        belongs in the parameters.
        """
        for row in self.last:
            if row["decision"] == ACCEPTED and (row["finding_id"] == alert_id or _holds(row, scope, day)):
                return row
        return None

    @property
    def chances(self) -> dict[tuple[str, str], Chance]:
        """Return how often each kind of alert was confirmed."""
        found: dict[tuple[str, str], list[bool]] = defaultdict(list)
        for row in sorted(self.last, key=lambda row: (row["decided_at"], row["finding_id"])):
            if row["finding_id"] in self.kinds and row["decision"] in (CONFIRMED, ACCEPTED):
                found[self.kinds[row["finding_id"]]].append(row["decision"] == CONFIRMED)
        return {kind: Chance(sum(told[-LAST:]), len(told[-LAST:])) for kind, told in found.items()}


def _holds(row: dict[str, Any], scope: str, day: datetime.date) -> bool:
    return row["scope"] == scope and row["expires_on"] is not None and day <= row["expires_on"]


def decisions(day: Day) -> Decisions:
    """Return the decisions taken by the evening of the day, and what the alerts of the days before it were."""
    known = [row for row in day.rows("dispositions") if row["decided_at"].date() <= day.as_of]
    last = {row["finding_id"]: row for row in sorted(known, key=lambda row: row["decided_at"])}
    kinds = {}
    for folder in earlier_days(day.history, day.as_of):
        before = read(folder, "alerts")
        for row in before.select(["alert_id", "block", "kind"]).to_pylist() if before is not None else []:
            kinds[row["alert_id"]] = (row["block"], row["kind"])
    return Decisions(list(last.values()), kinds)
