"""The deadlines in one sentence, and in the few numbers a manager reads first."""

from collections import Counter

import pyarrow as pa

from bolib.day import Day
from bolib.findings import shown
from bolib.results import Verdict

OBJECTS = {"instruction": "settlement", "complaint": "complaint"}
"""Object types as a reader says them."""

STATES = """
select object_type, key, currency, amount, min(
    case when status = 'OVERDUE' then 1 when status = 'TODAY' then 2 when days_left <= $days_ahead then 3 else 4 end
) as state
from deadlines
where status in ('OVERDUE', 'TODAY', 'OPEN')
group by object_type, key, currency, amount
"""
"""Each open object once, by its most pressing clock: 1 overdue, 2 due today, 3 due soon, 4 later."""


def pressing(day: Day) -> list[dict]:
    """Return object_type, state, currency, objects, amount of what is overdue (1), due today (2) or soon (3)."""
    return day.engine.query(
        f"select object_type, state, currency, cast(count(*) as bigint) as objects,"
        f" cast(sum(amount) as decimal(18,2)) as amount from ({STATES}) open_objects where state <= 3"
        f" group by object_type, state, currency order by object_type desc, state, currency",
        **day.bound,
    ).to_pylist()


def verdict(day: Day, findings: pa.Table, checked: list[dict]) -> Verdict:
    """Return the sentence: what is overdue, due today and due soon, and at what amounts."""
    counts = Counter(findings["severity"].to_pylist())
    rows = pressing(day)
    parts = [f"{words} {_said([row for row in rows if row['state'] == state])}" for state, words in _words(day)]
    ran = sum(item["status"] == "ran" for item in checked)
    found = ", ".join(f"{counts[name]} {name.lower()}" for name in ("CRITICAL", "MAJOR", "MINOR") if counts[name])
    text = f"Deadlines of {day.as_of:%-d %B %Y}: {'; '.join(parts)}.{_unjudged(day)} {ran} controls ran: {found or 'nothing found'}."
    level = "bad" if counts["CRITICAL"] or not day.proven else "warning" if counts else "good"
    return Verdict(text, level, dict(counts))


def _words(day: Day) -> list[tuple[int, str]]:
    return [(1, "overdue"), (2, "due today"), (3, f"due in {day.parameters['days_ahead']} days")]


def _said(rows: list[dict]) -> str:
    """Return "13 settlements (1,200.00 EUR, 30.00 USD) and 2 complaints" of the rows of one state."""
    said = []
    for kind in dict.fromkeys(row["object_type"] for row in rows):
        mine = [row for row in rows if row["object_type"] == kind]
        number, word = sum(row["objects"] for row in mine), OBJECTS.get(kind, kind)
        amounts = ", ".join(f"{shown(row['amount'])} {row['currency']}" for row in mine if row["amount"] is not None)
        said.append(f"{number:,} {word}{'s' if number != 1 else ''}{f' ({amounts})' if amounts else ''}")
    return " and ".join(said) or "nothing"


def _unjudged(day: Day) -> str:
    clocks = sum(day.engine.table("unjudged")["clocks"].to_pylist())
    return f" {clocks:,} clocks have run out in sources that record no answers: not judged." if clocks else ""


def headline(day: Day) -> list[dict]:
    """Return label, value, unit and note of the numbers shown first."""
    rows = pressing(day)
    shown_first = []
    for state, words in _words(day):
        found = Counter({row["object_type"]: 0 for row in rows})
        for row in rows:
            found[row["object_type"]] += row["objects"] * (row["state"] == state)
        note = ", ".join(f"{number:,} {OBJECTS.get(kind, kind)}s" for kind, number in found.items())
        shown_first.append({"label": words.capitalize(), "value": f"{found.total():,}", "unit": "", "note": note})
    return shown_first
