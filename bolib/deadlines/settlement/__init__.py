"""Settlement: what should have been delivered or paid, what holds it, how late it is, and what would release it."""

import pyarrow as pa

from bolib.calendars import calendar
from bolib.day import Day
from bolib.deadlines.settlement.chains import chain
from bolib.deadlines.settlement.desks import add_book_accounts, add_reason_desks
from bolib.deadlines.settlement.exposure import exposures
from bolib.deadlines.settlement.partials import partials
from bolib.deadlines.settlement.rule_tables import add_rule_tables
from bolib.valuation import accrued_interest
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = (
    *("ageing", "open_settlements", "settlement_chains", "partial_settlements"),
    *("fail_trend", "fail_rates", "market_fails", "known_names"),
)

BEFORE_CLOCKS = {"known_trades", "open_instructions", "releases", "status_changes", "first_confirmations"}
"""Views that clocks read, beside those of `free_exposures`."""


def prepare(day: Day) -> None:
    """Add what the rules say, what has not settled and what would release it."""
    add_rule_tables(day)
    add_reason_desks(day)
    add_book_accounts(day)
    add_accrued(day)
    add_market_days(day)
    _add_views(day, BEFORE_CLOCKS | {"free_exposures", "valued_instructions"})
    day.engine.run(exposures, "valued_instructions", key="instruction_id", into="instruction_exposures")
    _add_views(day, {"open_settlements", "desks"})
    _add_views(day, {"securities_coming", "securities_wanted", "partial_candidates"})
    day.engine.run(chain, "securities_coming", "securities_wanted", key="pool", into="chain_links")
    day.engine.run(partials, "partial_candidates", key="pool", into="partial_quantities")


def _add_views(day: Day, wanted: set[str]) -> None:
    prepare_views(day.engine, views("deadlines"), wanted, **day.bound)


def add_accrued(day: Day) -> None:
    """Add what bonds have earned by the evening since their last coupon: isin, date, accrued (percent of nominal)."""
    bonds = day.engine.query("select * from instruments where asset_class = 'BOND'")
    day.engine.add("accrued_by_bond", accrued_interest(bonds, pa.array([day.as_of])))


def add_market_days(day: Day) -> None:
    """Add the settlement days of the US market over the dates of its published fails, as one of the calendar tables."""
    dates = day.engine.query("select min(date) as first, max(date) as last from market_fail_balances")
    first, last = (dates[name][0].as_py() or day.as_of for name in ("first", "last"))
    day.engine.add("dtc_days", calendar("DTC", first, last))
