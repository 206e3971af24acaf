"""Books, counterparties and people of the sample: all invented."""

from datetime import date
from decimal import Decimal as D

from generator.identifiers import lei

BOOKS = (
    # book, desk, trader, currency, cost method, fees in cost
    ("EQ-US-CORE", "EQUITY-US", "a.marchand", "USD", "FIFO", True),
    ("EQ-US-EUR", "EQUITY-US", "b.laurent", "EUR", "FIFO", False),
    ("EQ-US-PMP", "EQUITY-US", "b.laurent", "EUR", "PMP", True),
    ("EQ-ARB", "EQUITY-US", "c.novak", "USD", "PMP", False),
    ("EQ-EU", "EQUITY-EU", "d.ferrand", "EUR", "PMP", True),
    ("GOV-EUR", "RATES", "e.okafor", "EUR", "PMP", False),
    ("CREDIT-EUR", "RATES", "f.weiss", "EUR", "FIFO", True),
    ("UST-USD", "RATES", "e.okafor", "USD", "FIFO", False),
)
SHORT_ALLOWED = ("EQ-ARB", "UST-USD")
"""Books that may be short."""

UNIVERSE = {
    "EQ-US-CORE": ("AAPL", "MSFT", "BRK_A", "IBM", "KO"),
    "EQ-US-EUR": ("AAPL", "MSFT", "ZEN", "KO"),
    "EQ-US-PMP": ("AAPL", "IBM", "KO", "ZEN"),
    "EQ-ARB": ("MSFT", "IBM", "KO"),
    "EQ-EU": ("ACI", "VER", "ETF", "OPT"),
    "GOV-EUR": ("VAL32", "BUN29", "VAL26", "AGB28"),
    "CREDIT-EUR": ("BRU30", "CVG33", "AGB28", "BUN29"),
    "UST-USD": ("UST34", "UST28"),
}
TRANSFERS = (("EQ-US-CORE", "EQ-US-EUR"), ("EQ-US-EUR", "EQ-US-PMP"), ("GOV-EUR", "CREDIT-EUR"))
"""Pairs of books that hand positions over to one another."""

OWN = lei("AUBRACBANK")
_COUNTERPARTIES = (
    ("AUBRACBANK", "Banque de l'Aubrac (invented, the bank itself)", "AUBRFRPP", "FR", False, None),
    ("PONANT", "Banque du Ponant (invented)", "PONTFRPP", "FR", False, None),
    ("LEVANT", "Levant Securities (invented)", "LEVSGB2L", "GB", False, None),
    ("BUNDBANK", "Bundland Handelsbank (invented)", "BUHADEFF", "DE", False, None),
    ("ZUIDER", "Zuiderzee Brokers (invented)", "ZUIDNL2A", "NL", False, None),
    ("HUDSON", "Hudson and Sons Brokerage (invented)", "HUSOUS33", "US", False, None),
    ("LIBERTY", "Liberty Point Dealers (invented)", "LIPOUS3N", "US", False, None),
    ("MERIDIEN", "Meridien Market Making (invented)", "MERMFRPP", "FR", False, None),
    ("ALPINA", "Alpina Privatbank (invented)", "ALPPCHZZ", "CH", False, None),
    ("LAPSED", "Lapsus Trading (invented)", "LAPSIE2D", "IE", False, date(2026, 3, 13)),
    ("TOBEFOUND", "Counterparty to be named (technical)", None, "FR", True, None),
)
LEI = {name: lei(name) for name, *_ in _COUNTERPARTIES}
DEALERS = {
    "USD": [LEI[name] for name in ("HUDSON", "LIBERTY", "LEVANT", "ALPINA")],
    "EUR": [LEI[name] for name in ("PONANT", "BUNDBANK", "ZUIDER", "MERIDIEN", "ALPINA")],
}
MARKETS = ("XNAS", "XNYS", "XPAR", "ALXP")
PLACE = {"XNAS": "DTCYUS33", "XNYS": "DTCYUS33", "XPAR": "SICVFRPP", "ALXP": "SICVFRPP"}


def books() -> list[dict]:
    """Return the books, one row each."""
    names = ("book", "desk", "trader", "currency", "cost_method", "fees_in_cost")
    return [dict(zip(names, row, strict=True)) for row in BOOKS]


def counterparties() -> list[dict]:
    """Return the counterparties; the bank itself is the counterparty of transfers between its books."""
    names = ("name", "bic", "country", "technical", "lei_valid_to")
    return [dict(lei=LEI[short], **dict(zip(names, row, strict=True))) for short, *row in _COUNTERPARTIES]


def ssis() -> list[dict]:
    """Return one settlement instruction for each counterparty and market."""
    return [
        dict(lei=code, market=market, valid_from=date(2024, 1, 1), valid_to=None, account=f"SSI-{short}-{market}",
             agent_bic="CITIUS33" if market in ("XNAS", "XNYS") else "PARBFRPP", pset_bic=PLACE[market],
             changed_by="g.rossi", approved_by="h.keller")
        for short, code in LEI.items() if short not in ("AUBRACBANK", "TOBEFOUND") for market in MARKETS
    ]  # fmt: skip


def account_books() -> list[dict]:
    """Return the custody accounts and the books each of them holds."""
    pairs = (
        ("SAF-US", "EQ-US-CORE+EQ-US-EUR+EQ-US-PMP+EQ-ARB"),
        ("SAF-EU", "EQ-EU"),
        ("SAF-BONDS", "GOV-EUR+CREDIT-EUR"),
        ("SAF-UST", "UST-USD"),
    )
    return [dict(account=account, book=book) for account, book in pairs]


ACCOUNT_OF = {book: row["account"] for row in account_books() for book in row["book"].split("+")}


def limits() -> list[dict]:
    """Return exposure limits of the books and deal limits of the traders."""
    start = date(2025, 1, 2)
    exposure = [
        dict(
            subject=book,
            kind="EXPOSURE",
            valid_from=start,
            amount=D(60_000_000),
            currency=currency,
            approved_by="i.risk",
        )
        for book, _, _, currency, *_ in BOOKS
    ]
    traders = sorted({row[2] for row in BOOKS} | {"ab.sauvage"})
    deals = [
        dict(
            subject=trader,
            kind="SINGLE_DEAL",
            valid_from=start,
            amount=D(8_000_000),
            currency="EUR",
            approved_by="i.risk",
        )
        for trader in traders
    ]
    return exposure + deals


FEES = {"EQUITY": (D("2"), D("5")), "ETF": (D("1.5"), D("5")), "OPTION": (D("4"), D("3"))}
"""Asset class -> basis points of gross and minimum."""


def fee_grid() -> list[dict]:
    """Return what deals cost on each venue."""
    classes = {"XNAS": ("EQUITY",), "XNYS": ("EQUITY",), "XPAR": ("EQUITY", "ETF", "OPTION"), "ALXP": ("EQUITY",)}
    return [
        dict(venue=venue, asset_class=kind, valid_from=date(2025, 1, 1), rate_bp=FEES[kind][0], minimum=FEES[kind][1],
             currency="USD" if venue in ("XNAS", "XNYS") else "EUR")
        for venue, kinds in classes.items() for kind in kinds
    ]  # fmt: skip


def absences() -> list[dict]:
    """Return leave of the staff."""
    spans = (
        ("a.marchand", date(2025, 12, 22), date(2026, 1, 2)),
        ("b.laurent", date(2026, 2, 16), date(2026, 2, 20)),
        ("c.novak", date(2026, 3, 16), date(2026, 3, 20)),
        ("d.ferrand", date(2025, 10, 27), date(2025, 10, 31)),
        ("j.petit", date(2026, 3, 23), date(2026, 3, 31)),
    )
    return [dict(person=person, from_date=first, to_date=last) for person, first, last in spans]


def on_leave(person: str, day: date) -> bool:
    """Return whether `person` is on leave on `day`."""
    return any(row["person"] == person and row["from_date"] <= day <= row["to_date"] for row in absences())


def owners() -> list[dict]:
    """Return who answers for the findings on each kind of object."""
    rows = [("book", book, trader, f"P&L control {desk}") for book, desk, trader, *_ in BOOKS]
    rows += [
        ("counterparty", "*", "g.rossi", "Settlement"), ("instruction", "*", "g.rossi", "Settlement"),
        ("penalty_month", "*", "g.rossi", "Settlement"),
        ("instruction", "inventory", "y.garnier", "Inventory and lending"),
        ("instruction", "treasury", "t.ogier", "Treasury"), ("instruction", "matching", "v.sorel", "Matching"),
        ("instruction", "release", "h.keller", "Settlement"), ("allocation", "*", "j.petit", "Middle office"),
        ("complaint", "*", "k.dubois", "Complaints"), ("trade", "*", "j.petit", "Middle office"),
        ("price", "*", "l.stone", "Market data"), ("account", "*", "m.garcia", "Reconciliations"),
        ("loan", "*", "n.roy", "Recovery"), ("estate", "*", "o.blanc", "Estates"),
        ("card", "*", "p.noir", "Cards"), ("atm", "*", "p.noir", "Cards"), ("filing", "*", "q.lemoine",
        "Regulatory reporting"),
        ("document", "*", "q.lemoine", "Regulatory reporting"),
        ("journal", "*", "r.simon", "Accounting control"), ("incident", "*", "s.kaya", "Operational risk"),
        ("entitlement", "*", "ac.leduc", "Corporate actions"), ("election", "*", "ac.leduc", "Corporate actions"),
        ("market_claim", "*", "ad.weber", "Corporate actions"),
        ("instalment", "*", "n.roy", "Recovery"), ("promise", "*", "n.roy", "Recovery"),
        ("guarantee", "*", "n.roy", "Recovery"), ("insolvency_case", "*", "n.roy", "Recovery"),
        ("refund", "*", "p.noir", "Cards"), ("dispute", "*", "p.noir", "Cards"),
        ("quiet_account", "*", "o.blanc", "Estates"),
        ("file", "*", "t.haddad", "Interfaces"), ("control", "*", "u.control", "Permanent control"), ("book", "*",
        "u.control", "P&L control"),
    ]  # fmt: skip
    return [dict(object_type=kind, match=match, owner=owner, team=team) for kind, match, owner, team in rows]
