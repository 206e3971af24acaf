"""Nostro: the bank's own record of its accounts against the statements of its correspondents."""

from bolib.anomalies.chasers import written
from bolib.anomalies.nostro.chasers import drafts
from bolib.anomalies.nostro.settings import caps, grounds, settings
from bolib.day import Day
from bolib.matching import matcher
from bolib.matching.classes import classifier
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = (
    *("matches", "breaks", "nostro_proof", "nostro_suggestions", "nostro_breaks", "tolerated", "tolerated_days"),
    *("chasers", "open_lines"),
)


def prepare(day: Day) -> None:
    """Match both sides and keep what was found as `nostro_matches`, and why a line is open as `nostro_classes`."""
    rules = settings(day.parameters["nostro"])
    day.engine.add("tolerated_caps", caps(day.parameters["nostro"]))
    prepare_views(day.engine, views("anomalies"), {"nostro_ours", "nostro_theirs"}, **day.bound)
    day.engine.run(matcher(rules), "nostro_ours", "nostro_theirs", key="block", into="nostro_matches")
    explaining = {"nostro_lines", "nostro_deals", "known_events", "fixings"}
    prepare_views(day.engine, views("anomalies"), explaining, **day.bound)
    sides = [f"select * from nostro_lines where side = '{side}'" for side in ("LEFT", "RIGHT")]
    day.engine.run(classifier(grounds(day, rules)), *sides, key="currency", into="nostro_classes")
    prepare_views(day.engine, views("anomalies"), {"nostro_breaks"}, **day.bound)
    day.engine.add("chasers", written(day, drafts(day)))
