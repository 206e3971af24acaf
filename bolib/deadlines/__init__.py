"""What must be done by when: every object with a clock, its due date with the arithmetic, and who is late.

One folder a subject. Its `clocks/` hold one SELECT an object: what starts its clock, under which rule, and when it
was done; its controls and views stand beside, and its `outcomes/` say what else the rules make of an object, so that
`impact` can try other rules. The rulebook turns each distinct (rule, day) into a due date; `results/` joins the two.
"""

from dataclasses import replace

from bolib.coverage import register
from bolib.day import Day
from bolib.deadlines import (
    cards,
    complaints,
    corporate_actions,
    estates,
    filings,
    incidents,
    instalments,
    penalties,
    processing,
    recovery,
    settlement,
)
from bolib.deadlines.counting import add_clocks, add_due_dates, text
from bolib.deadlines.ladder import add_ladder
from bolib.deadlines.recovery.letters import write_letters
from bolib.deadlines.summary import headline, verdict
from bolib.findings import concluded, run_controls
from bolib.results import Result
from bolib.views import prepare, views

SUBJECTS = (
    *(settlement, complaints, estates, cards, instalments, recovery, incidents, processing),
    *(penalties, filings, corporate_actions),
)
"""Each prepares the tables its SELECTs need, and names in TABLES the views its section of the page shows."""

ROWS = "clock_rows"
"""Where each clock was read from: made once the views of the subjects are there."""


def produce(day: Day) -> Result:
    """Return the deadlines of the day, and the findings about them."""
    if not day.rulebook.limits:  # nothing to check for a bank without limits of its own
        day = replace(day, controls=[item for item in day.controls if "internal_limits" not in item.tables])
    compute(day)
    findings, checked = run_controls(day)
    tables = {name: day.engine.table(name) for name in ("deadlines", "unjudged", ROWS, *shown_by_subjects())}
    tables["rules"] = register(day.rulebook, day.folder, day.as_of)
    tables["letters"] = write_letters(day)
    return concluded(day, tables, findings, checked, verdict(day, findings, checked), headline(day))


def shown_by_subjects() -> list[str]:
    """Return the names of the tables that the sections of the subjects show."""
    return [name for subject in SUBJECTS for name in subject.TABLES]


def compute(day: Day) -> None:
    """Make every table of the report on the day's engine."""
    for subject in SUBJECTS:
        subject.prepare(day)
    add_clocks(day)
    judge(day)
    prepare(day.engine, views("deadlines"), set(shown_by_subjects()), **day.bound)
    _add_result(day, ROWS)


def judge(day: Day) -> None:
    """Make of the clocks the tables that say when each is due and how it stands."""
    add_due_dates(day)
    _add_result(day, "judged_clocks")
    add_ladder(day)
    _add_result(day, "deadlines")
    _add_result(day, "unjudged")


def _add_result(day: Day, name: str) -> None:
    day.engine.create(name, text(name), **day.bound)
