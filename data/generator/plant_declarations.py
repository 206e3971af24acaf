"""Faults in what is filed with authorities, and in its register."""

from datetime import timedelta
from decimal import Decimal as D

from generator.days import after
from generator.planting import Planted


def _key(row: dict, period: str = "") -> str:
    return f"{row['regime']} {row['object_id']} {period or row['event_at'].date()}"


class _Plain:
    """Hands out the deals reported once and in time, so that two faults never meet on one."""

    def __init__(self, rows: list[dict], regime: str):
        several = {row["replaces"] for row in rows if row["replaces"]}
        self.rows = [
            row for row in rows
            if row["regime"] == regime and not row["replaces"] and row["filing_id"] not in several and not _entered_late(row)
        ]  # fmt: skip

    def take(self, place: int) -> dict:
        """Return the row at a place of the list."""
        return self.rows[place]


def _entered_late(row: dict) -> bool:
    return row["regime"] in ("MIFIR", "EMIR") and row["sent_at"].date() > after(row["event_at"].date(), 1)


def plant_filings(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the filings with some late, missing, refused, unanswered, twice, or about nothing."""
    for row in rows:
        if _entered_late(row) and not row["replaces"]:
            planted.add("filings", _key(row), "reported late: the deal was entered late", "filing deadline", "deadlines")
    deals, accounts = _Plain(rows, "MIFIR"), _Plain(rows, "FICOBA")
    late, lost, refused, twice, again, silent = (deals.take(place) for place in (10, 20, 30, 40, 50, 60))
    slow = accounts.take(0)
    _send_late(late, 7), _send_late(slow, 12)
    refused["status"] = "REJECTED"
    silent.update(status="PENDING", acknowledged_at=None, sent_at=silent["sent_at"])
    copy = twice | dict(filing_id=twice["filing_id"] + "-B", sent_at=twice["sent_at"] + timedelta(hours=1))
    orphan = twice | dict(filing_id="MI-T260318-777", object_id="T260318-777")
    faults = (
        (late, "sent days late", "filing deadline"),
        (lost, "no filing for this deal", "filing missing"),
        (refused, "rejected, and not sent again", "filing rejected"),
        (silent, "sent, never answered", "filing unanswered"),
        (copy, "same deal reported twice", "filing twice"),
        (orphan, "reports a deal that does not exist", "filing without object"),
        (slow, "account declared 12 days after its opening", "filing deadline"),
    )
    for row, what, control in faults:
        planted.add("filings", _key(row), what, control, "deadlines")
    return [row for row in rows if row is not lost] + [copy, orphan, _resent(again)]


def _send_late(row: dict, days: int) -> None:
    row["sent_at"] = row["event_at"] + timedelta(days=days)
    row["acknowledged_at"] = row["sent_at"] + timedelta(hours=2)


def _resent(row: dict) -> dict:
    """Return a second sending, in time, of a filing that is refused at first: no fault, and one obligation."""
    row["status"] = "REJECTED"
    sent = row["acknowledged_at"] + timedelta(hours=1)
    return row | dict(filing_id=row["filing_id"] + "-R", status="ACCEPTED", sent_at=sent,
                      acknowledged_at=sent + timedelta(hours=2), replaces=row["filing_id"])  # fmt: skip


def plant_register(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the register, before anything is filed, with events left out, exempted without a reason, or of nothing."""
    accounts = [row for row in rows if row["regime"] == "FICOBA"]
    left_out = [accounts[6], next(row for row in rows if row["regime"] == "COSI" and row["object_id"] == "C00042")]
    excluded = next(row for row in rows if row.get("exemption_reason", "").startswith("not traded"))
    excluded["exemption_reason"] = None
    taxed = next(row for row in rows if row["regime"] == "TTF" and row["event_at"].month == 2)
    taxed["amount"] -= D("120.00")
    resident = next(row for row in rows if row["regime"] == "CRS")
    stranger = resident | dict(object_id="C00001")
    notes = (
        ("accounts", _key(accounts[6]), "opened, in neither the register nor the filings: no filing", "filing scope"),
        ("reportable", _key(excluded), "left out of MiFIR reporting without a reason", "exemption reason"),
        ("reportable", _key(taxed, "2026-02"), "tax declared 120.00 below what is due", "declared amount"),
        ("reportable", _key(stranger, "2025"), "listed for CRS, but resident in France", "filing without object"),
    )
    for table, key, what, control in notes:
        planted.add(table, key, what, control, "deadlines")
    return [row for row in rows if not any(row is other for other in left_out)] + [stranger]


def plant_regime(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the register with one event under a regime that does not exist."""
    account = next(row for row in rows if row["regime"] == "FICOBA")
    planted.add("reportable", "FICOVA reportable", "no such regime", "unknown regime", "deadlines")
    return [*rows, account | dict(regime="FICOVA")]
