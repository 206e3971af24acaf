"""Client instalments: what is past due, since when, and whether that is a default; promises broken and kept.

The kernels of `bolib.arrears` count on the evening of the day and on the month ends before it, each with what was
known then; the views name loans and borrowers again.
"""

from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pyarrow as pa

from bolib.arrears import Materiality, Terms, allocate, count_days, deductions
from bolib.calendars import calendar
from bolib.day import Day
from bolib.rulebook import Rule
from bolib.views import prepare as make
from bolib.views import views

TABLES = ("arrears", "arrears_history", "aged_balance", "roll_rates", "unpaid_instalments", "promises", "backstop")

MATERIAL, DEFAULT, PROBATION, FORBORNE = "D-02", "D-01", "D-04", "D-05"
STAGES = {2: "D-07", 3: "D-08"}
INCIDENT = "D-23"
BACKSTOP = ("D-09", "D-10", "D-11")
APPLIED = ("D-13", "D-13.interest", "D-06.pause")
"""Rules that the kernels and views apply as they are worded, since they hold no figure; the page cites them."""

EPOCH, LAST = date(1970, 1, 1), date(9999, 12, 31)
FACILITY = "FACILITY"

KERNEL = ("arrears_loans", "arrears_dues", "arrears_receipts", "arrears_pauses", "arrears_exposures")
"""Views whose rows `count_days` reads, in its order."""


def prepare(day: Day) -> None:
    """Count days past due and default, and what is left of each instalment."""
    add_horizon(day)
    add_bands(day)
    _make(day, *KERNEL)
    evenings = tuple((evening - EPOCH).days for evening in month_ends(day))
    day.engine.run(
        partial(count_days, evenings=evenings, terms=terms(day)), *KERNEL, key="obligor", into="counted_days"
    )
    _make(day, "arrears_states", "followed_dues", "followed_receipts")
    left = partial(allocate, day=(day.as_of - EPOCH).days)
    day.engine.run(left, "followed_dues", "followed_receipts", key="obligor", into="allocated")
    add_ledger_days(day)
    add_deductions(day)
    add_forborne_terms(day)
    _make(day, "instalments_left", "promises")


def _make(day: Day, *names: str) -> None:
    make(day.engine, views("deadlines"), set(names), **day.bound)


def month_ends(day: Day) -> list[date]:
    """Return the ends of the months before the day, as many as the bank wants, and the day; in order."""
    found, first = [day.as_of], day.as_of.replace(day=1)
    for _ in range(day.parameters["arrears_month_ends"]):
        found.append(first - timedelta(1))
        first = found[-1].replace(day=1)
    return sorted(found)


def add_horizon(day: Day) -> None:
    """Add the last day of which instalments to come are shown, and the evenings counted on, in order."""
    last = day.as_of + timedelta(day.parameters["days_ahead"])
    day.engine.add("instalment_horizon", pa.table({"last_day": pa.array([last], pa.date32())}))
    ends = month_ends(day)
    rows = {"day": pa.array(ends, pa.date32()), "number": pa.array(range(len(ends)), pa.int64())}
    day.engine.add("arrears_evenings", pa.table(rows))


def add_bands(day: Day) -> None:
    """Add the bands of days past due, what makes an incident, and beyond how many days a loan is in stage 2 or 3."""
    starts = day.parameters["arrears_buckets"]
    day.engine.add("arrears_bands", pa.table({
        "bucket": pa.array(band_names(starts), pa.string()),
        "rank": pa.array(range(len(starts)), pa.int64()),
        "from_day": pa.array(starts, pa.int64()),
        "to_day": pa.array([*starts[1:], None], pa.int64()),
    }))  # fmt: skip
    stages = [_in_force(day, rule).parameters["days"] for rule in STAGES.values()]
    incident = {name: _in_force(day, INCIDENT).parameters[name] for name in ("instalments", "days")}
    day.engine.add("ficp_terms", pa.table({name: pa.array([value], pa.int64()) for name, value in incident.items()}))
    columns = {f"beyond_{stage}": pa.array([days], pa.int64()) for stage, days in zip(STAGES, stages, strict=True)}
    columns["default_after"] = pa.array([_in_force(day, DEFAULT).parameters["days"]], pa.int64())
    day.engine.add("stage_days", pa.table(columns))


def band_names(starts: list[int]) -> list[str]:
    """Return the names of bands of days, given the first day of each.

    >>> band_names([0, 1, 30, 360])
    ['0', '1-29', '30-359', '360+']
    """
    names = [str(low) if high == low + 1 else f"{low}-{high - 1}" for low, high in pairwise(starts)]
    return [*names, f"{starts[-1]}+"]


def _in_force(day: Day, name: str) -> Rule:
    """Return the version of the day, or the first one where the day came before it."""
    first = day.rulebook.rules(name)[0]
    return first if day.as_of < first.valid_from else day.rulebook.at(name, day.as_of)


def terms(day: Day) -> Terms:
    """Return the rules of default as the kernel needs them: every version of the thresholds, with its days."""
    levels = _in_force(day, MATERIAL).parameters["thresholds"]
    probation = _in_force(day, PROBATION).parameters
    return Terms(
        materiality=tuple(found for rule in day.rulebook.timeline(MATERIAL) for found in _thresholds(rule)),
        by_facility=frozenset(kind for kind, level in levels.items() if level["level"] == FACILITY),
        default_after=_in_force(day, DEFAULT).parameters["days"],
        probation=probation["months"],
        forborne_probation=probation["forborne_months"],
    )


def _thresholds(rule: Rule) -> list[Materiality]:
    since, until = (rule.valid_from - EPOCH).days, ((rule.valid_to or LAST) - EPOCH).days + 1
    return [
        Materiality(kind, since, until, absolute=level["amount"] * 100, share=level["percent"] * 100)
        for kind, level in rule.parameters["thresholds"].items()
    ]


def add_ledger_days(day: Day) -> None:
    """Add every date from the oldest unpaid instalment to a year after the day, with its running number."""
    oldest = day.engine.query("select min(due_on) as first from allocated")["first"][0].as_py()
    rows = calendar("CALENDAR", min(oldest or day.as_of, day.as_of), day.as_of + timedelta(366))
    day.engine.add("ledger_days", rows.select(["date", "day"]))


def add_forborne_terms(day: Day) -> None:
    """Add, for each day on which a loan was forborne, until when it is on probation and how late it may be then."""
    days = day.engine.query("select distinct forborne_on from arrears_loans where forborne_on is not null")
    known = [on for on in sorted(days["forborne_on"].to_pylist()) if on >= day.rulebook.rules(FORBORNE)[0].valid_from]
    dues = [day.rulebook.due(FORBORNE, on) for on in known]
    day.engine.add("forborne_terms", pa.table({
        "forborne_on": pa.array(known, pa.date32()),
        "until_on": pa.array([due.due_date for due in dues], pa.date32()),
        "days": pa.array([due.rule.parameters["days"] for due in dues], pa.int64()),
    }))  # fmt: skip


def add_deductions(day: Day) -> None:
    """Add, for each day on which a loan became non-performing, by security: from when on own funds bear how much.

    secured, since, number, from_day, percent, rule. Before a rule was in force there is no deduction.
    """
    since = day.engine.query("select distinct default_since from counted_days where default_since is not null")
    days = sorted(since["default_since"].to_pylist())
    rows = [row for name in BACKSTOP for rule in day.rulebook.rules(name) for row in _deducted(rule, days)]
    kinds = {"secured": pa.string(), "since": pa.date32(), "number": pa.int64(), "from_day": pa.date32()}
    schema = pa.schema({**kinds, "percent": pa.int64(), "rule": pa.string()}.items())
    day.engine.add("backstop_days", pa.Table.from_pylist(rows, schema=schema))
    scope = min(day.rulebook.rules(name)[0].valid_from for name in BACKSTOP)
    day.engine.add("backstop_scope", pa.table({"granted_from": pa.array([scope], pa.date32())}))


def _deducted(rule: Rule, days: list[date]) -> list[dict]:
    return [
        {"secured": rule.parameters["secured"], "since": since, "number": number, "rule": rule.id}
        | {"from_day": found.day, "percent": found.percent}
        for since in days
        if rule.valid_from <= since
        for number, found in enumerate(deductions(since, rule.parameters["percents"]), start=1)
    ]
