"""Who must know by now: the step of its rule's escalation that a clock has reached, and the one that comes next."""

from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from bolib.calendars import Delay, due_date
from bolib.day import Day

RUNNING = """
select distinct rule, trigger_date, due_date, calendar from judged_clocks
where done_on is null order by rule, trigger_date, due_date
"""
SCHEMA = pa.schema([
    ("rule", pa.string()), ("due_date", pa.date32()), ("step", pa.string()), ("next_step", pa.string()),
    ("next_step_from", pa.date32()),
])  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step of an escalation: the first day on which it may be taken, and what it asks of whom."""

    first_day: date
    words: str


def add_ladder(day: Day) -> None:
    """Add `ladder`: for each (rule, due_date) of a clock not done, the step reached and the next one."""
    found = {}
    for row in day.engine.query(RUNNING).to_pylist():
        found[row["rule"], row["due_date"]] = _place(day, **row)
    day.engine.add("ladder", pa.Table.from_pylist(list(found.values()), schema=SCHEMA))


def _place(day: Day, rule: str, trigger_date: date, due_date: date, calendar: str) -> dict:
    ladder = steps(day.rulebook.at(rule, trigger_date).escalation, due_date, calendar)
    reached = [step for step in ladder if step.first_day <= day.as_of]
    coming = ladder[len(reached) :]
    return {
        "rule": rule,
        "due_date": due_date,
        "step": reached[-1].words if reached else None,
        "next_step": coming[0].words if coming else None,
        "next_step_from": coming[0].first_day if coming else None,
    }


def steps(escalation: tuple[dict, ...], due: date, calendar: str) -> list[Step]:
    """Return the steps of an escalation; `after` counts open days of the rule's calendar from the due date.

    >>> steps(({"after": 1, "to": "owner"}, {"after": 3, "to": "head of desk"}), date(2026, 4, 2), "TARGET")[1]
    Step(first_day=datetime.date(2026, 4, 9), words='2 of 2: head of desk')
    """
    found = []
    for number, step in enumerate(escalation, start=1):
        first_day, _ = due_date(due, Delay(step["after"], "business_days", calendar))
        action = f" ({step['action']})" if "action" in step else ""
        found.append(Step(first_day, f"{number} of {len(escalation)}: {step['to']}{action}"))
    return found
