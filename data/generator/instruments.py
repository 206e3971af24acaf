"""The instruments of the sample: six real American shares, and invented bonds and European securities."""

from datetime import date
from decimal import Decimal as D

from generator.identifiers import isin

REAL = {
    "AAPL": ("US0378331005", "Apple Inc", "XNAS", 861_000_000),
    "MSFT": ("US5949181045", "Microsoft Corp", "XNAS", 8_250_000_000),
    "BRK_A": ("US0846701086", "Berkshire Hathaway Inc class A", "XNYS", 856_000),
    "ZEN": ("US98936J1016", "Zendesk Inc", "XNYS", 74_000_000),
    "IBM": ("US4592001014", "International Business Machines", "XNYS", 1_010_000_000),
    "KO": ("US1912161007", "Coca-Cola Co", "XNYS", 4_390_000_000),
}
"""Ticker -> real ISIN, name, market and roughly the shares outstanding in 2014."""

ISIN = {ticker: found[0] for ticker, found in REAL.items()}

_BONDS = (
    # short, body, name, currency, coupon, frequency, day count, maturity, csd, class, first price
    (
        "VAL32",
        "FR0099Z0001",
        "Valmont (invented state) 2.75% 25/05/2032",
        "EUR",
        "2.75",
        1,
        "ACT/ACT",
        date(2032, 5, 25),
        "SICVFRPP",
        "SOVEREIGN",
        "97.40",
    ),
    (
        "BUN29",
        "DE0099Z0002",
        "Bundland (invented state) 1.80% 15/02/2029",
        "EUR",
        "1.80",
        1,
        "ACT/ACT",
        date(2029, 2, 15),
        "DAKVDEFF",
        "SOVEREIGN",
        "98.85",
    ),
    (
        "VAL26",
        "FR0099Z0003",
        "Valmont (invented state) 1.00% 16/03/2026",
        "EUR",
        "1.00",
        1,
        "ACT/ACT",
        date(2026, 3, 16),
        "SICVFRPP",
        "SOVEREIGN",
        "99.62",
    ),
    (
        "BRU30",
        "FR0099Z0004",
        "Brume Railways (invented) 3.40% 10/12/2030",
        "EUR",
        "3.40",
        1,
        "30E/360",
        date(2030, 12, 10),
        "SICVFRPP",
        "OTHER_DEBT",
        "101.15",
    ),
    (
        "CVG33",
        "XS0099Z0005",
        "Cap Vert-de-Gris Bank (invented) 4.10% 20/03/2033",
        "EUR",
        "4.10",
        1,
        "ACT/365",
        date(2033, 3, 20),
        "CEDELULL",
        "OTHER_DEBT",
        "102.30",
    ),
    (
        "AGB28",
        "XS0099Z0006",
        "Brume Agency (invented) 3.00% 30/06/2028 quarterly",
        "EUR",
        "3.00",
        4,
        "ACT/360",
        date(2028, 6, 30),
        "MGTCBEBE",
        "OTHER_DEBT",
        "100.20",
    ),
    (
        "UST34",
        "US0099Z0007",
        "Federation of Ustria (invented state) 4.25% 15/11/2034",
        "USD",
        "4.25",
        2,
        "ACT/ACT",
        date(2034, 11, 15),
        "DTCYUS33",
        "SOVEREIGN",
        "100.90",
    ),
    (
        "UST28",
        "US0099Z0008",
        "Federation of Ustria (invented state) 3.875% 31/08/2028",
        "USD",
        "3.875",
        2,
        "ACT/ACT",
        date(2028, 8, 31),
        "DTCYUS33",
        "SOVEREIGN",
        "100.35",
    ),
)

_EUROPEAN = (
    # short, body, name, class, cfi, multiplier, market, penalty class, ttf, shares, first price
    (
        "ACI",
        "FR0099Z0011",
        "Acieries de Brume (invented)",
        "EQUITY",
        "ESVUFN",
        1,
        "XPAR",
        "LIQUID_SHARE",
        True,
        210_000_000,
        "48.20",
    ),
    (
        "VER",
        "FR0099Z0012",
        "Verreries du Ponant (invented)",
        "EQUITY",
        "ESVUFN",
        1,
        "ALXP",
        "SME",
        False,
        18_500_000,
        "3.64",
    ),
    ("ETF", "LU0099Z0013", "Indice Lune ETF (invented)", "ETF", "CEOGES", 1, "XPAR", "OTHER", False, None, "112.75"),
    (
        "OPT",
        "FR0099Z0014",
        "Acieries de Brume call 50 June 2026 (invented)",
        "OPTION",
        "OCASPS",
        100,
        "XPAR",
        "OTHER",
        False,
        None,
        "2.85",
    ),
)

MINIMUM = {"BRU30": D(50_000)}
"""What may be dealt at least of a bond, where it is more than a lot."""
FIRST_PRICE = {isin(row[1]): D(row[10]) for row in (*_BONDS, *_EUROPEAN)}
SHORT_NAME = {isin(row[1]): row[0] for row in (*_BONDS, *_EUROPEAN)} | {v: k for k, v in ISIN.items()}
ISIN |= {short: code for code, short in SHORT_NAME.items()}


def _share(ticker: str) -> dict:
    code, name, market, shares = REAL[ticker]
    return dict(
        isin=code, name=name, cfi="ESVUFR", asset_class="EQUITY", currency="USD", quotation="UNIT", multiplier=D(1),
        lot_size=D(1), shares_outstanding=D(shares), market=market, csd="DTCYUS33", penalty_class=None, ttf=False,
    )  # fmt: skip


def _bond(short, body, name, currency, coupon, frequency, day_count, maturity, csd, penalty, _price) -> dict:
    return dict(
        isin=isin(body), name=name, cfi="DBFTFB", asset_class="BOND", currency=currency, quotation="PERCENT",
        multiplier=D(1), lot_size=D(1000), coupon_rate=D(coupon), coupon_frequency=frequency, day_count=day_count,
        maturity_date=maturity, csd=csd, penalty_class=penalty, ttf=False, minimum_quantity=MINIMUM.get(short),
    )  # fmt: skip


def _european(short, body, name, kind, cfi, multiplier, market, penalty, ttf, shares, _price) -> dict:
    return dict(
        isin=isin(body), name=name, cfi=cfi, asset_class=kind, currency="EUR", quotation="UNIT",
        multiplier=D(multiplier),
        lot_size=D(5 if short == "VER" else 1), shares_outstanding=D(shares) if shares else None, market=market,
        csd="SICVFRPP",
        penalty_class=penalty, ttf=ttf,
    )  # fmt: skip


def instruments() -> list[dict]:
    """Return one row an instrument; only the shares of `REAL` exist."""
    return [*map(_share, REAL), *(_bond(*row) for row in _BONDS), *(_european(*row) for row in _EUROPEAN)]


INSTRUMENTS = {row["isin"]: row for row in instruments()}
