"""Own processing times: how long work takes and waits, what is done twice, which ways cases go, what is still open."""

from datetime import timedelta
from functools import partial

import pyarrow as pa

from bolib.day import Day
from bolib.deadlines.processing.opening import Opening, opening_hours
from bolib.deadlines.processing.readable import readable
from bolib.deadlines.processing.steps import steps
from bolib.deadlines.processing.traces import traces
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ("process", "process_variants", "process_cases", "process_stock", "process_flow")
READABLE = TABLES[:4]
"""Tables that a kernel writes in hours and percent, each from the view `<name>_rows`."""


def prepare(day: Day) -> None:
    """Add the steps and cases of all objects, and what they say in hours and shares."""
    engine, prepared = day.engine, views("deadlines")
    add_endings(day)
    prepare_views(engine, prepared, {"process_events"}, **day.bound)
    known = {"opening": opened(day), "as_of": day.as_of}
    engine.run(partial(steps, **known), "process_events", key="object_id", into="process_steps")
    engine.run(partial(traces, **known), "process_steps", key="object_id", into="process_traces")
    for name in READABLE:
        prepare_views(engine, prepared, {f"{name}_rows"}, **day.bound)
        engine.run(readable, f"{name}_rows", key="object_type", into=name)


def add_endings(day: Day) -> None:
    """Add the steps that end a case, by kind of object, as the bank's parameters say them."""
    pairs = [(kind, activity) for kind, ends in (day.parameters.get("process_ends") or {}).items() for activity in ends]
    columns = {"object_type": [kind for kind, _ in pairs], "activity": [activity for _, activity in pairs]}
    day.engine.add("process_ends", pa.table(columns, pa.schema([(name, pa.string()) for name in columns])))


def opened(day: Day) -> Opening:
    """Return the bank's opening hours from the first step known to the evening of the day."""
    first = day.engine.query("select min(e.at) as first_at from process_events e")["first_at"][0].as_py()
    said, evening = day.parameters.get("opening") or {}, day.as_of + timedelta(days=1)
    return opening_hours(said, first.date() if first else day.as_of, evening, day.rulebook.closing_days)
