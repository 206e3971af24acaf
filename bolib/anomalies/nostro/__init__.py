"""Nostro: the bank's own record of its accounts against the statements of its correspondents."""

from decimal import Decimal

from bolib.day import Day
from bolib.errors import ParameterError
from bolib.matching import matcher
from bolib.matching.passes import Settings
from bolib.views import prepare as prepare_views
from bolib.views import views

TABLES = ("matches", "breaks", "nostro_proof", "nostro_suggestions")
WORDS = ("earliest_days", "latest_days", "alone_days", "tolerances")


def prepare(day: Day) -> None:
    """Match both sides and keep what was found as `nostro_matches`."""
    prepare_views(day.engine, views("anomalies"), {"nostro_ours", "nostro_theirs"}, **day.bound)
    kernel = matcher(_settings(day.parameters["nostro"]))
    day.engine.run(kernel, "nostro_ours", "nostro_theirs", key="block", into="nostro_matches")


def _settings(given: dict) -> Settings:
    """Return what may differ, from the parameters of the report."""
    if set(given) != set(WORDS):
        where = "parameters/anomalies.yml, nostro"
        raise ParameterError(where, f"the words {', '.join(WORDS)}", ", ".join(given), "Correct the file.")
    tolerances = [(row["reason"], _minor(row["from"]), _minor(row["to"])) for row in given["tolerances"]]
    days = (given["earliest_days"], given["latest_days"])
    return Settings(*days, tolerances=tuple(tolerances), alone_days=given["alone_days"])


def _minor(amount: object) -> int:
    return int(Decimal(str(amount)).scaleb(2))
