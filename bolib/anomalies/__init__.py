"""What does not add up: records that could not be accepted, files, and front office against back office.

One folder a subject, with its controls and views; the bank's own controls stand under `parameters/controls/anomalies/`.
One is born in a notebook cell: `probe(day, "select ...")` shows what a SELECT finds today, `save(...)` keeps it, the
next run counts it.
"""

from collections.abc import Callable

from bolib.anomalies import (
    accounts,
    cards,
    checks,
    coherence,
    concealment,
    depot,
    files,
    funnel,
    journal,
    machines,
    nostro,
    orders,
    sequences,
    suspense,
    terms,
    unusual,
)
from bolib.anomalies.carried import add_carried
from bolib.anomalies.summary import headline, verdict
from bolib.day import Day
from bolib.findings import concluded, run_controls
from bolib.results import Result
from bolib.views import prepare, views

SUBJECTS = (
    files,
    coherence,
    terms,
    concealment,
    orders,
    funnel,
    sequences,
    nostro,
    depot,
    cards,
    machines,
    checks,
    journal,
    accounts,
    suspense,
    unusual,
)
"""Each prepares the tables its SELECTs need, and names in TABLES those its section of the page shows."""


def produce(day: Day, spoil: Callable[[Day], None] | None = None) -> Result:
    """Return the proof of the day, the records set aside, and the findings of every control.

    `spoil` is for the drill, which makes a table wrong once all are there, to see that the controls say so.
    """
    compute(day)
    if spoil:
        spoil(day)
    findings, checked = run_controls(day, unusual.judge)
    tables = {name: day.engine.table(name) for subject in SUBJECTS for name in subject.TABLES}
    return concluded(day, tables, findings, checked, verdict(day, findings, checked), headline(day, findings))


def compute(day: Day) -> None:
    """Make every table of the report on the day's engine."""
    add_carried(day)
    for subject in SUBJECTS:
        subject.prepare(day)
    shown = {name for subject in SUBJECTS for name in subject.TABLES} - set(unusual.TABLES)
    prepare(day.engine, views("anomalies"), shown, **day.bound)
