"""What may differ between both sides, and what explains a difference: from the parameters, the fee grid, the rates."""

from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from bolib.anomalies.nostro.known import minor, parts, shares_withheld
from bolib.day import Day
from bolib.errors import ParameterError
from bolib.matching.passes import Settings, Tolerance
from bolib.matching.reasons import Grounds

CAPS = pa.schema([("currency", pa.string()), ("cap", pa.decimal128(18, 2))])
WHERE = "parameters/anomalies.yml, nostro"
WORDS = (
    *("earliest_days", "latest_days", "alone_days", "tolerances", "caps", "tariffs", "fx_band_bp"),
    *("part_percent", "interest"),
)


def settings(given: dict) -> Settings:
    """Return what may differ, from the parameters of the report."""
    if set(given) != set(WORDS):
        raise ParameterError(WHERE, f"the words {', '.join(WORDS)}", ", ".join(given), "Correct the file.")
    days = (given["earliest_days"], given["latest_days"])
    tolerances = tuple(_tolerance(row) for row in given["tolerances"])
    return Settings(*days, tolerances=tolerances, alone_days=given["alone_days"])


def caps(given: dict) -> pa.Table:
    """Return what an account of a currency may accept in a day, of the currencies that have a cap of their own."""
    wrong = [row for row in given["caps"] if set(row) != {"currency", "amount"}]
    named = [row.get("currency") for row in given["caps"]]
    if wrong or len(named) > len(set(named)):
        wanted = "currency and amount, each currency once"
        raise ParameterError(f"{WHERE}, caps", wanted, str(wrong or named), "Correct the file.")
    rows = [{"currency": row["currency"], "cap": Decimal(str(row["amount"]))} for row in given["caps"]]
    return pa.Table.from_pylist(rows, schema=CAPS)


def _tolerance(row: dict) -> Tolerance:
    if set(row) - {"currency"} != {"reason", "from", "to"}:
        wanted = "reason, from and to of each tolerance, and currency where it is of one alone"
        raise ParameterError(WHERE, wanted, ", ".join(row), "Correct the file.")
    return Tolerance(row["reason"], minor(row["from"]), minor(row["to"]), row.get("currency"))


def grounds(day: Day, rules: Settings) -> Grounds:
    """Return what explains a difference that is not accepted."""
    given = day.parameters["nostro"]
    fees = sorted(day.rows("fee_grid"), key=lambda row: (row["venue"], row["asset_class"], row["valid_from"]))
    return Grounds(
        earliest=rules.earliest,
        latest=rules.latest,
        tariffs=tuple((row["reason"], row["currency"], minor(row["amount"])) for row in given["tariffs"]),
        fees=tuple(_fee(row) for row in fees),
        rates={(row["date"], row["currency"]): Fraction(row["rate"]) for row in day.rows("fixings")},
        fx_band=given["fx_band_bp"],
        part=tuple(given["part_percent"]),
        parts=parts(day),
        withheld=shares_withheld(day),
        interest=tuple(_interest(row) for row in given["interest"]),
    )


def _interest(row: dict) -> tuple:
    return row["reason"], row["currency"], Fraction(str(row["percent"])), row["days_of_year"]


def _fee(row: dict) -> tuple:
    words = f"{row['asset_class']} on {row['venue']}"
    points = Fraction(row["rate_bp"] or 0)
    return words, row["currency"], minor(row["minimum"] or 0), points, row["valid_from"], row["valid_to"]
