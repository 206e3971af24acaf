"""The journal, the accounts and suspense of a drawn day, without the other subjects of the anomalies."""

from types import SimpleNamespace

from bolib.anomalies import accounts, journal, suspense
from bolib.day import Day
from bolib.findings import run_controls
from bolib.results import frame
from bolib.views import prepare, views

SUBJECTS = (journal, accounts, suspense)
OURS = ("JRN", "ACC", "SUS")
"""What their controls are called."""


def judged(day: Day) -> SimpleNamespace:
    """Return what these subjects show and find, as a result of the report has them: `tables` and `findings`."""
    for subject in SUBJECTS:
        subject.prepare(day)
    shown = {name for subject in SUBJECTS for name in subject.TABLES}
    prepare(day.engine, views("anomalies"), shown, **day.bound)
    day.controls = [item for item in day.controls if item.id[:3] in OURS]
    findings, checked = run_controls(day)
    tables = {name: frame(day.engine.table(name)) for name in shown}
    return SimpleNamespace(findings=frame(findings), checked=checked, tables=tables)
