"""Deals against what is known of them: market, calendar, counterparty, settlement instructions, fees."""

from bolib import scoring
from bolib.anomalies.terms.bonds import weighed_bonds
from bolib.anomalies.terms.weighing import weighed
from bolib.day import Day
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ()


def prepare(day: Day) -> None:
    """Say of each recent deal what no SELECT can: worth in euros, fee of the grid, distance from the market; of bonds,
    the interest they should carry and their yield.
    """
    prepared = views("anomalies")
    prepare_views(day.engine, prepared, {"close_changes"}, **day.bound)
    day.engine.run(scoring.moves, "close_changes", key="name", into="close_moves")
    prepare_views(day.engine, prepared, {"deal_rows", "bond_rows"}, **day.bound)
    day.engine.run(weighed, "deal_rows", key="trade_id", into="weighed_deals")
    day.engine.run(weighed_bonds, "bond_rows", key="trade_id", into="weighed_bonds")
