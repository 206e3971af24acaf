"""Settlement: what should have been delivered or paid, how late it is, and what that costs."""

from datetime import date

import pyarrow as pa

from bolib.day import Day

TABLES = ("ageing",)

OWN_FUNDS = "A-51"
CYCLES = ("A-01", "A-03", "A-04", "A-05")
"""Rules that give the settlement cycle of the venues they name."""

PURGES = ("A2.matched.purge", "A2.unmatched.purge")
"""Rules that give the life of an instruction at the depositories they name."""


def prepare(day: Day) -> None:
    """Add what the rules say of venues, depositories and ages."""
    add_purging_places(day)
    add_contractual_dates(day)
    add_ageing_bands(day)


def add_purging_places(day: Day) -> None:
    """Add the depositories that cancel old instructions, by rule."""
    rows = [(rule, place) for rule in PURGES for place in day.rulebook.rules(rule)[0].parameters["places"]]
    columns = {"rule": [rule for rule, _ in rows], "place": [place for _, place in rows]}
    day.engine.add("purging_places", pa.table(columns))


def add_contractual_dates(day: Day) -> None:
    """Add the latest settlement date each venue's cycle allows for each trade date; empty for an unknown venue."""
    dealt = day.engine.query("select distinct venue, trade_date from trades where venue is not null order by 1, 2")
    rule_of = {venue: rule for rule in CYCLES for venue in day.rulebook.rules(rule)[0].parameters["venues"]}
    rows = [row | _latest(day, rule_of.get(row["venue"]), row["trade_date"]) for row in dealt.to_pylist()]
    texts, dates = ("venue", "applied", "arithmetic"), ("trade_date", "latest")
    columns = [(name, pa.string()) for name in texts] + [(name, pa.date32()) for name in dates]
    day.engine.add("contractual_dates", pa.Table.from_pylist(rows, schema=pa.schema(columns)))


def _latest(day: Day, rule: str | None, trade_date: date) -> dict:
    if rule is None:
        return {}
    due = day.rulebook.due(rule, trade_date)
    return {"applied": due.rule.id, "latest": due.due_date, "arithmetic": due.arithmetic}


def add_ageing_bands(day: Day) -> None:
    """Add the age bands of fails: band, from_day, to_day (not included; empty for the last), factor in percent."""
    bands = day.rulebook.at(OWN_FUNDS, day.as_of).parameters["bands"]
    starts = [band["from"] for band in bands]
    day.engine.add("ageing_bands", pa.table({
        "band": pa.array([band["band"] for band in bands], pa.string()),
        "from_day": pa.array(starts, pa.int64()),
        "to_day": pa.array([*starts[1:], None], pa.int64()),
        "factor": pa.array([band["factor"] for band in bands], pa.int64()),
    }))  # fmt: skip
