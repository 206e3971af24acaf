"""What does not add up: records that could not be accepted, files, and front office against back office.

Controls stand beside this file, the bank's own under `parameters/controls/anomalies/`. One is born in a notebook
cell: `probe(day, "select ...")` shows what a SELECT finds today, `save(...)` keeps it, the next run counts it.
"""

import pyarrow as pa

from bolib.anomalies.summary import headline, verdict
from bolib.day import Day
from bolib.findings import concluded, run_controls
from bolib.results import Result

FAULTS = ("control", "severity", "key", "message", "evidence")


def produce(day: Day) -> Result:
    """Return the proof of the day, the records set aside, and the findings of every control."""
    compute(day)
    findings, checked = run_controls(day)
    tables = {name: day.engine.table(name) for name in ("completeness", "set_aside")}
    return concluded(day, tables, findings, checked, verdict(day, findings, checked), headline(day, findings))


def compute(day: Day) -> None:
    """Add what the load says about itself: completeness, set_aside, and load_faults (one row a fault of a file)."""
    day.engine.add("completeness", day.loaded.completeness)
    day.engine.add("set_aside", day.loaded.set_aside)
    schema = pa.schema([(name, pa.string()) for name in FAULTS])
    day.engine.add("load_faults", pa.Table.from_pylist(day.loaded.findings, schema=schema))
