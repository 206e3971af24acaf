"""Corporate actions: what securities bring, what of it came, which claims follow, which choices are to be made."""

import pyarrow as pa

from bolib.day import Day
from bolib.deadlines.corporate_actions.judging import judge
from bolib.deadlines.corporate_actions.sharing import share
from bolib.deadlines.corporate_actions.terms import add_claim_kinds, add_detecting_places, add_terms
from bolib.deadlines.corporate_actions.units import add_units
from bolib.holdings import add_accounts
from bolib.holdings.units import in_units
from bolib.views import prepare as make
from bolib.views import views

TABLES = ("entitlements", "entitlements_by_book", "market_claims", "choices")


def prepare(day: Day) -> None:
    """Add `ca_judged`, each entitlement and each claim with what became of it, and `ca_shares`, those of books."""
    add_accounts(day)
    add_sources(day)
    add_claim_kinds(day)
    add_detecting_places(day)
    _make(day, "known_events", "first_deal")
    events = day.rows("known_events")
    add_terms(day, events)
    add_units(day, events)
    _make(day, "ca_contributions")
    day.engine.run(in_units, "ca_contributions", key="ca_id", into="ca_counted")
    _make(day, "ca_positions", "ca_claims", "ca_book_parts")
    day.engine.run(judge, "ca_positions", "ca_claims", key="ca_id", into="ca_judged")
    day.engine.run(share, "ca_book_parts", key="ca_id", into="ca_shares")
    _make(day, "ca_elections")


def _make(day: Day, *names: str) -> None:
    make(day.engine, views("deadlines"), set(names), **day.bound)


def add_sources(day: Day) -> None:
    """Add `ca_sources`, one row: whether receipts, and whether elections, are sent at all."""
    sent = {name: [table in day.present] for name, table in (("receipts", "ca_receipts"), ("elections", "elections"))}
    day.engine.add("ca_sources", pa.table(sent))
