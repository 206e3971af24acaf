"""Deals against what is known of them: market, calendar, counterparty, settlement instructions, fees."""

from bolib import scoring
from bolib.anomalies.terms.bonds import weighed_bonds
from bolib.anomalies.terms.weighing import weighed
from bolib.day import Day
from bolib.views import closure, views
from bolib.views import prepare as prepare_views

TABLES = ()

WEIGHED = {"weighed_deals", "weighed_bonds"}
"""What the kernels say of each deal."""


def prepare(day: Day) -> None:
    """Say of each recent deal what no SELECT can: worth in euros, fee of the grid, distance from the market; of bonds,
    the interest they should carry and their yield.
    """
    prepared, bound = views("anomalies"), day.bound | {"checked_days": checked_days(day)}
    prepare_views(day.engine, prepared, {"close_changes"}, **bound)
    day.engine.run(scoring.moves, "close_changes", key="name", into="close_moves")
    prepare_views(day.engine, prepared, {"deal_rows", "bond_rows"}, **bound)
    day.engine.run(weighed, "deal_rows", key="trade_id", into="weighed_deals")
    day.engine.run(weighed_bonds, "bond_rows", key="trade_id", into="weighed_bonds")


def checked_days(day: Day) -> int:
    """Return over how many business days deals are weighed: as the parameters say, or as far as a control looks."""
    prepared = views("anomalies")
    looked_back = [
        item.thresholds["looked_back_days"]
        for item in day.controls
        if "looked_back_days" in item.thresholds and WEIGHED & closure(item.sql, prepared, set())
    ]
    return max([day.parameters["checked_days"], *looked_back])
