"""Filings with authorities: what is in scope by the bank's own tables, what was filed, and what is due or missing.

The register (`reportable`) and the scope computed again from deals, accounts, cash, customers and holdings (`scope/`,
one SELECT a source) meet in `filing_states`, one row an obligation; its clocks are those of the rulebook's regimes.
"""

from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa

from bolib.day import Day
from bolib.deadlines.filings import amounts
from bolib.deadlines.filings.crossings import Thresholds, crossings
from bolib.deadlines.filings.obligations import add_obligations
from bolib.deadlines.filings.periods import paris_days, periods
from bolib.deadlines.filings.regimes import add_regimes, holding_thresholds, short_thresholds
from bolib.engine import Kernel
from bolib.views import prepare as prepare_views
from bolib.views import views

SCOPE = Path(__file__).parent / "scope"

TABLES = (
    "filings_by_regime", "judged_filings", "filing_faults", "ttf_months", "ttf_computed", "client_documents",
    "obligations",
)  # fmt: skip

YEARS_BACK = 3
"""Ended years whose account holders are looked for in the register."""


def prepare(day: Day) -> None:
    """Add the obligations to file, the tables their controls read, and what falls due in the next twelve months."""
    add_regimes(day)
    day.engine.add("year_ends", _year_ends(day.as_of))
    _run(day, ("filing_moments",), paris_days, "moment", "paris_days")
    _run(day, ("share_moves", "share_splits"), _crossings(day), "isin", "threshold_crossings")
    _run(day, ("cash_amounts",), amounts.in_euros, "customer_id", "cash_in_euros")
    _run(day, ("ttf_purchases",), amounts.tax_on_days, "isin", "ttf_days")
    _run(day, ("ttf_deals",), amounts.tax_on_deals, "isin", "ttf_on_deals")
    _prepare(day, "filing_deals", "cash_sums", "account_years")
    scope = [path.read_text(encoding="utf-8") for path in sorted(SCOPE.glob("*.sql"))]
    day.engine.create("filing_scope", "\nunion all\n".join(scope), **day.bound)
    days = day.engine.query("select day from paris_days union select event_on from filing_scope")
    day.engine.add("filing_periods", periods(days["day"].to_pylist()))
    _prepare(day, "filing_states")
    add_obligations(day)


def _prepare(day: Day, *names: str) -> None:
    prepare_views(day.engine, views("deadlines"), set(names), **day.bound)


def _run(day: Day, needed: tuple[str, ...], kernel: Kernel, key: str, into: str) -> None:
    _prepare(day, *needed)
    day.engine.run(kernel, *needed, key=key, into=into)


def _crossings(day: Day) -> Kernel:
    thresholds = Thresholds(short_thresholds(day.rulebook), holding_thresholds(day.rulebook))
    return partial(crossings, thresholds=thresholds)


def _year_ends(as_of: date) -> pa.Table:
    """Return the first and the last day of the years that have ended by the evening of the day."""
    years = range(as_of.year - YEARS_BACK, as_of.year + 1)
    rows = [{"year_start": date(year, 1, 1), "year_end": date(year, 12, 31)} for year in years]
    ended = [row for row in rows if row["year_end"] <= as_of]
    return pa.Table.from_pylist(ended, schema=pa.schema([("year_start", pa.date32()), ("year_end", pa.date32())]))
