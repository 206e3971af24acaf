"""What a drill says, in numbers and rows: of each fault, of each control, of each alert, and over all."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from bolib.anomalies.unusual.alerts import CONTROLS
from bolib.drill import Drilled
from bolib.drill.judgement import Verdict
from bolib.rulebook import Rulebook

RECALL, RECALL_OVER_ALL, PRECISION = 95, 85, 60
"""Percent asked of a drill: faults found that a control exists for; of all faults; findings that a fault explains."""

NOISE = 4
"""Statistical alerts asked at most of a copy and day, over all tables, where nothing is wrong: the method was measured
at three and a fraction a day, of which the next whole number."""

STATISTICAL = frozenset(CONTROLS.values())
"""The controls that tell what is unusual and breaks no rule."""


@dataclass(frozen=True)
class Share:
    """A share in whole numbers, and what is asked of it in percent."""

    part: int
    whole: int
    asked: int

    @property
    def met(self) -> bool:
        """Return whether it is as large as is asked; nothing out of nothing is."""
        return self.part * 100 >= self.asked * self.whole

    @property
    def percent(self) -> float:
        """Return it in percent, to be shown."""
        return 100.0 * self.part / self.whole if self.whole else 100.0


@dataclass(frozen=True)
class Certificate:
    """The result of a drill: rows of `drill_faults`, `drill_controls` and `drill_alerts`, and its shares."""

    as_of: date
    seed: int
    days: list[date]
    copies: int
    faults: list[dict[str, Any]]
    controls: list[dict[str, Any]]
    alerts: list[dict[str, Any]]
    clean: dict[date, int]
    noise: int = 0
    """Statistical alerts that no fault explains, the most of a copy and day."""
    lent: str = ""
    """What the bank was given for the drill and does not have, in words."""

    def count(self, **wanted: Any) -> int:
        """Return how many faults have these values."""
        return sum(all(row[name] == value for name, value in wanted.items()) for row in self.faults)

    @property
    def recall(self) -> Share:
        """Return the share of the faults found, of those planted that a control exists for."""
        planted = [row for row in self.faults if row["planted"] and not row["decoy"] and row["expected"]]
        return Share(sum(row["caught"] for row in planted), len(planted), RECALL)

    @property
    def recall_over_all(self) -> Share:
        """Return the share of the faults found, of all that were planted."""
        return Share(
            self.count(planted=True, decoy=False, caught=True), self.count(planted=True, decoy=False), RECALL_OVER_ALL
        )

    @property
    def precision(self) -> Share:
        """Return the share of the new findings that a planted fault explains."""
        explained = sum(row["relation"] in ("FAULT", "CONSEQUENCE") for row in self.alerts)
        return Share(explained, len(self.alerts), PRECISION)

    @property
    def blind(self) -> list[dict[str, Any]]:
        """Return the controls that were given a fault and found none."""
        return [row for row in self.controls if row["status"] == "BLIND"]

    @property
    def proven(self) -> list[dict[str, Any]]:
        """Return the controls that found a planted fault."""
        return [row for row in self.controls if row["status"] == "PROVEN"]

    @property
    def tried(self) -> int:
        """Return how many controls could find anything: on, and their rule in force."""
        return sum(row["status"] in ("PROVEN", "BLIND", "NOT_PROVEN") for row in self.controls)

    @property
    def passed(self) -> bool:
        """Return whether all is as asked and no control that was given a fault is blind."""
        shares = (self.recall, self.recall_over_all, self.precision)
        return not self.blind and self.noise <= NOISE and all(share.met for share in shares)

    @property
    def false_alarms(self) -> list[dict[str, Any]]:
        """Return the findings about decoys, or about nothing that was planted."""
        return [row for row in self.alerts if row["relation"] in ("DECOY", "UNEXPLAINED")]


def certified(found: Drilled, book: Rulebook) -> Certificate:
    """Return what a drill says."""
    return Certificate(
        as_of=found.request.as_of,
        seed=found.request.seed,
        days=found.days,
        copies=found.copies,
        faults=sorted([*map(_fault, found.verdicts), *_not_planted(found)], key=lambda row: row["fault"]),
        controls=_controls(found, book),
        alerts=_alerts(found),
        clean={day: len(seen.alerts) for day, seen in found.baseline.items()},
        noise=max(_noise(found).values(), default=0),
        lent=found.lent,
    )


def _noise(found: Drilled) -> Counter:
    """Return how many statistical alerts of each copy and day no fault explains."""
    return Counter((one.copy, one.day) for one in found.strays if one.alert.control in STATISTICAL)


def _declared(fault: Any) -> dict[str, Any]:
    names = ("title", "kind", "table", "field", "decoy")
    return {"fault": fault.id, "expected": ", ".join(fault.caught_by) or None} | {
        name: getattr(fault, name) for name in names
    }


def _fault(heard: Verdict) -> dict[str, Any]:
    return _declared(heard.planted.fault) | {
        "planted": True,
        "why": None,
        "day": heard.planted.day,
        "key": heard.planted.key,
        "caught": heard.caught,
        "as_expected": heard.as_expected,
        "caught_by": ", ".join(heard.caught_by) or None,
        "caught_on": heard.caught_on,
        "field_named": heard.field_named,
    }


def _not_planted(found: Drilled) -> list[dict[str, Any]]:
    nothing = {"day": None, "key": None, "caught": False, "as_expected": False, "caught_by": None, "caught_on": None}
    return [
        _declared(one.fault) | nothing | {"planted": False, "why": one.why, "field_named": False} for one in found.left
    ]


def _controls(found: Drilled, book: Rulebook) -> list[dict[str, Any]]:
    """Return what the drill says of each control that ran, or would have, on the clean copy of the last day."""
    last = found.baseline[max(found.baseline)]
    clean = Counter(alert.control for alert in last.alerts)
    asked: dict[str, list[Verdict]] = defaultdict(list)
    caught: dict[str, list[Verdict]] = defaultdict(list)
    for heard in found.verdicts:
        for control in () if heard.planted.fault.decoy else heard.planted.fault.caught_by:
            asked[control].append(heard)
        for control in heard.caught_by:
            caught[control].append(heard)
    report = {item["control"]: name for name, items in last.reports.items() for item in items}
    return [
        {
            "control": control,
            "report": report[control],
            **{name: item[name] for name in ("title", "severity", "rule")},
            **_standing(found, book, item, asked[control], caught[control]),
            "planted": len(asked[control]),
            "caught": sum(control in heard.caught_by for heard in asked[control]),
            "others": sum(heard not in asked[control] for heard in caught[control]),
            "clean": clean[control],
        }
        for control, item in sorted(last.controls.items())
    ]


def _standing(found: Drilled, book: Rulebook, item: dict, asked: list, caught: list) -> dict[str, Any]:
    starts = book.rules(item["rule"])[0].valid_from
    reasons = [one.why for one in found.left if item["control"] in one.fault.caught_by]
    if any(not heard.planted.fault.decoy for heard in caught):
        return {"status": "PROVEN", "why": None}
    if item["status"] == "off":
        return {"status": "OFF", "why": f"without {', '.join(item['missing'])}"}
    if starts > found.request.as_of:
        return {"status": "NOT_IN_FORCE", "why": f"its rule is in force from {starts}"}
    if asked:
        return {"status": "BLIND", "why": f"did not find {', '.join(heard.planted.fault.id for heard in asked)}"}
    return {"status": "NOT_PROVEN", "why": reasons[0] if reasons else "no fault is declared for it"}


def _alerts(found: Drilled) -> list[dict[str, Any]]:
    """Return every new finding once for each fault it is about."""
    rows = {}
    for heard in found.verdicts:
        for relation, alerts in (("FAULT", heard.about), ("CONSEQUENCE", heard.near)):
            for day, said in alerts.items():
                for alert in said if not heard.planted.fault.decoy else ():
                    rows.setdefault((day, alert, relation), (alert, heard.planted.fault.id))
    for stray in found.strays:
        rows[stray.day, stray.alert, "DECOY" if stray.decoy else "UNEXPLAINED"] = (stray.alert, stray.decoy)
    told = [
        {"day": day, "relation": relation, "fault": fault or None}
        | {name: getattr(alert, name) for name in ("control", "key", "message")}
        for (day, _, relation), (alert, fault) in rows.items()
    ]
    return sorted(told, key=lambda row: (row["day"], row["control"], row["key"], row["message"]))
