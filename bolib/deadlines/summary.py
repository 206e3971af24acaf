"""The deadlines in one sentence, and in the few numbers a manager reads first."""

from collections import Counter

import pyarrow as pa

from bolib.day import Day
from bolib.deadlines.objects import counted
from bolib.results import Verdict, judged

STATES = """
select c.object_type, c.key, c.currency, c.amount, min(
    case
        when c.status = 'OVERDUE' then 1 when c.status = 'TODAY' then 2 when c.days_left <= $days_ahead then 3 else 4
    end
) as state
from judged_clocks c
left join internal_limits l on l.own_rule = c.rule
where c.status in ('OVERDUE', 'TODAY', 'OPEN') and c.recorded and l.own_rule is null
group by c.object_type, c.key, c.currency, c.amount
"""
"""Each open object once, by its most pressing clock: 1 overdue, 2 due today, 3 due soon, 4 later.

What passes a limit of the bank's own alone is not overdue: a control says it. Objects of a source that never records
when they are done may be done already: they are counted apart.
"""


NAMED = 5
"""Kinds of objects the verdict calls by name; the headline and the sections have them all."""


def pressing(day: Day) -> list[dict]:
    """Return object_type, state, currency, objects, amount of what is overdue (1), due today (2) or soon (3)."""
    return day.engine.query(
        f"select object_type, state, currency, cast(count(*) as bigint) as objects,"
        f" cast(sum(amount) as decimal(18,2)) as amount from ({STATES}) open_objects where state <= 3"
        f" group by object_type, state, currency order by object_type desc, state, currency",
        **day.bound,
    ).to_pylist()


def verdict(day: Day, findings: pa.Table, checked: list[dict]) -> Verdict:
    """Return the sentence: what is overdue, due today and due soon."""
    rows = pressing(day)
    parts = [f"{words} {_said([row for row in rows if row['state'] == state])}" for state, words in _words(day)]
    said = f"Deadlines of {day.as_of:%-d %B %Y}: {'; '.join(parts)}.{_unjudged(day)}"
    return judged(day, said, findings, checked)


def _words(day: Day) -> list[tuple[int, str]]:
    return [(1, "overdue"), (2, "due today"), (3, f"due in {day.parameters['days_ahead']} days")]


def _said(rows: list[dict]) -> str:
    """Return "16: 13 settlements, 2 complaints, 1 filing" of the rows of one state, the most numerous kinds by name."""
    kinds = _kinds(rows)
    said = [counted(number, kind) for kind, number in kinds[:NAMED]]
    if rest := kinds[NAMED:]:
        kind = "another kind" if len(rest) == 1 else f"{len(rest)} kinds"
        said.append(f"{sum(number for _, number in rest):,} more of {kind}")
    return f"{sum(number for _, number in kinds):,}: {', '.join(said)}" if len(said) > 1 else "".join(said) or "nothing"


def _kinds(rows: list[dict]) -> list[tuple[str, int]]:
    """Return each kind of object with its number, the most numerous first."""
    numbers: Counter = Counter()
    for row in rows:
        numbers[row["object_type"]] += row["objects"]
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))


def _unjudged(day: Day) -> str:
    clocks, objects = unjudged(day)
    if not clocks:
        return ""
    source = f" {objects:,} more come from sources that never record an answer"
    return f"{source}; {clocks:,} of their clocks have run out, not judged."


def unjudged(day: Day) -> tuple[int, int]:
    """Return how many clocks have run out in sources that never record an answer, and how many objects they hold."""
    counted = day.engine.query("select count(distinct key) as objects from judged_clocks where not recorded")
    clocks = sum(row["clocks"] for row in day.rows("unjudged") if row["reason"] == "NOT_RECORDED")
    return clocks, counted["objects"][0].as_py()


def headline(day: Day) -> list[dict]:
    """Return label, value, unit and note of the numbers shown first."""
    rows = pressing(day)
    shown_first = []
    for state, words in _words(day):
        kinds = _kinds([row for row in rows if row["state"] == state])
        note, total = ", ".join(counted(number, kind) for kind, number in kinds), sum(number for _, number in kinds)
        note = note or ("nothing" if rows else "nothing open")
        shown_first.append({"label": words.capitalize(), "value": f"{total:,}", "unit": "", "note": note})
    clocks, _ = unjudged(day)
    note = "clocks run out in sources that never record an answer"
    return [*shown_first, {"label": "Not judged", "value": f"{clocks:,}", "unit": "", "note": note}]
