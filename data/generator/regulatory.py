"""What must be filed with authorities and what was, and decisions on findings: all invented."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after, at
from generator.instruments import INSTRUMENTS

MIFIR_FROM = date(2026, 3, 16)
OPENED_FROM = date(2026, 3, 1)


def reportable(live: list[dict], accounts: list[dict]) -> list[dict]:
    """Return what starts a filing: European deals, accounts opened, a short position, a large holding."""
    rows = [_of_deal(row) for row in live if row["trade_date"] >= MIFIR_FROM and not row.get("from_book")
            and INSTRUMENTS[row["isin"]]["currency"] == "EUR"]  # fmt: skip
    rows += [
        dict(regime="FICOBA", object_id=row["account"], event_at=at(row["opened_on"], 36_000), in_scope=True)
        for row in accounts if row["opened_on"] >= OPENED_FROM
    ]  # fmt: skip
    rows += [dict(regime="SHORT", object_id="FR0099Z00116", event_at=datetime(2026, 3, 24, 23, 0), in_scope=False,
                  exemption_reason="net position is long", amount=D("0.00"), currency="EUR")]  # fmt: skip
    return sorted(rows, key=lambda row: (row["regime"], row["event_at"], row["object_id"]))


def _of_deal(row: dict) -> dict:
    return dict(regime="MIFIR", object_id=row["trade_id"], event_at=row["traded_at"], in_scope=True,
                amount=row["gross_amount"], currency=row["currency"])  # fmt: skip


def filings(rows: list[dict]) -> list[dict]:
    """Return one filing for each thing in scope that had to be filed by the day, sent in time and accepted."""
    draw, found = random.Random("filings"), []
    for row in rows:
        if not row["in_scope"]:
            continue
        sent = _sent(draw, row)
        if sent.date() <= AS_OF:
            found.append(dict(
                filing_id=f"{row['regime'][:2]}-{row['object_id']}", regime=row["regime"], object_id=row["object_id"],
                event_at=row["event_at"], sent_at=sent, status="ACCEPTED", acknowledged_at=sent + timedelta(hours=2),
                replaces=None,
            ))  # fmt: skip
    return found


def _sent(draw: random.Random, row: dict) -> datetime:
    if row["regime"] == "MIFIR":
        return at(after(row["event_at"].date(), 1), 30_000 + draw.randrange(20_000))
    return at(after(row["event_at"].date(), draw.randint(1, 4)), 30_000 + draw.randrange(20_000))


def dispositions() -> list[dict]:
    """Return decisions on findings of earlier days; those findings are gone, so that they change nothing today."""
    return [
        dict(finding_id="5f0c1d2e3b4a5968", decided_at=datetime(2026, 3, 18, 9, 30), decision="CLOSED",
        actor="u.control",
             comment="price confirmed by the second source"),
        dict(finding_id="a1b2c3d4e5f60718", decided_at=datetime(2026, 3, 25, 15, 5), decision="ACCEPTED",
        scope="same book",
             expires_on=date(2026, 4, 30), actor="u.control", comment="known timing difference"),
    ]  # fmt: skip
