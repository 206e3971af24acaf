"""What the rules say of venues, depositories, hours and ages, as tables that SELECTs join."""

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

import pyarrow as pa

from bolib.calendars.zones import to_utc
from bolib.day import Day
from bolib.errors import CalendarError
from bolib.rulebook import Rule
from bolib.rulebook.book import CLOCK

CYCLES = (
    *("A-01", "A-03", "A-04", "A-05", "A-05.canada", "A-05.mexico"),
    *("A-06.japan", "A-06.hongkong", "A-06.australia", "A-06.india", "A-06.china"),
)
"""Rules that give the settlement cycle of the venues they name."""

OF_PLACES = (
    *("A2.matched.purge", "A2.unmatched.purge", "A2.matched.purge.clearstream", "A2.unmatched.purge.clearstream"),
    *("A2.cutoff.dvp", "A2.cutoff.fop", "A2.cutoff.clearstream.dvp", "A2.cutoff.clearstream.fop"),
)
"""Rules of the depositories they name: the life of an instruction there, and until when it must be ready."""

STARTING = ("A-11", "A-12", "A-52")
"""Rules without an older version, that do not concern what came before them."""

ALLOCATION, TOLERANCE, OWN_FUNDS, FREE_DELIVERIES, PLACES = "A-08a.noon", "A-15", "A-51", "A-52", "A2.place"


def add_rule_tables(day: Day) -> None:
    """Add every table that the rules on settlement fill."""
    add_rule_places(day)
    add_contractual_dates(day)
    add_allocation_hours(day)
    add_venue_places(day)
    add_ageing_bands(day)
    add_tolerances(day)
    weight = day.rulebook.at(FREE_DELIVERIES, day.as_of).parameters["risk_weight"]
    _add(day, "free_delivery_weights", {"rule": pa.string(), "risk_weight": pa.int64()}, [(FREE_DELIVERIES, weight)])
    starts = [(rule, day.rulebook.rules(rule)[0].valid_from) for rule in STARTING]
    _add(day, "rule_starts", {"rule": pa.string(), "valid_from": pa.date32()}, starts)


def _add(day: Day, name: str, columns: dict[str, pa.DataType], rows: Iterable[tuple]) -> None:
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    day.engine.add(name, pa.Table.from_pylist(found, schema=pa.schema(columns.items())))


def add_rule_places(day: Day) -> None:
    """Add the depositories each rule names: rule, place, valid_from; payment for a cut-off, matched for a purge."""
    columns = {"rule": pa.string(), "place": pa.string(), "payment": pa.string(), "matched": pa.bool_()}
    rows = []
    for rule in (day.rulebook.rules(name)[0] for name in OF_PLACES):
        kind = rule.parameters.get("payment"), rule.parameters.get("matched")
        rows += [(rule.id, place, *kind, rule.valid_from) for place in rule.parameters["places"]]
    _add(day, "rule_places", columns | {"valid_from": pa.date32()}, rows)


def add_contractual_dates(day: Day) -> None:
    """Add the latest settlement date each venue's cycle allows for each trade date; empty where no cycle is known."""
    select = "select distinct venue, trade_date from trades where venue is not null order by 1, 2"
    dealt = day.engine.query(select).to_pylist()
    rule_of = {venue: rule for rule in CYCLES for venue in day.rulebook.rules(rule)[0].parameters["venues"]}
    latest = {}
    for rule in CYCLES:
        dates = {row["trade_date"] for row in dealt if rule_of.get(row["venue"]) == rule}
        latest |= {(rule, each): found for each, found in _latest(day, rule, sorted(dates)).items()}
    rows = [row | latest.get((rule_of.get(row["venue"]), row["trade_date"]), {}) for row in dealt]
    texts, days = ("venue", "applied", "arithmetic"), ("trade_date", "latest")
    columns = [(name, pa.string()) for name in texts] + [(name, pa.date32()) for name in days]
    day.engine.add("contractual_dates", pa.Table.from_pylist(rows, schema=pa.schema(columns)))


def _latest(day: Day, rule: str, dates: list[date]) -> dict[date, dict]:
    """Return by trade date what the rule gives: nothing before it, nor beyond what its calendar knows.

    A market that has not announced its days yet is said by SETTLE-04, never guessed.
    """
    since = day.rulebook.rules(rule)[0].valid_from
    clocks = [{"rule": rule, "trigger_date": each} for each in dates if each >= since]
    try:
        found = day.rulebook.due_dates(pa.Table.from_pylist(clocks, schema=CLOCK)).to_pylist()
    except CalendarError:
        half = len(dates) // 2
        return _latest(day, rule, dates[:half]) | _latest(day, rule, dates[half:]) if half else {}
    names = {"applied": "applied", "due_date": "latest", "arithmetic": "arithmetic"}
    return {row["trigger_date"]: {name: row[of] for of, name in names.items()} for row in found}


def add_allocation_hours(day: Day) -> None:
    """Add by trade date the moment (UTC) from which a deal is a late one, and the countries near in time.

    A rule without such an hour has no late deals: its clock is the same for all.
    """
    rule = day.rulebook.rules(ALLOCATION)[0]
    dates = _trade_dates(day, rule)
    hour = rule.parameters.get("late_from")
    moments = to_utc(dates.to_numpy(), time.fromisoformat(hour) if hour else None, rule.time_zone)
    rows = zip(dates.to_pylist(), moments.tolist(), strict=True)
    _add(day, "allocation_hours", {"trade_date": pa.date32(), "late_from": pa.timestamp("us")}, rows)
    _add(day, "near_countries", {"country": pa.string()}, [(country,) for country in rule.parameters.get("near", ())])


def _trade_dates(day: Day, rule: Rule) -> pa.ChunkedArray:
    """Return the days on which deals were made since a rule began."""
    select = "select distinct trade_date from trades where trade_date >= $since order by 1"
    return day.engine.query(select, since=rule.valid_from)["trade_date"]


def add_venue_places(day: Day) -> None:
    """Add where deals of a venue may settle, by trade date and class: one row a place, the designated one in each."""
    names = ("venue", "asset_class", "place", "designated", "elective")
    columns = {"trade_date": pa.date32()} | dict.fromkeys(names, pa.string())
    rows = []
    for trade_date in _trade_dates(day, day.rulebook.rules(PLACES)[0]).to_pylist():
        rows += [(trade_date, *place) for place in _places(day.rulebook.at(PLACES, trade_date))]
    _add(day, "venue_places", columns, rows)


def _places(rule: Rule) -> list[tuple]:
    return [
        (venue, kind, place, found["designated"], ", ".join(found["elective"]) or "none")
        for venue, found in rule.parameters["venues"].items()
        for kind in rule.parameters["asset_classes"]
        for place in (found["designated"], *found["elective"])
    ]


def add_ageing_bands(day: Day) -> None:
    """Add the age bands of fails: band, from_day, to_day (not included; empty for the last), factor in percent."""
    bands = day.rulebook.at(OWN_FUNDS, day.as_of).parameters["bands"]
    ends = [band["from"] for band in bands[1:]] + [None]
    columns = {"band": pa.string(), "from_day": pa.int64(), "to_day": pa.int64(), "factor": pa.int64()}
    rows = [(band["band"], band["from"], end, band["factor"]) for band, end in zip(bands, ends, strict=True)]
    _add(day, "ageing_bands", columns, rows)


def add_tolerances(day: Day) -> None:
    """Add by how much amounts may differ and still match: currency, above (not included), up_to, tolerance."""
    given = day.rulebook.at(TOLERANCE, day.as_of).parameters
    money = pa.decimal128(18, 2)
    columns = {"currency": pa.string(), "above": money, "up_to": money, "tolerance": money}
    limits = [None if step.get("up_to") is None else Decimal(step["up_to"]) for step in given["tolerances"]]
    rows = [
        (given["currency"], above, limit, Decimal(step["tolerance"]))
        for above, limit, step in zip([Decimal(0), *limits[:-1]], limits, given["tolerances"], strict=True)
    ]
    _add(day, "matching_tolerances", columns, rows)
