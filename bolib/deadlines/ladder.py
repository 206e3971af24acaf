"""Who must know by now: the step of its rule's escalation that a clock has reached, and the one that comes next."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from bolib.calendars import Delay, due_dates
from bolib.day import Day
from bolib.rulebook import Rule

RUNNING = """
select rule, due_date, max(trigger_date) as trigger_date from judged_clocks
where done_on is null group by rule, due_date order by rule, due_date
"""
SCHEMA = pa.schema([
    ("rule", pa.string()), ("due_date", pa.date32()), ("step", pa.string()), ("next_step", pa.string()),
    ("next_step_from", pa.date32()),
])  # fmt: skip


def add_ladder(day: Day) -> None:
    """Add `ladder`: for each (rule, due_date) of a clock not done, the step reached and the next one."""
    running: dict[tuple[str, date], tuple[Rule, list[date]]] = {}
    for row in day.engine.query(RUNNING).to_pylist():
        version = day.rulebook.at(row["rule"], row["trigger_date"])
        running.setdefault((version.id, version.valid_from), (version, []))[1].append(row["due_date"])
    placed = [row for version, due in running.values() for row in _placed(day, version, due)]
    day.engine.add("ladder", pa.Table.from_pylist(placed, schema=SCHEMA))


def _placed(day: Day, version: Rule, due: list[date]) -> Iterator[dict]:
    ladder = steps(version, due, day.rulebook.closing_days)
    for place, due_date in enumerate(due):
        reached = sum(first_days[place] <= day.as_of for _, first_days in ladder)
        found = {"rule": version.id, "due_date": due_date, "step": ladder[reached - 1][0] if reached else None}
        if reached < len(ladder):
            found |= {"next_step": ladder[reached][0], "next_step_from": ladder[reached][1][place]}
        yield found


def steps(version: Rule, due: list[date], closing_days: dict) -> list[tuple[str, list[date]]]:
    """Return the steps of a rule's escalation: what each asks of whom, and the first day it may be taken by due date.

    `after` counts open days of the rule's calendar from the due date; `closing_days` are the bank's own by calendar.
    """
    found, days = [], np.array(due, "datetime64[D]")
    for number, step in enumerate(version.escalation, start=1):
        action = f" ({step['action']})" if "action" in step else ""
        after = Delay(step["after"], "business_days", version.calendar)
        first_days = due_dates(after, days, closing_days=closing_days).due_date.tolist()
        found.append((f"{number} of {len(version.escalation)}: {step['to']}{action}", first_days))
    return found
