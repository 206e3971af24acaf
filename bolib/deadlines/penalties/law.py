"""What the rules say of depositories, reasons and rates, as tables: one row a version, with its dates."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars import calendar, find_calendar
from bolib.day import Day
from bolib.rulebook import Rule
from bolib.valuation import PRICE

PLACES, REASONS, SYSTEMS, CASH, APPEAL = "A-37", "A-33", "A-31", "A3.rate.cash", "A-34.appeal"
RATES, OVERNIGHT = "A3.rate.", "A3.overnight."
OTHER_SIDE = {"DELI": "RECE", "RECE": "DELI"}
DELIVERER = {"DELI": "US", "RECE": "THEM"}
RECEIVER = {"RECE": "US", "DELI": "THEM"}
DIRECTIONS = {"US": "DEBIT", "THEM": "CREDIT"}
BASIS_POINTS, PERCENT = 10_000, 100

SCHEMAS = {
    "penalty_places": {"place": pa.string(), "charged": pa.bool_(), "charged_in": pa.string()},
    "penalty_faults": {name: pa.string() for name in ("fault", "movement", "payment", "direction", "lack")},
    "penalty_rates": {name: pa.string() for name in ("lack", "kind", "rule")}
    | {"charge_rate": PRICE, "charge_divisor": pa.int64()},
    "growth_markets": {"penalty_class": pa.string(), "mic": pa.string(), "elsewhere": pa.string()},
}  # fmt: skip


def add_law(day: Day) -> None:
    """Add what the rules say, and the bank's choice of price sources.

    penalty_places, penalty_faults, penalty_rates, growth_markets, closed_systems, appeal_no_ground, price_ranks.
    """
    _add(day, "penalty_places", [PLACES], _places)
    _add(day, "penalty_faults", [REASONS], _faults)
    rates = [name for name in day.rulebook.ids if name.startswith(RATES) and name != CASH]
    overnight = [name for name in day.rulebook.ids if name.startswith(OVERNIGHT)]
    _add(day, "penalty_rates", [*rates, *overnight], lambda rule: _rates(day, rule))
    _add(day, "growth_markets", rates, _growth_markets)
    add_closed_systems(day)
    no_ground = day.rulebook.at(APPEAL, day.as_of).parameters["no_ground"]
    day.engine.add("appeal_no_ground", pa.table({"cause": pa.array(no_ground, pa.string())}))
    sources = day.parameters["reference_prices"]
    columns = {"source": pa.array(sources, pa.string()), "rank": pa.array(range(len(sources)), pa.int64())}
    day.engine.add("price_ranks", pa.table(columns))


def _add(day: Day, name: str, rules: list[str], rows_of: Callable[[Rule], Iterator[dict[str, Any]]]) -> None:
    """Add the rows of all versions of some rules, each with the days from and to which its version counts."""
    versions = [version for rule in rules for version in day.rulebook.timeline(rule)]
    rows = [row | _dates(version) for version in versions for row in rows_of(version)]
    schema = SCHEMAS[name] | {"valid_from": pa.date32(), "valid_to": pa.date32()}
    day.engine.add(name, pa.Table.from_pylist(rows, schema=pa.schema(schema.items())))


def _dates(version: Rule) -> dict[str, date]:
    return {"valid_from": version.valid_from, "valid_to": version.valid_to or date(9999, 12, 31)}


def _places(rule: Rule) -> Iterator[dict]:
    currency = rule.parameters.get("currency", {})
    for place in rule.parameters["places"]:
        yield {"place": place, "charged": True, "charged_in": currency.get(place)}
    for place in rule.parameters["without"]:
        yield {"place": place, "charged": False}


def _faults(rule: Rule) -> Iterator[dict]:
    """Yield who pays, and what that side lacks, by reason, movement and payment of our instruction."""
    reasons = rule.parameters["reasons"] | {"LATE_US": {"who": ["US"]}, "LATE_THEM": {"who": ["THEM"]}}
    for fault, reason in reasons.items():
        for movement in OTHER_SIDE:
            for payment in ("APMT", "FREE"):
                for who in reason["who"]:
                    party = {"DELIVERER": DELIVERER, "RECEIVER": RECEIVER}.get(who, {}).get(movement, who)
                    side = movement if party == "US" else OTHER_SIDE[movement]
                    lack = reason.get("lack") or rule.parameters["sides"][side][payment]
                    found = {"direction": DIRECTIONS[party], "lack": lack}
                    yield {"fault": fault, "movement": movement, "payment": payment} | found


def _rates(day: Day, rule: Rule) -> Iterator[dict]:
    """Yield the rate of a class of instruments in basis points, or of cash in percent of a year."""
    if rule.id.startswith(RATES):
        points, kind = Decimal(rule.parameters["basis_points"]), rule.parameters["penalty_class"]
        yield {
            "lack": "SECURITIES",
            "kind": kind,
            "rule": rule.id,
            "charge_rate": points,
            "charge_divisor": BASIS_POINTS,
        }
        return
    first = day.rulebook.timeline(CASH)[0].valid_from
    cash = day.rulebook.at(CASH, max(rule.valid_from, first)).parameters
    percent = max(Decimal(rule.parameters["percent"]), Decimal(cash["floor"]))
    rate = {"charge_rate": percent, "charge_divisor": PERCENT * cash["days_of_year"]}
    yield {"lack": "CASH", "kind": rule.id.removeprefix(OVERNIGHT), "rule": rule.id} | rate


def _growth_markets(rule: Rule) -> Iterator[dict]:
    """Yield the markets on which a deal has the lower rate of its class, and the class of deals made elsewhere."""
    kind, elsewhere = rule.parameters["penalty_class"], rule.parameters.get("elsewhere")
    for mic in rule.parameters.get("venues", ()):
        yield {"penalty_class": kind, "mic": mic, "elsewhere": elsewhere}


def add_closed_systems(day: Day) -> None:
    """Add `closed_systems`: the days on which the payment system of a currency is closed and depositories are open."""
    since = max(day.rulebook.timeline(SYSTEMS)[0].valid_from, find_calendar("T2S_PENALTY").first)
    opened = calendar("T2S_PENALTY", since, day.as_of)["open"]
    columns: dict[str, list] = {"currency": [], "date": []}
    for currency, name in day.rulebook.at(SYSTEMS, day.as_of).parameters["payment_systems"].items():
        days = calendar(name, since, day.as_of)
        closed = days["date"].filter(pc.and_(opened, pc.invert(days["open"]))).to_pylist()
        columns["currency"] += [currency] * len(closed)
        columns["date"] += closed
    types = {"currency": pa.string(), "date": pa.date32()}
    day.engine.add("closed_systems", pa.table(columns, schema=pa.schema(types.items())))
