"""Recovery and litigation: the next lawful step of each loan in arrears, and the limitation that counts down.

The law suggests, a person decides: nothing here is sent or done by itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from bolib.calendars import months_after
from bolib.day import Day
from bolib.rulebook import Rule
from bolib.views import prepare as make
from bolib.views import views

TABLES = ("recovery_work", "limitations", "guarantee_terms", "stopped_cases", "episode_steps")

LADDER = (
    *("D-32.reminder", "D-32.call", "D-32.letter", "D-32.notice", "D-32.transfer"),
    *("D-32.termination", "D-32.action", "D-32.writeoff"),
)
INFORMED, STOP, PLAN = "D-12", "D-25.stop", "D-26.plan"
NOTICES = {"FORMAL_NOTICE": "D-14", "FICP_NOTICE": "D-23.delay"}
"""Letters after which the borrower must be left time, and the rule that says how much."""

LIMITATIONS = ("D-19", "D-20", "D-21")
COUNTED = "ARREARS"
"""What a rung of the ladder counts from, where it is no earlier step: the day from which days past due count."""


def prepare(day: Day) -> None:
    """Add what the rules say of each loan in arrears: rungs of the ladder, notices, incidents, limitation, stops."""
    add_stops(day)
    add_plan_limits(day)
    add_law(day)
    _make(day, "recovery_cases", "episode_steps", "ladder_anchors")
    add_ladder_dates(day)
    add_notice_ends(day)
    _make(day, "next_rungs", "ficp_incidents", "limitation_starts", "guarantee_terms", "ficp_records")
    add_limitation_alerts(day)


def _make(day: Day, *names: str) -> None:
    make(day.engine, views("deadlines"), set(names), **day.bound)


def add_law(day: Day) -> None:
    """Add the words of the rules that SELECTs compare with, and since when each limitation is the law."""
    day.engine.add("informing_steps", _words("step", day.rulebook.rules(INFORMED)[-1].parameters["done_by"]))
    day.engine.add("allowed_steps", _words("step", day.rulebook.rules(STOP)[-1].parameters["allowed"]))
    since = [day.rulebook.rules(name)[0].valid_from for name in LIMITATIONS]
    day.engine.add("limitation_laws", pa.table({"rule": pa.array(LIMITATIONS), "since": pa.array(since)}))


def _words(column: str, words: Iterable[str]) -> pa.Table:
    return pa.table({column: pa.array(list(words), pa.string())})


def add_stops(day: Day) -> None:
    """Add `collection_stops`: customer_id, filed_on, admitted_on, stopped_until (empty: not known) of the cases that
    stand, and the rule and arithmetic of that day."""
    rows = [row | _until(day, row) for row in day.rows("insolvency_cases") if _admitted(day, row)]
    standing = [row for row in rows if row["stopped_until"] is None or row["stopped_until"] >= day.as_of]
    last = {row["customer_id"]: row for row in sorted(standing, key=lambda row: row["admitted_on"])}
    dates = [(name, pa.date32()) for name in ("filed_on", "admitted_on", "plan_from", "stopped_until")]
    schema = pa.schema([("customer_id", pa.string()), *dates, ("rule", pa.string()), ("arithmetic", pa.string())])
    day.engine.add("collection_stops", pa.Table.from_pylist(list(last.values()), schema=schema))


def _admitted(day: Day, case: dict) -> bool:
    closed = case["closed_on"] is not None and case["closed_on"] <= day.as_of
    return case["admitted_on"] is not None and case["admitted_on"] <= day.as_of and not closed


def _until(day: Day, case: dict) -> dict:
    """Return the last day of the stop, of the plan where there is one, else what the law allows; and its arithmetic."""
    if case["plan_from"] is not None and case["plan_from"] <= day.as_of:
        return {"stopped_until": case["plan_to"], "rule": PLAN, "arithmetic": "end of the plan"}
    if case["admitted_on"] < day.rulebook.rules(STOP)[0].valid_from:
        return {"stopped_until": None, "rule": STOP, "arithmetic": "admitted before the rule was in force"}
    due = day.rulebook.due(STOP, case["admitted_on"])
    return {"stopped_until": due.due_date, "rule": STOP, "arithmetic": due.arithmetic}


def add_plan_limits(day: Day) -> None:
    """Add `plan_limits`: plan_from, at_most, arithmetic; the last day a plan may have, one row a first day."""
    query = "select distinct plan_from from insolvency_cases where plan_from is not null order by plan_from"
    since = day.rulebook.rules(PLAN)[0].valid_from
    starts = [on for on in day.engine.query(query)["plan_from"].to_pylist() if on >= since]
    ends = _ends(day, [(PLAN, on) for on in starts])
    day.engine.add("plan_limits", pa.table({
        "plan_from": pa.array(starts, pa.date32()),
        "at_most": pa.array([ends[PLAN, on]["by_date"] for on in starts], pa.date32()),
        "arithmetic": pa.array([ends[PLAN, on]["arithmetic"] for on in starts], pa.string()),
    }))  # fmt: skip


def add_ladder_dates(day: Day) -> None:
    """Add `ladder_dates`: for each day something counts from, the first and the last day of each rung of the ladder."""
    anchors = day.engine.query("select distinct anchor, date from ladder_anchors order by anchor, date").to_pylist()
    rules = {name: day.rulebook.rules(name)[-1] for name in LADDER}
    needed = {rule.parameters.get("after") for rule in rules.values()}
    found = [
        _rung(rule, row["date"]) | {"anchor": row["anchor"], "required": rule.parameters["step"] in needed}
        for rule in rules.values()
        for row in anchors
        if row["anchor"] == rule.parameters.get("from_step", COUNTED)
    ]
    ends = _ends(day, [(row["rule"], row["date"]) for row in found])
    kinds = {"rule": pa.string(), "step": pa.string(), "rank": pa.int64(), "required": pa.bool_()}
    kinds |= {"anchor": pa.string(), "date": pa.date32(), "after_step": pa.string(), "from_date": pa.date32()}
    kinds |= {"by_date": pa.date32(), "arithmetic": pa.string()}
    rows = [row | ends[row["rule"], row["date"]] for row in found]
    day.engine.add("ladder_dates", pa.Table.from_pylist(rows, schema=pa.schema(kinds.items())))


def _rung(rule: Rule, anchor: date) -> dict:
    given = rule.parameters
    months = months_after(np.array([anchor], "datetime64[D]"), given.get("from_months", 0))[0].item()
    first = months + timedelta(given.get("from_day", 0))
    return {
        "rule": rule.id, "step": given["step"], "rank": given["rank"], "date": anchor,
        "after_step": given.get("after"), "from_date": first,
    }  # fmt: skip


def _ends(day: Day, clocks: list[tuple[str, date]]) -> dict[tuple[str, date], dict]:
    """Return by_date and arithmetic of each clock, given as rule and day."""
    columns = [pa.array([rule for rule, _ in clocks], pa.string()), pa.array([on for _, on in clocks], pa.date32())]
    asked = pa.table(
        [*columns, pa.nulls(len(clocks), pa.timestamp("us"))], names=["rule", "trigger_date", "triggered_at"]
    )
    return {
        (row["rule"], row["trigger_date"]): {"by_date": row["due_date"], "arithmetic": row["arithmetic"]}
        for row in day.rulebook.due_dates(asked).to_pylist()
    }


def add_notice_ends(day: Day) -> None:
    """Add `notice_ends`: step and done_on of a letter, and the first day after the time the borrower must be left."""
    query = "select distinct step, done_on from collection_steps where done_on <= $as_of order by step, done_on"
    sent = day.engine.query(query, as_of=day.as_of).to_pylist()
    letters = [(row["step"], row["done_on"]) for row in sent if row["step"] in NOTICES]
    ends = _ends(day, [(NOTICES[step], on) for step, on in letters])
    free = [ends[NOTICES[step], on]["by_date"] + timedelta(1) for step, on in letters]
    day.engine.add("notice_ends", pa.table({
        "step": pa.array([step for step, _ in letters], pa.string()),
        "done_on": pa.array([on for _, on in letters], pa.date32()),
        "free_on": pa.array(free, pa.date32()),
    }))  # fmt: skip


def add_limitation_alerts(day: Day) -> None:
    """Add `limitation_alerts`: for each limitation that runs, the days on which so many months are left."""
    query = "select distinct rule, trigger_date from limitation_starts order by rule, trigger_date"
    asked = [(row["rule"], row["trigger_date"]) for row in day.engine.query(query).to_pylist()]
    rows = [row for (rule, on), end in _ends(day, asked).items() for row in _alerts(day, rule, on, end["by_date"])]
    kinds = {"rule": pa.string(), "trigger_date": pa.date32(), "months": pa.int64(), "from_date": pa.date32()}
    day.engine.add("limitation_alerts", pa.Table.from_pylist(rows, schema=pa.schema(kinds.items())))


def _alerts(day: Day, rule: str, trigger: date, end: date) -> list[dict]:
    months = day.rulebook.at(rule, trigger).parameters["alert_months"]
    first = [months_after(np.array([end], "datetime64[D]"), -number)[0].item() for number in months]
    named = {"rule": rule, "trigger_date": trigger}
    return [named | {"months": number, "from_date": on} for number, on in zip(months, first, strict=True)]
