"""The whole sample day: every table, in the order in which one needs another."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from generator import back_office, complaints, custody, dealing, market_data, parties, results, settlement
from generator.dealing import Market
from generator.instruments import instruments
from generator.writing import CANONICAL, Dialect, write

BOM = Dialect(encoding="utf-8-sig")
FILES = {
    "bookings.csv": ("bookings", back_office.FRENCH),
    "fx_rates.csv": ("fx_rates", BOM),
    "complaints/cfpb.csv": ("complaints", CANONICAL),
}
"""Files that are not simply `<table>.csv` in the canonical form: their table and dialect."""


@dataclass
class Sample:
    """The rows of each file, and what the README must say about them."""

    rows: dict[str, list[dict]] = field(default_factory=dict)
    notes: dict[str, object] = field(default_factory=dict)


def build(source: Path) -> Sample:
    """Return the sample day made from the real input in `source`."""
    sample = Sample()
    market = _markets(sample, source)
    _deals(sample, market)
    _settlement(sample, market)
    sample.rows["complaints/cfpb.csv"], sample.notes["complaints left out"] = complaints.real_complaints(source)
    return sample


def _markets(sample: Sample, source: Path) -> Market:
    rows, real = sample.rows, market_data.real_rows(source)
    rows["prices"], rows["fx_rates.csv"] = market_data.prices(real), market_data.fx_rates(source)
    rows["corporate_actions"] = market_data.corporate_actions(real)
    rows["instruments"] = instruments()
    sample.notes["carried"] = market_data.carried_prices(market_data.real_prices(real))
    for name in ("books", "counterparties", "ssis", "account_books", "limits", "fee_grid", "absences", "owners"):
        rows[name] = getattr(parties, name)()
    return Market(rows["prices"], rows["fx_rates.csv"], rows["corporate_actions"])


def _deals(sample: Sample, market: Market) -> None:
    rows = sample.rows
    rows["opening_lots"] = dealing.opening_lots(market)
    rows["trades"] = dealing.later_versions(dealing.Desk(market, rows["opening_lots"]).trade())
    rows["bookings.csv"] = back_office.bookings(rows["trades"])
    rows["pnl_flash"] = results.pnl_flash(results.book_results(market, rows["opening_lots"], rows["trades"]))
    rows["adjustments"] = results.adjustments()


def _settlement(sample: Sample, market: Market) -> None:
    rows = sample.rows
    rows["settlements"] = settlement.settlements(rows["trades"])
    rows["settlement_events"] = settlement.settlement_events(rows["settlements"])
    rows["penalties"] = settlement.penalties(rows["settlements"], market.row)
    rows["custody_positions"] = custody.custody_positions(market, rows["opening_lots"], rows["trades"], rows["settlements"])
    rows["client_positions"], rows["securities_loans"] = custody.client_positions(), custody.securities_loans()


def save(sample: Sample, out: Path) -> None:
    """Write every file of the sample into `out`, which is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    for name, rows in sample.rows.items():
        table, dialect = FILES.get(name, (name, CANONICAL))
        write(out / (name if "." in name else f"{name}.csv"), table, rows, dialect)
