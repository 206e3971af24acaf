"""Loans in arrears as people read them: each opens on its instalments, its two counters and its next steps."""

import datetime
from collections import defaultdict
from typing import Any

from bolib.deadlines.instalments import APPLIED
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.leads import BEHIND
from bolib.report.recovery import in_words, said
from bolib.results import Result

LIMIT = 15
"""Loans in arrears of one band drawn in a page; the others are counted and stand in the CSV."""

OPENS_ON = ("unpaid_instalments", "recovery_work", "limitations", "letters", "episode_steps")
"""Tables a loan opens on."""

CSV = "results/arrears.csv"


def arrears(result: Result) -> Display:
    """Return the loans in arrears, the largest amount first; each opens on its instalments, counters and next steps."""
    behind = {name: _by_loan(result, name) for name in OPENS_ON}
    rows = [
        _opened(row, behind, result.day.as_of)
        for row in numerals.records(result.tables["arrears"])
        if row["loan_id"] in behind["recovery_work"]
    ]
    rows.sort(key=lambda row: (-row["amount_past_due"], row["loan_id"]))
    drawn = _first_of_each_band(rows)
    values = {"rows": drawn, "left_out": len(rows) - len(drawn), "csv": CSV, "as_of": result.day.as_of, "place": BEHIND}
    laws = [result.day.rulebook.rules(name)[-1] for name in APPLIED]
    return Display("arrears.html.j2", plain=f"{numerals.count(len(rows), 'loan')} in arrears", laws=laws, **values)


def _first_of_each_band(rows: list[dict]) -> list[dict]:
    drawn: dict[str, int] = defaultdict(int)
    for row in rows:
        drawn[row["bucket"]] += 1
        row["place"] = drawn[row["bucket"]]
    return [row for row in rows if row["place"] <= LIMIT]


def _opened(row: dict[str, Any], behind: dict[str, dict], as_of: datetime.date) -> dict[str, Any]:
    """Return a loan with what it opens on; `pause` is how many of the days since it is overdue were days of a pause."""
    unpaid, work, claims, letters, taken = (behind[name].get(row["loan_id"], []) for name in OPENS_ON)
    return row | {
        "first": work[0],
        "unpaid": sorted(unpaid, key=lambda item: (item["due_on"], item["instalment_no"])),
        "steps": [in_words(step) for step in sorted(work, key=lambda step: step["urgency"]) if step["step"]],
        "lapses": claims[0]["due_date"] if claims else None,
        "letters": letters,
        "taken": [step | {"what": said(step["step"])} for step in sorted(taken, key=lambda step: step["done_on"])],
        "pause": (as_of - row["overdue_since"]).days - row["days_past_due"],
    }


def _by_loan(result: Result, name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables[name]):
        found[row["loan_id"]].append(row)
    return found
