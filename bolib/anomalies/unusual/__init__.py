"""What no rule foresaw: records that fit nothing known before their day, told with what was expected and seen.

Three kernels judge the records of the last days, each day by what was known on it: fields never said together (nats),
amounts far from their kind (spreads), prices that leave their market or stop moving. The results published so far are
judged by what parts them from the front office's estimate, instalments by what parts them from their schedule, and
stated positions by what parts them from those of the evening before and what moved since. What is told becomes
`alerts`: each with its sentence, grouped by cause, ranked, and cut at the day's budget. A control for every table then
makes those shown into findings, so that an alert has an id, an age, an owner and a decision like any other.
"""

import pyarrow as pa

from bolib import scoring
from bolib.anomalies.depot.worth import valued
from bolib.anomalies.unusual.alerts import alerts
from bolib.anomalies.unusual.causes import causes, members, todays_results
from bolib.anomalies.unusual.pictures import counts, points
from bolib.anomalies.unusual.settings import Settings, settings
from bolib.anomalies.unusual.steps import steps
from bolib.day import Day
from bolib.findings import Breach
from bolib.results import earlier, read
from bolib.tables.results import RESULTS
from bolib.views import prepare as prepare_views
from bolib.views import result_schema, views

TABLES = ("alerts", "alert_counts", "alert_points", "alert_steps", "causes")

FIELDS = ("odd_trades", "odd_entries", "odd_cards", "odd_events")
"""Views of records and what is said of them; every column that is not block, key, day or judged is a field."""


def prepare(day: Day) -> None:
    """Let the kernels judge the records of the last days, and keep what they say as `alert_rows`."""
    given = settings(day.parameters["unusual"])
    prepare_views(day.engine, views("anomalies"), {*FIELDS, "judged_amounts", "odd_prices"}, **day.bound)
    rare = scoring.rare(given.nats, given.young_days, given.composites)
    for name in FIELDS:
        day.engine.run(rare, name, key="block", into=name.replace("odd", "rare"))
    far = scoring.outliers(given.spreads, relative=True, floor=given.floor)
    day.engine.run(far, "judged_amounts", key="block", into="far_amounts")
    day.engine.add("published_books", _published(day))
    prepare_views(day.engine, views("anomalies"), {"judged_results"}, **day.bound)
    apart = scoring.outliers(given.spreads, relative=False, floor=given.result_floor * 100)
    day.engine.run(apart, "judged_results", key="block", into="far_results")
    _schedules(day, given)
    prepare_views(day.engine, views("anomalies"), {"rolled_positions"}, **day.bound)
    day.engine.run(valued, "rolled_positions", key="account", into="rolled_worth")
    prepare_views(day.engine, views("anomalies"), {"disputed_deals", "disputed_positions"}, **day.bound)
    day.engine.run(valued, "disputed_deals", key="trade_id", into="disputed_worth")
    quotes = scoring.quotes(given.price_spreads, given.price_bp, given.stale_nats)
    day.engine.run(quotes, "odd_prices", key="block", into="odd_quotes")
    prepare_views(day.engine, views("anomalies"), {"alert_rows"}, **day.bound)


def _schedules(day: Day, given: Settings) -> None:
    """Judge the instalments of the last days by what parts them from their schedule, beside their loan's habit."""
    prepare_views(day.engine, views("anomalies"), {"loan_instalments"}, **day.bound)
    day.engine.run(scoring.schedules, "loan_instalments", key="loan_id", into="loan_schedules")
    apart = scoring.outliers(given.spreads, relative=False, floor=given.schedule_floor)
    day.engine.run(apart, "loan_schedules", key="block", into="far_schedules")


def _published(day: Day) -> pa.Table:
    """Return the results of the books as the day before published them; no rows where no day was published."""
    folder = earlier(day.history, day.as_of)
    rows = read(folder, "pnl_books") if folder else None
    return rows if rows is not None else result_schema(RESULTS["pnl_books"]).empty_table()


def judge(day: Day, breaches: list[Breach]) -> None:
    """Keep as `alerts` what is worth a look beside what controls found; what shares a cause; what pictures show."""
    given = settings(day.parameters["unusual"])
    told = causes(day, breaches, given.budget)
    day.engine.add("alerts", alerts(day, given, told))
    groups = members(told, day.engine.table("alerts").to_pylist(), todays_results(day, told))
    day.engine.add("causes", pa.Table.from_pylist(groups, schema=result_schema(RESULTS["causes"])))
    shown = [row for row in day.engine.table("alerts").to_pylist() if row["place"] == "SHOWN"]
    day.engine.add("alert_counts", counts(day, shown))
    day.engine.add("alert_points", points(day, shown))
    day.engine.add("alert_steps", steps(day, day.engine.table("alerts").to_pylist()))
