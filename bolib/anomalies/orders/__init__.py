"""Orders against deals, and limits: was what was dealt ordered, within its limits, and covered?"""

from bolib import valuation
from bolib.day import Day
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ()


def prepare(day: Day) -> None:
    """Value open orders in their currency, and limits in euros."""
    prepared = views("anomalies")
    prepare_views(day.engine, prepared, {"order_rows", "limit_rows"}, **day.bound)
    day.engine.run(valuation.value, "order_rows", key="order_id", into="valued_orders")
    day.engine.run(valuation.convert, "limit_rows", key="subject", into="limits_in_euros")
