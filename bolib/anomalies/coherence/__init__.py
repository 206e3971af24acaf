"""Front office against back office, deal by deal: missing, behind, doubled, or written differently."""

import pyarrow as pa

from bolib.anomalies.coherence.aside import OFFICES, add_set_aside
from bolib.day import Day
from bolib.tables.results import RESULTS
from bolib.valuation.exact import AMOUNT
from bolib.views import prepare as prepare_views
from bolib.views import result_schema, views

TABLES = ("differences", "trade_sums")
TOLERANCES = "COH-03"
"""The control whose tolerances decide what is a difference."""

COMPARED = pa.schema([
    ("side", pa.string()), ("trade_id", pa.string()), ("version", pa.int64()), ("amount", AMOUNT),
    ("currency", pa.string()), ("settlement_date", pa.date32()), ("class", pa.string()),
])  # fmt: skip
"""Columns of `trade_rows`, every deal of either office as it was compared."""


def prepare(day: Day) -> None:
    """Make the differences between the offices; there are none to tell where only one of them was received."""
    if set(OFFICES) - day.present:
        day.engine.add("differences", pa.Table.from_pylist([], schema=result_schema(RESULTS["differences"])))
        day.engine.add("trade_rows", COMPARED.empty_table())
        return
    [tolerances] = [item.thresholds for item in day.controls if item.id == TOLERANCES]
    prepare_views(day.engine, views("anomalies"), {"differences", "unpaired_deals"}, **day.bound, **tolerances)
    add_set_aside(day)
