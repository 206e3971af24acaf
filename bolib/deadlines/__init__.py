"""What must be done by when: every object with a clock, its due date with the arithmetic, and who is late.

`clocks/` holds one SELECT an object: what starts its clock, under which rule, and when it was done. The rulebook
turns each distinct (rule, day) into a due date; `results/` joins the two. Controls stand beside this file.
"""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars import calendar
from bolib.day import Day
from bolib.deadlines.summary import headline, verdict
from bolib.findings import concluded, run_controls
from bolib.results import Result

FOLDER = Path(__file__).parent
RESULTS = ("judged_clocks", "deadlines", "unjudged", "ageing")
"""SELECTs of `results/`, in the order they are made."""

SILENT_SOURCE, CONTRACTUAL_DATE, OWN_FUNDS = "COMPL-08", "A-01", "A-51"
CYCLES = ("A-01", "A-03", "A-04", "A-05")
"""Rules that give the settlement cycle of the venues they name."""

PURGES = ("A2.matched.purge", "A2.unmatched.purge")
"""Rules that give the life of an instruction at the depositories they name."""


def produce(day: Day) -> Result:
    """Return the deadlines of the day, and the findings about them."""
    compute(day)
    findings, checked = run_controls(day)
    tables = {name: day.engine.table(name) for name in ("deadlines", "unjudged", "ageing")}
    return concluded(day, tables, findings, checked, verdict(day, findings, checked), headline(day))


def compute(day: Day) -> None:
    """Make every table of the report on the day's engine."""
    add_silent_sources(day)
    add_purging_places(day)
    add_clocks(day)
    add_due_dates(day)
    add_contractual_dates(day)
    add_ageing_bands(day)
    for name in RESULTS:
        day.engine.create(name, _select(f"results/{name}.sql"), **day.bound)


def _select(path: str) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")


def add_silent_sources(day: Day) -> None:
    """Add the sources of complaints that never record an answer: what the control on them finds."""
    control = next(item for item in day.controls if item.id == SILENT_SOURCE)
    day.engine.create("silent_sources", control.sql, **day.bound, **control.thresholds)


def add_purging_places(day: Day) -> None:
    """Add the depositories that cancel old instructions, by rule."""
    rows = [(rule, place) for rule in PURGES for place in day.rulebook.rules(rule)[0].parameters["places"]]
    columns = {"rule": [rule for rule, _ in rows], "place": [place for _, place in rows]}
    day.engine.add("purging_places", pa.table(columns))


def add_clocks(day: Day) -> None:
    """Add the clocks of all objects: object_type, key, rule, trigger_date, done_on, recorded, amount, currency."""
    selects = [_select(f"clocks/{path.name}") for path in sorted(FOLDER.glob("clocks/*.sql"))]
    day.engine.create("clocks", "\nunion all\n".join(selects), **day.bound)


def add_due_dates(day: Day) -> None:
    """Add the due date of each distinct clock, and the days of the calendars they are counted on."""
    select = "select rule, trigger_date, max(done_on) as done_on from clocks group by rule, trigger_date"
    started = day.engine.query(select)
    due = day.rulebook.due_dates(zip(started["rule"].to_pylist(), started["trigger_date"].to_pylist(), strict=True))
    day.engine.add("due_dates", due)
    dates = [pc.min(due["trigger_date"]), pc.max(due["due_date"]), pc.max(started["done_on"])]
    known = [found.as_py() for found in dates if found.as_py()] + [day.as_of]
    used = {"calendar": pa.string(), "date": pa.date32(), "day": pa.int64()}
    days = [_clock_days(day, name, min(known), max(known)) for name in sorted(set(due["calendar"].to_pylist()))]
    day.engine.add("clock_days", pa.concat_tables(days) if days else pa.schema(used.items()).empty_table())


def _clock_days(day: Day, name: str, first: date, last: date) -> pa.Table:
    rows = calendar(name, first, last, day.rulebook.closing_days.get(name, ()))
    return pa.table({"calendar": pa.array([name] * rows.num_rows), "date": rows["date"], "day": rows["day"]})


def add_contractual_dates(day: Day) -> None:
    """Add the latest settlement date each venue's cycle allows for each trade date; empty for an unknown venue."""
    dealt = day.engine.query("select distinct venue, trade_date from trades where venue is not null order by 1, 2")
    rule_of = {venue: rule for rule in CYCLES for venue in day.rulebook.rules(rule)[0].parameters["venues"]}
    rows = [row | _latest(day, rule_of.get(row["venue"]), row["trade_date"]) for row in dealt.to_pylist()]
    texts, dates = ("venue", "applied", "arithmetic"), ("trade_date", "latest")
    columns = [(name, pa.string()) for name in texts] + [(name, pa.date32()) for name in dates]
    day.engine.add("contractual_dates", pa.Table.from_pylist(rows, schema=pa.schema(columns)))


def _latest(day: Day, rule: str | None, trade_date: date) -> dict:
    if rule is None:
        return {}
    due = day.rulebook.due(rule, trade_date)
    return {"applied": due.rule.id, "latest": due.due_date, "arithmetic": due.arithmetic}


def add_ageing_bands(day: Day) -> None:
    """Add the age bands of fails: band, from_day, to_day (not included; empty for the last), factor in percent."""
    bands = day.rulebook.at(OWN_FUNDS, day.as_of).parameters["bands"]
    starts = [band["from"] for band in bands]
    day.engine.add("ageing_bands", pa.table({
        "band": pa.array([band["band"] for band in bands], pa.string()),
        "from_day": pa.array(starts, pa.int64()),
        "to_day": pa.array([*starts[1:], None], pa.int64()),
        "factor": pa.array([band["factor"] for band in bands], pa.int64()),
    }))  # fmt: skip
