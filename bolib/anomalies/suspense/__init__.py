"""Suspense: what waits for its explanation, item by item and never netted; how old, whose, and what to do with it."""

from datetime import timedelta

import pyarrow as pa

from bolib.anomalies.suspense.proposals import Terms, proposer
from bolib.day import Day
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ("suspense", "suspense_items", "suspense_proof")
RULE = "C-16"


def prepare(day: Day) -> None:
    """Add the age of each date an item may have, and the open items with their stage and what is proposed."""
    terms = Terms.of(day.rulebook.closest(RULE, day.as_of).parameters, day.parameters.get("suspense") or [])
    day.engine.add("item_ages", _ages(day, terms))
    prepare_views(day.engine, views("anomalies"), {"suspense_open"}, **day.bound)
    day.engine.run(proposer(terms), "suspense_open", key="item", into="suspense_items")


def _ages(day: Day, terms: Terms) -> pa.Table:
    """Return the age in calendar days, and its band, of every date from the journal's first day to this one."""
    [first] = day.engine.query("select min(entry_date) as first_day from journal")["first_day"].to_pylist()
    first = min(first or day.as_of, day.as_of)
    dates = [first + timedelta(days=count) for count in range((day.as_of - first).days + 1)]
    ages = [(day.as_of - one).days for one in dates]
    kinds: list[tuple[str, list, pa.DataType]] = [
        ("date", dates, pa.date32()),
        ("age_days", ages, pa.int64()),
        ("band", [terms.band(age) for age in ages], pa.string()),
    ]
    return pa.table({name: pa.array(values, kind) for name, values, kind in kinds})
