"""The whole sample day: every table, in the order in which one needs another."""

import shutil
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from generator import (
    accounting,
    back_office,
    cards,
    cash,
    complaints,
    custody,
    customers,
    dealing,
    declarations,
    entitlements,
    estates,
    incidents,
    licences,
    loans,
    market_data,
    orders,
    parties,
    penalties,
    plant_bookings,
    plant_cash,
    plant_dealing,
    plant_deals,
    plant_declarations,
    plant_incidents,
    plant_regulatory,
    plant_retail,
    plant_settlement,
    processing,
    regulatory,
    results,
    set_aside,
    settlement,
)
from generator.days import AS_OF
from generator.dealing import Market
from generator.instruments import instruments
from generator.knowledge import latest
from generator.planting import Planted
from generator.writing import CANONICAL, Dialect, write

BOM = Dialect(encoding="utf-8-sig")
FILES = {
    "bookings.csv": ("bookings", back_office.FRENCH),
    "fx_rates.csv": ("fx_rates", BOM),
    "complaints/cfpb.csv": ("complaints", CANONICAL),
    "complaints/bank.csv": ("complaints", CANONICAL),
    "statements_usd.txt": ("statements", cash.AMERICAN_STATEMENTS),
    "statement_lines_usd.txt": ("statement_lines", cash.AMERICAN_LINES),
    custody.MT535: ("custody_positions", CANONICAL),
}
"""Files that are not simply `<table>.csv` in the canonical form: their table and dialect."""

NOTICE = """A made-up bank around real markets. Share prices, dividends and the split are those of 2014, moved forward
by exactly 613 weeks; consumer complaints are those of October 2014 (CFPB), moved by 595 weeks; the ECB's reference
rates are those of the days themselves. Everything else is made up. The rows are described in `data/README.md`.
"""
"""What every page says of the data."""


@dataclass
class Sample:
    """The rows of each file, what was made wrong on purpose, what the README must say, and what each book earned."""

    rows: dict[str, list[dict]] = field(default_factory=dict)
    planted: Planted = field(default_factory=Planted)
    notes: dict[str, object] = field(default_factory=dict)
    licences: dict[str, str] = field(default_factory=dict)
    earned: dict[tuple[str, date], Decimal] = field(default_factory=dict)


def build(source: Path) -> Sample:
    """Return the sample day made from the real input in `source`."""
    sample = Sample(licences=licences.licences(source))
    market = _markets(sample, source)
    _deals(sample, market)
    _settlement(sample, market)
    _cash(sample)
    _accounting(sample, market)
    _loans(sample)
    _retail(sample, source)
    _regulatory(sample)
    set_aside.spoil(sample.rows, sample.planted)
    return sample


def _markets(sample: Sample, source: Path) -> Market:
    rows, real = sample.rows, market_data.real_rows(source)
    rows["prices"], rows["fx_rates.csv"] = market_data.prices(real), market_data.fx_rates(source)
    rows["corporate_actions"] = market_data.corporate_actions(real)
    rows["instruments"] = instruments()
    rows["market_fail_balances"] = market_data.market_fails(source)
    sample.notes["carried"] = market_data.carried_prices(market_data.real_prices(real))
    market_data.note_faults(sample.planted)
    for name in ("books", "counterparties", "ssis", "account_books", "limits", "fee_grid", "absences", "owners"):
        rows[name] = getattr(parties, name)()
    rows["ssis"] = plant_settlement.plant_ssis(rows["ssis"], sample.planted)
    rows["ssis"] = plant_dealing.plant_ssis(rows["ssis"], sample.planted)
    rows["limits"] = plant_dealing.plant_limits(rows["limits"], sample.planted)
    rows["owners"] = plant_regulatory.plant_owner(rows["owners"], sample.planted)
    return Market(rows["prices"], rows["fx_rates.csv"], rows["corporate_actions"])


def _deals(sample: Sample, market: Market) -> None:
    rows, planted = sample.rows, sample.planted
    rows["opening_lots"] = lots = dealing.opening_lots(market)
    deals, rows["orders"] = orders.with_orders(dealing.Desk(market, lots).trade())
    rows["trades"] = plant_deals.plant(dealing.later_versions(deals), planted, market.close)
    orders.close(rows["orders"], rows["trades"])
    rows["trades"] = plant_dealing.plant(rows["trades"], rows["orders"], planted)
    rows["orders"] += orders.grouped(rows["orders"], rows["trades"], planted)
    rows["bookings.csv"] = plant_bookings.plant(back_office.bookings(rows["trades"]), planted)
    sample.earned = results.book_results(market, lots, rows["trades"])
    rows["pnl_flash"] = results.pnl_flash(sample.earned)
    plant_cash.plant_flash(rows["pnl_flash"], planted)
    adjustments = plant_cash.plant_adjustments(results.adjustments(), planted)
    rows["adjustments"] = plant_dealing.plant_adjustments(adjustments, planted)


def _settlement(sample: Sample, market: Market) -> None:
    rows, planted = sample.rows, sample.planted
    lots, trades = rows["opening_lots"], rows["trades"]
    instructions = settlement.replaced(settlement.settlements(trades), trades, market.events)
    stated = custody.custody_positions(market, lots, trades, instructions)
    plant_settlement.plant_custody(stated, planted)
    rows |= custody.by_custodian(stated)
    rows["penalties"] = plant_settlement.plant_penalties(penalties.penalties(instructions, market.row), planted)
    rows["settlements"] = plant_settlement.plant_instructions(instructions, planted)
    rows["settlement_events"] = settlement.settlement_events(rows["settlements"])
    plant_settlement.plant_release(rows["settlements"], rows["settlement_events"], planted)
    rows["client_positions"], rows["securities_loans"] = custody.client_positions(), custody.securities_loans()
    receipts = entitlements.ca_receipts(market, lots, trades, instructions)
    rows["ca_receipts"] = plant_settlement.plant_receipts(receipts, instructions, planted)
    rows["elections"] = entitlements.elections(market.events)


def _cash(sample: Sample) -> None:
    rows, planted = sample.rows, sample.planted
    moved = cash.movements(rows["settlements"], rows["ca_receipts"])
    lines = {currency: cash.statement_lines(moved, currency) for currency in cash.NOSTRO}
    plant_cash.plant_lines(lines, planted)
    statements = {currency: cash.statements(lines[currency], currency) for currency in cash.NOSTRO}
    plant_cash.plant_gap(statements["USD"], lines["USD"], planted)
    rows["statements"], rows["statement_lines"] = statements["EUR"], lines["EUR"]
    rows["statements_usd.txt"], rows["statement_lines_usd.txt"] = statements["USD"], lines["USD"]
    rows["ledger_lines"] = plant_cash.plant_ledger(cash.ledger_lines(moved), planted)


def _accounting(sample: Sample, market: Market) -> None:
    rows, planted = sample.rows, sample.planted
    deals = {row["trade_id"]: row for row in latest(rows["trades"])}

    def rate(currency: str, day: date) -> Decimal:
        return market.rate[currency, day]

    lines = accounting.journal(rows["settlements"], rows["ca_receipts"], deals, rate)
    lines += accounting.results(sample.earned, rows["adjustments"], rate)
    rows["journal"] = plant_cash.plant_journal(lines, planted)
    rows["trial_balance"] = accounting.trial_balance(rows["journal"])
    plant_cash.plant_balance(rows["trial_balance"], planted)
    plant_cash.plant_opening(rows["trial_balance"], planted)
    rows["accounting_scheme"], rows["closings"] = accounting.accounting_scheme(), accounting.closings()


def _loans(sample: Sample) -> None:
    rows, planted, book = sample.rows, sample.planted, loans.book()
    rows["loans"], rows["instalments"] = [loan.row() for loan in book], loans.instalments(book)
    rows["payments"] = [row for loan in book for row in loan.payments()]
    for name in ("guarantees", "exposures", "insolvency_cases", "pauses", "collection_steps"):
        rows[name] = getattr(loans, name)(book)
    plant_retail.plant_loans(book, rows, planted)


def _retail(sample: Sample, source: Path) -> None:
    rows, planted = sample.rows, sample.planted
    rows["customers"], rows["accounts"] = customers.customers(), customers.accounts()
    plant_retail.plant_customers(rows["customers"], planted)
    rows["cash_operations"] = plant_retail.plant_cash_operations(customers.cash_operations(), planted)
    rows["card_authorisations"] = cards.authorisations()
    rows["card_clearings"] = plant_retail.plant_cards(cards.clearings(rows["card_authorisations"]), planted)
    rows["card_disputes"], rows["atm_counts"] = cards.disputes(rows["card_clearings"]), cards.atm_counts()
    entries = cards.account_lines(rows["card_clearings"]) + cards.machine_lines(rows["atm_counts"])
    rows["ledger_lines"] += plant_retail.plant_accounts(entries, planted)
    plant_retail.plant_disputes(rows["card_disputes"], planted)
    plant_retail.plant_machines(rows["atm_counts"], planted)
    rows["estates"] = estates.estates()
    rows["estate_documents"] = estates.estate_documents(rows["estates"], AS_OF)
    plant_retail.plant_estates(rows["estates"], rows["estate_documents"], planted)
    rows["complaints/cfpb.csv"], sample.notes["left out"] = complaints.real_complaints(source)
    rows["complaints/bank.csv"] = complaints.bank_complaints()
    plant_retail.plant_complaints(rows["complaints/bank.csv"], planted)


def _regulatory(sample: Sample) -> None:
    rows, planted = sample.rows, sample.planted
    events = plant_declarations.plant_register(declarations.reportable(rows), planted)
    filed = declarations.filings(events, rows["trades"])
    rows["filings"] = plant_declarations.plant_filings(filed, planted)
    rows["reportable"] = plant_declarations.plant_regime(events, planted)
    rows["events"] = processing.events(rows["trades"], rows["settlements"])
    rows["incidents"], rows["dispositions"] = incidents.incidents(), regulatory.dispositions()
    plant_incidents.plant_incidents(rows["incidents"], planted)
    plant_incidents.plant_events(rows["events"], planted)


def save(sample: Sample, out: Path) -> None:
    """Write every file of the sample into `out`, which is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    for name, rows in sample.rows.items():
        table, dialect = FILES.get(name, (name, CANONICAL))
        if name == custody.MT535:
            (out / name).write_text(custody.mt535(rows), encoding="utf-8", newline="\n")
            continue
        write(out / (name if "." in name else f"{name}.csv"), table, rows, dialect)
    (out / "irregularities.yml").write_text(sample.planted.text(), encoding="utf-8", newline="\n")
    (out / "NOTICE.md").write_text(NOTICE, encoding="utf-8", newline="\n")
    (out / "LICENSES").mkdir()
    for name, text in sample.licences.items():
        (out / "LICENSES" / name).write_text(text, encoding="utf-8", newline="\n")
