"""Holdings as the report functions ask for them: one explained, one not, and clients short."""

import datetime
from decimal import Decimal

import pandas as pd

AS_OF = datetime.date(2026, 3, 31)
NAMES = ("theirs", "dealt", "contractual", "receipts", "deliveries", "clients", "explained", "residual")
HOLDINGS = (
    # account, isin, name, then the quantities
    ("SAF-EU", "FR0000000001", "Acier", (64, 70, 70, 0, 0, 0, -6, 0), "SL-1", "64 = 70 dealt − 6 lent (SL-1)"),
    ("SAF-EU", "FR0000000002", "Verre", (90, 100, 90, 10, 0, 0, 0, 0), None, "90 = 100 dealt − 10 to receive"),
    ("SAF-US", "US0000000003", "Cola <b>", (98, 100, 100, 0, 0, 0, 0, -2), None, "98 = 100 dealt − 2 unexplained"),
    ("SAF-CLI", "FR0000000001", "Acier", (44, 0, 0, 0, 0, 50, 0, -6), None, "44 = 50 of clients − 6 unexplained"),
)


def depot() -> dict[str, pd.DataFrame]:
    """Return the tables `depot`, `depot_breaks`, `depot_proof` and `depot_chasers`."""
    rows = [
        {"account": account, "isin": isin, "name": name, "evening": AS_OF, "reasons": reasons, "arithmetic": words}
        | dict(zip(NAMES, map(Decimal, sizes), strict=True))
        for account, isin, name, sizes, reasons, words in HOLDINGS
    ]
    letter = {"party": "SAF-US", "lines": 1, "fr": "letters/s.fr.html", "en": "letters/s.en.html"}
    tables = {"depot": pd.DataFrame(rows), "depot_breaks": _breaks(rows), "depot_proof": _proof()}
    return tables | {"depot_chasers": pd.DataFrame([letter])}


def _breaks(rows: list[dict]) -> pd.DataFrame:
    said = {
        "SAF-US": ("MISSING_THEIRS", "I-7 settled here, and may not have there", 4),
        "SAF-CLI": ("UNKNOWN", "no cause", 0),
    }
    found = []
    for row in rows:
        if row["residual"]:
            name, why, age = said[row["account"]]
            more = {"class": name, "explanation": why, "age_days": age, "since": AS_OF, "currency": "EUR"}
            found.append(row | more | {"amount": row["residual"] * 10})
    return pd.DataFrame(found)


def _proof() -> pd.DataFrame:
    names = ("clients", "own", "explained", "theirs", "gap", "client_gap")
    rows = (
        ("FR0000000001", "Acier", (50, 70, -6, 108, -6, -6)),
        ("FR0000000002", "Verre", (0, 90, 0, 90, 0, 0)),
        ("US0000000003", "Cola <b>", (0, 100, 0, 98, -2, 0)),
    )
    return pd.DataFrame(
        [
            {"isin": isin, "name": name, "evening": AS_OF} | dict(zip(names, map(Decimal, sizes), strict=True))
            for isin, name, sizes in rows
        ]
    )
