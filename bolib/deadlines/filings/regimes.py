"""What the rulebook says of reporting regimes: their clocks, their periods, their thresholds and rates by date."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from bolib.day import Day
from bolib.errors import RuleError
from bolib.rulebook import Rule, Rulebook

SPANS = {"event": "DAY", "month_end": "MONTH", "quarter_end": "QUARTER", "year_end": "YEAR"}
"""What one filing covers, by where the count of its rule starts."""

CASH, TAX, SHORT, HOLDING, CRS, CERTIFICATION = "B-11", "B-19", "B-08", "B-09", "B-14.crs", "B-15"
EU_VENUES = "A-01"
"""The rule on the settlement cycle of the EU's trading venues, which names them."""

OPEN_END = date(2999, 12, 31)
PERCENT, MONEY = pa.decimal128(18, 8), pa.decimal128(18, 2)


def add_regimes(day: Day) -> None:
    """Add what the rules of the regimes say, as tables.

    filing_regimes: one row a regime (regime, rule, span, valid_from, source, not_seen); filing_rules: one row a clock
    of a regime; eu_venues; paris_markets; not_reported (countries outside the scope of CRS); certification_dates:
    since when accounts need a self-certification (asked_from); cash_limits and ttf_rates: one row a version.
    """
    book = day.rulebook
    rules = list(_of_regimes(book))
    day.engine.add("filing_regimes", _regimes(rules))
    columns = {"regime": [regime for regime, _ in rules], "rule": [rule.id for _, rule in rules]}
    day.engine.add("filing_rules", pa.table({**columns, "valid_from": [rule.valid_from for _, rule in rules]}))
    day.engine.add("eu_venues", pa.table({"venue": book.rules(EU_VENUES)[0].parameters["venues"]}))
    day.engine.add("paris_markets", pa.table({"market": book.rules(HOLDING)[-1].parameters["markets"]}))
    day.engine.add("not_reported", pa.table({"country": book.rules(CRS)[-1].parameters["not_reported"]}))
    asked_from = book.rules(CERTIFICATION)[-1].parameters["accounts_from"]
    day.engine.add("certification_dates", pa.table({"asked_from": [asked_from]}))
    day.engine.add("cash_limits", _dated(book, CASH, "above", MONEY))
    day.engine.add("ttf_rates", _dated(book, TAX, "rate_percent", PERCENT))


def _of_regimes(book: Rulebook) -> Iterator[tuple[str, Rule]]:
    """Yield each regime with the first version of each rule that gives it a deadline; successors are found by date."""
    for name in book.having("regime"):
        first = book.rules(name)[0]
        yield first.parameters["regime"], first


def _regimes(rules: Iterable[tuple[str, Rule]]) -> pa.Table:
    found: dict[str, dict] = {}
    for regime, rule in rules:
        row = found.setdefault(regime, _regime(regime, rule))
        if row["span"] != SPANS[rule.counted_from]:
            wanted = f"a count of regime {regime} by {row['span'].lower()}, as its other rules"
            raise RuleError(f"rule {rule.id}, counted_from", wanted, rule.counted_from, "Correct the rule.")
        row["valid_from"] = min(row["valid_from"], rule.valid_from)
    texts, dates = ("regime", "rule", "span", "source", "not_seen"), ("valid_from",)
    schema = pa.schema([(name, pa.string()) for name in texts] + [(name, pa.date32()) for name in dates])
    return pa.Table.from_pylist(list(found.values()), schema=schema)


def _regime(regime: str, rule: Rule) -> dict:
    given = rule.parameters
    source = ", ".join(given.get("recomputed_from") or ()) or None
    not_seen = (given.get("not_seen") or {}).get("en")
    return {
        "regime": regime, "rule": rule.id, "span": SPANS[rule.counted_from], "source": source, "not_seen": not_seen,
        "valid_from": rule.valid_from,
    }  # fmt: skip


def _dated(book: Rulebook, rule: str, parameter: str, kind: pa.DataType) -> pa.Table:
    """Return one parameter of a rule by period: valid_from, valid_to (a far date while in force) and the parameter."""
    versions = book.timeline(rule)
    values = pa.array([Decimal(str(version.parameters[parameter])) for version in versions]).cast(kind)
    starts = pa.array([version.valid_from for version in versions])
    ends = pa.array([version.valid_to or OPEN_END for version in versions])
    return pa.table({"valid_from": starts, "valid_to": ends, parameter: values})


def short_thresholds(book: Rulebook) -> tuple[tuple[date, Fraction, Fraction], ...]:
    """Return the first day, the first threshold and the step above it, as shares of the capital, of each version."""
    return tuple(
        (version.valid_from, _share(version.parameters["first_percent"]), _share(version.parameters["step_percent"]))
        for version in book.timeline(SHORT)
    )


def holding_thresholds(book: Rulebook) -> tuple[tuple[date, tuple[Fraction, ...]], ...]:
    """Return the first day and the thresholds of major holdings, as shares of the capital, of each version."""
    return tuple(
        (version.valid_from, tuple(sorted(map(_share, version.parameters["percents"]))))
        for version in book.timeline(HOLDING)
    )


def _share(percent: str) -> Fraction:
    """Return a percentage as a share; a third is written "100/3"."""
    return Fraction(percent) / 100
