"""Which alert is about which fault, and what that says of the faults and of the controls."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bolib.drill.planting import Planted
from bolib.drill.replay import Alert, Replay


@dataclass
class Verdict:
    """What was heard of one planted fault: the alerts about it by day, and those about what it belongs to."""

    planted: Planted
    about: dict[date, list[Alert]] = field(default_factory=lambda: defaultdict(list))
    near: dict[date, list[Alert]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, alert: Alert, day: date) -> None:
        """Take an alert about it. On a day before it happened a copy tells of it only because it holds all days."""
        if day >= self.planted.day:
            self.about[day].append(alert)

    @property
    def caught_by(self) -> list[str]:
        """Return the controls that found it, those that should have first."""
        found = {alert.control for alerts in self.about.values() for alert in alerts}
        expected = self.planted.fault.caught_by
        return sorted(found, key=lambda control: (control not in expected, control))

    @property
    def caught(self) -> bool:
        """Return whether any control found it."""
        return bool(self.about)

    @property
    def caught_on(self) -> date | None:
        """Return the first day it was found."""
        return min(self.about, default=None)

    @property
    def as_expected(self) -> bool:
        """Return whether a control that should find it did."""
        return bool(set(self.caught_by) & set(self.planted.fault.caught_by))

    @property
    def field_named(self) -> bool:
        """Return whether an alert about it shows the field that is wrong, as a column or in its sentence."""
        wrong = self.planted.fault.field
        alerts = [alert for found in self.about.values() for alert in found]
        return any(wrong in alert.columns or wrong in alert.message for alert in alerts)


@dataclass(frozen=True)
class Stray:
    """An alert that no planted fault explains; `decoy` where it is about something unusual but right.

    `copy` is the number of the copy with faults it was told in.
    """

    day: date
    alert: Alert
    decoy: str = ""
    copy: int = 0


def judged(
    planted: Iterable[Planted], replays: Iterable[Replay], baseline: dict[date, Replay]
) -> tuple[list[Verdict], list[Stray]]:
    """Return what each fault of a copy brought up, and the alerts that none explains.

    Only what the clean copy did not say counts. An alert is about the faults whose control raised it and whose own
    names it shows; else about those it has in its key; else it is a consequence of those of which it shows a book,
    a security or another name.
    """
    verdicts = [Verdict(one) for one in planted]
    strays = []
    for found in replays:
        for alert in beyond(found.alerts, baseline[found.day].alerts):
            strays += _given(alert, found.day, verdicts)
    return verdicts, strays


def beyond(alerts: Iterable[Alert], known: Iterable[Alert]) -> list[Alert]:
    """Return the alerts that were not there before. One whose figures alone have changed was there."""
    before = Counter(alert.identity for alert in known)
    told = {(alert.identity, alert.message) for alert in known}
    changed: list[Alert] = []
    for alert in alerts:
        if (alert.identity, alert.message) in told:
            before[alert.identity] -= 1
        else:
            changed.append(alert)
    found = []
    for alert in changed:
        before[alert.identity] -= 1
        if before[alert.identity] < 0:
            found.append(alert)
    return found


def _given(alert: Alert, day: date, verdicts: list[Verdict]) -> list[Stray]:
    """Give an alert to the faults it is about; return it where it is about none, or about a decoy."""
    shown = [one for one in verdicts if one.planted.marks & alert.names]
    expected = [one for one in shown if alert.control in one.planted.fault.caught_by]
    about = expected or [one for one in shown if one.planted.marks & alert.key_words]
    for one in about:
        one.hear(alert, day)
    decoys = [one.planted.fault.id for one in about if one.planted.fault.decoy]
    if decoys:
        return [Stray(day, alert, decoys[0])]
    around = [one for one in verdicts if (one.planted.marks | one.planted.near) & alert.names]
    near = [] if about else [one for one in around if not one.planted.fault.decoy]
    for one in near:
        one.near[day].append(alert)
    return [] if about or near else [Stray(day, alert)]
