"""The journal: is every entry balanced, numbered, dated, approved, and made as its operation and its accounts say?"""

import pyarrow as pa

from bolib import valuation
from bolib.anomalies.journal.chart import chart
from bolib.anomalies.journal.numbers import number_gaps
from bolib.day import Day
from bolib.scoring import surprises
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ("journal_totals",)

NUMBERED = "select journal_code, entry_no from entries"
"""All numbers go to one call: whether journals share a sequence is told from all of them."""

OFF_RATE = "JRN-29"
"""The control whose floor decides which lines are looked at again."""


def prepare(day: Day) -> None:
    """Add the chart, days the bank is closed, gaps in numbers, surprising pairs, and lines off their rate."""
    day.engine.add("chart", chart(day.folder, day.parameters.get("chart", "")))
    [floors] = [item.thresholds for item in day.controls if item.id == OFF_RATE]
    prepare_views(day.engine, views("anomalies"), {"entries", "entry_pairs", "foreign_lines"}, **day.bound, **floors)
    closed = sorted({date for dates in day.rulebook.closing_days.values() for date in dates})
    day.engine.add("own_closing_days", pa.table({"date": pa.array(closed, pa.date32())}))
    day.engine.add("number_gaps", number_gaps(day.engine.query(NUMBERED)))
    day.engine.run(surprises, "entry_pairs", key="one", into="entry_rarity")
    day.engine.run(valuation.booked_apart, "foreign_lines", key=None, into="foreign_apart")
