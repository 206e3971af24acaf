"""What must be done by when: every object with a clock, its due date with the arithmetic, and who is late.

One folder a subject. Its `clocks/` hold one SELECT an object: what starts its clock, under which rule, and when it
was done; its controls and views stand beside, and its `outcomes/` say what else the rules make of an object, so that
`impact` can try other rules. The rulebook turns each distinct (rule, day) into a due date; `results/` joins the two.
"""

from dataclasses import replace

from bolib.coverage import register
from bolib.day import Day
from bolib.deadlines import (
    cards,
    complaints,
    corporate_actions,
    estates,
    filings,
    incidents,
    penalties,
    processing,
    settlement,
)
from bolib.deadlines.counting import add_clocks, add_due_dates, text
from bolib.deadlines.ladder import add_ladder
from bolib.deadlines.summary import headline, verdict
from bolib.findings import concluded, run_controls
from bolib.results import Result
from bolib.views import prepare, views

SUBJECTS = (settlement, complaints, estates, cards, incidents, processing, penalties, filings, corporate_actions)
"""Each prepares the tables its SELECTs need, and names in TABLES the views its section of the page shows."""


def produce(day: Day) -> Result:
    """Return the deadlines of the day, and the findings about them."""
    if not day.rulebook.limits:  # nothing to check for a bank without limits of its own
        day = replace(day, controls=[item for item in day.controls if "internal_limits" not in item.tables])
    compute(day)
    findings, checked = run_controls(day)
    tables = {name: day.engine.table(name) for name in ("deadlines", "unjudged", *shown_by_subjects())}
    tables["rules"] = register(day.rulebook, day.folder, day.as_of)
    return concluded(day, tables, findings, checked, verdict(day, findings, checked), headline(day))


def shown_by_subjects() -> list[str]:
    """Return the names of the tables that the sections of the subjects show."""
    return [name for subject in SUBJECTS for name in subject.TABLES]


def compute(day: Day) -> None:
    """Make every table of the report on the day's engine."""
    for subject in SUBJECTS:
        subject.prepare(day)
    add_clocks(day)
    judge(day)
    prepare(day.engine, views("deadlines"), set(shown_by_subjects()), **day.bound)


def judge(day: Day) -> None:
    """Make of the clocks the tables that say when each is due and how it stands."""
    add_due_dates(day)
    _add_result(day, "judged_clocks")
    add_ladder(day)
    _add_result(day, "deadlines")
    _add_result(day, "unjudged")


<<<<<<< /root/lead/m_o
def _add_result(day: Day, name: str) -> None:
    day.engine.create(name, text(name), **day.bound)
=======
def _add_result(day: Day, name: str, into: str = "") -> None:
    day.engine.create(into or name, _text(FOLDER / "results" / f"{name}.sql"), **day.bound)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def add_clocks(day: Day) -> None:
    """Add the clocks of all objects, one row a clock.

    object_type, key, rule, trigger_date, triggered_at, done_on, done_at, recorded, amount, currency: the moments are
    given where a rule counts hours or ends at an hour; `recorded` is false in a source that never says what was done.
    """
    clocks = "\nunion all\n".join(_text(path) for path in sorted(FOLDER.glob("*/clocks/*.sql")))
    limits = _internal_limits(day)
    day.engine.add("internal_limits", limits)
    day.engine.create("legal_clocks" if limits.num_rows else "clocks", clocks, **day.bound)
    if limits.num_rows:
        _add_result(day, "with_limits", "clocks")


def _internal_limits(day: Day) -> pa.Table:
    """Return the limits of the bank's own, with first and last day, beside every rule their law may be asked by."""
    book = day.rulebook
    rows = [
        (own, asked, *book.period(own))
        for own, law in book.limits.items()
        for asked in book.ids
        if law in {rule.id for rule in book.timeline(asked)}
    ]
    kinds = {"own_rule": pa.string(), "rule": pa.string(), "first_day": pa.date32(), "last_day": pa.date32()}
    return _columns(rows, kinds)


def _columns(rows: list[tuple], kinds: dict[str, pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)], list(kinds))


def add_due_dates(day: Day) -> None:
    """Add the due date of each distinct clock, and the days of the calendars they are counted on."""
    day.engine.add("rule_periods", _rule_periods(day))
    started = day.engine.query(_text(FOLDER / "results" / "started.sql"))
    due = day.rulebook.due_dates(started)
    day.engine.add("due_dates", due)
    dates = [pc.min(due["trigger_date"]), pc.min(due["due_date"]), pc.max(due["due_date"]), pc.max(started["done_on"])]
    known = [found.as_py() for found in dates if found.as_py()] + [day.as_of]
    used = {"calendar": pa.string(), "date": pa.date32(), "day": pa.int64()}
    days = [_clock_days(day, name, min(known), max(known)) for name in sorted(set(due["calendar"].to_pylist()))]
    day.engine.add("clock_days", pa.concat_tables(days) if days else pa.schema(used.items()).empty_table())


def _rule_periods(day: Day) -> pa.Table:
    """Return the first and last day of each rule that has a clock running, and whether it counts hours."""
    named = day.engine.query("select distinct rule from clocks order by rule")["rule"].to_pylist()
    rows = [(name, *day.rulebook.period(name), day.rulebook.counts_hours(name)) for name in named]
    kinds = {"rule": pa.string(), "first_day": pa.date32(), "last_day": pa.date32(), "in_hours": pa.bool_()}
    return _columns(rows, kinds)


def _clock_days(day: Day, name: str, first: date, last: date) -> pa.Table:
    rows = calendar(name, first, last, day.rulebook.closing_days.get(name, ()))
    return pa.table({"calendar": pa.array([name] * rows.num_rows), "date": rows["date"], "day": rows["day"]})
>>>>>>> /root/lead/m_t
