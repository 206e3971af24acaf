"""When each clock of an incident would run out, with and without the relief of a closed day."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars.zones import on_the_spot
from bolib.day import Day
from bolib.errors import ParameterError

RELIEVED, RECURRING = "H-06.relief", "H-05"
RELIEF = ".relief"
"""What a clock is called that a closed day moves to noon of the next working day."""

CLOCK = ["rule", "trigger_date", "triggered_at"]


def add_candidates(day: Day) -> None:
    """Add the clocks that may bind with their days on the spot, and the ends of those clocks, relieved or not."""
    clocks = day.engine.query("select * from incident_triggers order by incident_id, stage, rule")
    for moment, name in (("triggered_at", "trigger_date"), ("done_at", "done_on")):
        clocks = clocks.append_column(name, _days(day, clocks["rule"], clocks[moment]))
    clocks = in_force(day, clocks)
    day.engine.add("incident_candidates", clocks)
    relieved = clocks.filter(pc.is_in(clocks["rule"], pa.array(relieved_rules(day), pa.string()))).select(CLOCK)
    named = relieved.set_column(0, "rule", pc.binary_join_element_wise(relieved["rule"], RELIEF, ""))
    asked = pa.concat_tables([clocks.select(CLOCK), named]).group_by(CLOCK).aggregate([])
    day.engine.add("incident_dues", day.rulebook.due_dates(asked))


def add_windows(day: Day) -> None:
    """Add until when each incident waits for another of the same cause, and how many make it recurring."""
    seen = day.engine.query("select incident_id, aware_at as triggered_at from known_incidents order by incident_id")
    seen = seen.append_column("rule", pa.repeat(RECURRING, seen.num_rows))
    seen = in_force(day, seen.append_column("trigger_date", _days(day, seen["rule"], seen["triggered_at"])))
    due = day.rulebook.due_dates(seen.select(CLOCK).group_by(CLOCK).aggregate([]))
    until = dict(zip(due["triggered_at"].to_pylist(), due["due_date"].to_pylist(), strict=True))
    rows = [
        {"incident_id": row["incident_id"], "until": until[row["triggered_at"]],
         "incidents_needed": day.rulebook.at(RECURRING, row["trigger_date"]).parameters["incidents"]}
        for row in seen.to_pylist()
    ]  # fmt: skip
    kinds = [("incident_id", pa.string()), ("until", pa.date32()), ("incidents_needed", pa.int64())]
    day.engine.add("incident_windows", pa.Table.from_pylist(rows, pa.schema(kinds)))


def in_force(day: Day, clocks: pa.Table) -> pa.Table:
    """Return the clocks that began when their rule had come into force: before, no report was owed."""
    since = {rule: day.rulebook.period(rule)[0] for rule in clocks["rule"].unique().to_pylist()}
    pairs = zip(clocks["rule"].to_pylist(), clocks["trigger_date"].to_pylist(), strict=True)
    return clocks.filter(pa.array([began >= since[rule] for rule, began in pairs], pa.bool_()))


def relieved_rules(day: Day) -> list[str]:
    """Return the clocks that a closed day moves, for the kind of entity the bank says it is."""
    relief = day.rulebook.closest(RELIEVED, day.as_of).parameters
    entity = day.parameters.get("entity")
    kinds = (*relief["without"], "OTHER")
    if entity not in kinds:
        raise ParameterError("entity", f"one of {', '.join(kinds)}", str(entity), "Correct the parameters file.")
    return [*relief["for_all"], *(relief["for_others"] if entity == "OTHER" else ())]


def _days(day: Day, rules: pa.ChunkedArray, moments: pa.ChunkedArray) -> pa.Array:
    """Return the day the clocks of each rule's place show at each moment."""
    zones = {rule: day.rulebook.rules(rule)[-1].time_zone for rule in rules.unique().to_pylist()}
    zone, known = np.array([zones[rule] for rule in rules.to_pylist()], dtype=object), moments.to_numpy()
    days = np.empty(len(known), "datetime64[D]")
    for name in set(zones.values()):
        days[zone == name] = on_the_spot(known[zone == name], name).astype("datetime64[D]")
    return pa.array(days)
