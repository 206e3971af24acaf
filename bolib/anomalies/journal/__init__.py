"""The journal: is every entry balanced, numbered, dated, approved, and made as its operation and its accounts say?"""

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


def prepare(day: Day) -> None:
    """Add the chart, the gaps in the numbers, how much accounts and persons that meet surprise, and lines in euro."""
    day.engine.add("chart", chart(day.folder, day.parameters.get("chart", "")))
    prepare_views(day.engine, views("anomalies"), {"entries", "entry_pairs", "foreign_lines"}, **day.bound)
    day.engine.add("number_gaps", number_gaps(day.engine.query(NUMBERED)))
    day.engine.run(surprises, "entry_pairs", key="one", into="entry_rarity")
    day.engine.run(valuation.convert, "foreign_lines", key="key", into="foreign_in_euros")
