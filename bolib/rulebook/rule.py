"""One version of a rule, and what its marks of confidence mean."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bolib.calendars import Delay

SEVERITIES = ("CRITICAL", "MAJOR", "MINOR")
"""How bad a breach of a rule is, the worst first."""

CONFIDENCE = {
    "V1": "read in the legal text itself",
    "V2": "read in a secondary source",
    "MH": "from memory, sure; to be verified",
    "MM": "from memory, fairly sure; to be verified",
    "ML": "from memory, unsure; to be verified",
    "BANK": "decided by the bank",
}


@dataclass(frozen=True)
class Rule:
    """One version of a rule. `calendar` is None for a rule without a clock; `valid_to` None while in force.

    `lacking`: the facts that no table holds, for want of which nothing watches it. `stricter_than`: the rule of the law
    beside which a limit of the bank's own stands.
    """

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
    fixed_date: tuple[int, int] | None = None
    counted_from: str = "event"
    calendar: str | None = None
    roll: str = "none"
    roll_calendar: str | None = None
    at: time | None = None
    time_zone: str | None = None
    then: Delay | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    escalation: tuple[dict[str, Any], ...] = ()
    followed_by: str | None = None
    lacking: str | None = None
    stricter_than: str | None = None

    @property
    def verified(self) -> bool:
        """Return whether the rule was read in a source; False must be said wherever the rule acts."""
        return not self.confidence.startswith("M")

    @property
    def cited(self) -> str:
        """Return the citation, of a rule from memory with the warning that it is to be verified."""
        return self.citation if self.verified else f"{self.citation} ({CONFIDENCE[self.confidence]})"

    @property
    def clock(self) -> Delay | None:
        """Return how the end follows from the event; None for a rule without a clock."""
        if self.calendar is None:
            return None
        ends = {"roll": self.roll, "roll_calendar": self.roll_calendar, "at": self.at, "time_zone": self.time_zone}
        start = {"counted_from": self.counted_from, "fixed_date": self.fixed_date, "then": self.then}
        return Delay(self.delay or 0, self.unit or "days", self.calendar, **start, **ends)
