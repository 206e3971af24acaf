"""Card payments and refunds matched on an earlier evening, recalled when something of their payment is told today.

A refund, a second presentment or a dispute comes days or months after its payment, and a second refund after the first.
Each evening publishes the clearings it matched; the next ones look there for those that today's files name and may hold
no more.
"""

import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bolib.day import Day
from bolib.results import earlier_days, read
from bolib.tables.results import RESULTS
from bolib.views import complete

KEPT = RESULTS["matched_clearings"]

PAYMENTS = """
select authorisation_id as name from card_clearings
union select authorisation_id as name from carried_clearings
union select authorisation_id as name from card_authorisations
"""
"""The payments something is told of today, or was open of before."""

CONTESTED = "select distinct arn as name from card_disputes"


def recalled(day: Day) -> pa.Table:
    """Return what the evenings of the last `card_recalled_days` (calendar days) matched and today's files name."""
    first = day.as_of - datetime.timedelta(days=day.parameters["card_recalled_days"])
    folders = [path for path in earlier_days(day.history, day.as_of) if path.parent.name >= first.isoformat()]
    return _named(day, folders) if folders else complete(KEPT, None)


def _named(day: Day, folders: list[Path]) -> pa.Table:
    """Return the rows of the published days that today's files name, each clearing as the last of them has it."""
    payments, contested = (_names(day, sql) for sql in (PAYMENTS, CONTESTED))
    seen, kept = set(), []
    for folder in reversed(folders):
        rows = complete(KEPT, read(folder, KEPT.name))
        wanted = pc.or_(pc.is_in(rows["authorisation_id"], payments), pc.is_in(rows["arn"], contested))
        named = rows.filter(wanted)
        new = [arn not in seen for arn in named["arn"].to_pylist()]
        kept.append(named.filter(pa.array(new, pa.bool_())))
        seen.update(named["arn"].to_pylist())
    return pa.concat_tables(kept)


def _names(day: Day, sql: str) -> pa.Array:
    return day.engine.query(sql)["name"].cast(pa.string()).combine_chunks()
