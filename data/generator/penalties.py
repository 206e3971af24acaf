"""Cash penalties as the depositories report them, computed from the rows without the library that the sample tests."""

from datetime import date
from decimal import Decimal as D

from generator.instruments import INSTRUMENTS
from generator.money import rounded, value_of
from generator.settlement import evening, failing_days, unmatched_days

SINCE = date(2026, 2, 2)
CHARGING = ("SICVFRPP", "DAKVDEFF", "CEDELULL", "MGTCBEBE")
"""Depositories of the sample that are subject to CSDR; that of New York is not."""
POINTS = {
    "LIQUID_SHARE": D("1.00"), "ILLIQUID_SHARE": D("0.50"), "SME": D("0.25"), "SOVEREIGN": D("0.10"),
    "OTHER_DEBT": D("0.20"), "SME_DEBT": D("0.15"), "OTHER": D("0.50"),
}  # fmt: skip
"""Basis points a business day for lack of securities, Delegated Regulation (EU) 2017/389."""
OVERNIGHT = D("2.40") / 360 * 100
"""Basis points a business day for lack of cash: the ECB's marginal lending facility since 11 June 2025."""
FAILED_BY = {"LACK": ("deliverer",), "MONY": ("receiver",), "PREA": ("us",), "PRCY": ("them",), "BOTH": ("us", "them")}


def penalties(rows: list[dict], closes: dict[tuple[str, date], dict]) -> list[dict]:
    """Return the penalties since 2 February: late matching (LMFP) and settlement fails (SEFP), one a day and payer."""
    found = []
    for row in rows:
        if row["place"] in CHARGING:
            late = "us" if row["accepted_at"] > (row["counterparty_accepted_at"] or row["accepted_at"]) else "them"
            days = [(day, "LMFP", late, row["quantity"]) for day in unmatched_days(row)]
            for day in failing_days(row):
                reason, settled = evening(row, day)
                days += [(day, "SEFP", payer, row["quantity"] - settled) for payer in FAILED_BY[reason]]
            found += [_penalty(row, *day, closes[row["isin"], day[0]]["price"]) for day in days if day[0] >= SINCE]
    return found


def _penalty(row: dict, day: date, kind: str, payer: str, quantity: D, price: D) -> dict:
    instrument = INSTRUMENTS[row["isin"]]
    ours = "deliverer" if row["movement"] == "DELI" else "receiver"
    we_pay = payer in ("us", ours)
    delivers = (row["movement"] == "DELI") == we_pay
    points = POINTS[instrument["penalty_class"]] if delivers else OVERNIGHT
    return dict(
        penalty_id=f"P{row['instruction_id'][1:]}-{day:%m%d}{'' if we_pay else 'C'}",
        instruction_id=row["instruction_id"], date=day, type=kind,
        amount=rounded(value_of(quantity, price, instrument) * points / 10_000), currency="EUR",
        direction="DEBIT" if we_pay else "CREDIT",
    )  # fmt: skip
