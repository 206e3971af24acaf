"""The warning signs of the great frauds of trading rooms: deals cancelled, deferred, netted, explained away."""

from bolib import scoring, valuation
from bolib.day import Day
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ()


def prepare(day: Day) -> None:
    """Compare what each trader deals in a day, gross and in euros, with the trader's own days before."""
    prepared = views("anomalies")
    prepare_views(day.engine, prepared, {"trader_days"}, **day.bound)
    day.engine.run(valuation.convert, "trader_days", key="trader", into="trader_cash")
    prepare_views(day.engine, prepared, {"trader_changes"}, **day.bound)
    day.engine.run(scoring.moves, "trader_changes", key="name", into="trader_moves")
