"""Who must know by now: the step of its rule's escalation that a clock has reached, and the one that comes next."""

import numpy as np
import pyarrow as pa

from bolib.calendars import Delay, due_dates
from bolib.day import Day
from bolib.rulebook import Rule

RUNNING = """
select rule, due_date, max(trigger_date) as trigger_date from judged_clocks
where done_on is null group by rule, due_date
"""
TEXTS, DATES = ("rule", "step", "next_step"), ("due_date", "next_step_from")
SCHEMA = pa.schema([(name, pa.string()) for name in TEXTS] + [(name, pa.date32()) for name in DATES])


def add_ladder(day: Day) -> None:
    """Add `ladder`: for each (rule, due_date) of a clock not done, the step reached and the next one."""
    running = day.rulebook.by_version(day.engine.query(RUNNING))
    placed = [_placed(day, rule, rows["due_date"].to_numpy()) for _, rule, rows in running]
    day.engine.add("ladder", pa.concat_tables([SCHEMA.empty_table(), *placed]))


def _placed(day: Day, rule: Rule, due: np.ndarray) -> pa.Table:
    first_days = steps(rule, due, day.rulebook.closing_days)
    reached = (first_days <= np.datetime64(day.as_of)).sum(axis=0)
    none = np.full((1, len(due)), "NaT", "datetime64[D]")
    coming = np.concatenate([first_days, none])[reached, np.arange(len(due))]
    words, place = said(rule), pa.array(reached)
    step, next_step = (pa.array(texts, pa.string()).take(place) for texts in ([None, *words], [*words, None]))
    return pa.table([pa.repeat(rule.id, len(due)), step, next_step, pa.array(due), pa.array(coming)], schema=SCHEMA)


def steps(rule: Rule, due: np.ndarray, closing_days: dict) -> np.ndarray:
    """Return the first day each step of a rule's escalation may be taken, a row a step and a column a due date.

    `after` counts open days of the rule's calendar from the due date; `closing_days` are the bank's own by calendar.
    """
    after = [Delay(step["after"], "business_days", rule.calendar) for step in rule.escalation]
    days = [due_dates(delay, due, closing_days=closing_days).due_date for delay in after]
    return np.array(days, "datetime64[D]").reshape(len(days), len(due))


def said(rule: Rule) -> list[str]:
    """Return what each step of a rule's escalation asks of whom: "3 of 8: head of desk"."""
    found = []
    for number, step in enumerate(rule.escalation, start=1):
        action = f" ({step['action']})" if "action" in step else ""
        found.append(f"{number} of {len(rule.escalation)}: {step['to']}{action}")
    return found
