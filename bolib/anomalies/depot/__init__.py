"""Depot: what custodians hold against the bank's own positions and those of its clients, security by security.

A difference is explained before it is called a break: what has not settled, securities lent and borrowed, events the
market has not paid yet. Only what is left over is a break.
"""

from datetime import timedelta
from fractions import Fraction

import pyarrow as pa

from bolib.anomalies.chasers import written
from bolib.anomalies.depot.breaks import add_breaks
from bolib.anomalies.depot.chasers import drafts
from bolib.anomalies.depot.explaining import explain
from bolib.anomalies.depot.returns import still_out
from bolib.anomalies.depot.worth import valued
from bolib.day import Day
from bolib.holdings import add_accounts, shared_accounts
from bolib.holdings.units import epochs, growth, in_units, splits_by_security
from bolib.views import prepare as make
from bolib.views import views

TABLES = ("depot", "depot_proof", "depot_breaks", "depot_chasers", "open_holdings")

UNITS = pa.schema([
    ("measure", pa.string()), ("evening", pa.date32()), ("isin", pa.string()), ("from_date", pa.date32()),
    ("until_date", pa.date32()), ("numerator", pa.int64()), ("denominator", pa.int64()),
])  # fmt: skip


def prepare(day: Day) -> None:
    """Add `depot_explained`, each position compared, and `depot_breaks`, what is left over with its class and value."""
    add_accounts(day)
    _add_unlinked(day)
    _make(day, "depot_evenings", "first_deal", "known_events")
    _add_units(day)
    _make(day, "depot_parts")
    day.engine.run(in_units, "depot_parts", key="isin", into="depot_counted")
    _make(day, "depot_compared", "depot_candidates")
    day.engine.run(explain, "depot_compared", "depot_candidates", key="account", into="depot_explained")
    _make(day, "depot", "depot_suspects", "loans_late")
    day.engine.run(still_out, "loans_late", key="account", into="loans_out")
    add_breaks(day)
    _make(day, "depot_valued")
    day.engine.run(valued, "depot_valued", key="account", into="depot_breaks")
    day.engine.add("depot_chasers", written(day, drafts(day)))


def _make(day: Day, *names: str) -> None:
    make(day.engine, views("anomalies"), set(names), **day.bound)


def _add_unlinked(day: Day) -> None:
    """Add `depot_unlinked`: accounts whose own position is not known, as a book of theirs is held elsewhere too."""
    day.engine.add("depot_unlinked", pa.table({"account": pa.array(sorted(shared_accounts(day)), pa.string())}))


def _add_units(day: Day) -> None:
    """Add `depot_units`: by evening and security, its units that evening in one unit of an earlier day.

    BOOKS counts every split and redemption with an ex-date by then, PAID those the market had paid by then.
    """
    evenings = day.engine.query("select distinct evening from depot_evenings")["evening"].to_pylist()
    rows = []
    for isin, events in splits_by_security(day, day.rows("known_events"), kept).items():
        for evening in evenings:
            paid = [event for event in events if event["pay_date"] is None or event["pay_date"] <= evening]
            for measure, counted in (("BOOKS", events), ("PAID", paid)):
                of = {"measure": measure, "evening": evening, "isin": isin}
                rows += [{**of, **row} for row in epochs(evening + timedelta(days=1), counted)]
    day.engine.add("depot_units", pa.Table.from_pylist(rows, schema=UNITS))


def kept(event: dict) -> Fraction | None:
    """Return the units of the same security after an event in one before it; nothing is left of what is redeemed.

    An exchange into another security is none: it shows as two positions that do not agree, and is told as one.
    """
    if event["new_isin"] not in (None, event["isin"]):
        return None
    return Fraction(0) if event["type"] == "REDM" else growth(event)
