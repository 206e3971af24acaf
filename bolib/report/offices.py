"""Front and back office as people read their comparison: every deal of either, by what came of it."""

from collections import Counter, defaultdict

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.reconciliation import CLASSES
from bolib.report.tables import columns, table
from bolib.results import Result

OUTCOMES = {
    "MATCHED": "held alike by both",
    "CANCELLED": "cancelled before the other office had it",
    **CLASSES,
    "MISSING_OURS": "not in the front office, or an earlier version there",
    "MISSING_THEIRS": "not in the back office, or an earlier version there",
    "REVERSAL": "cancelled in one office alone",
    "TIMING": "on other dates",
    "SIGN": "bought in one office, sold in the other",
    "CLASSIFICATION": "in another book",
    "MULTI": "fields of several kinds differ",
}
"""What may come of a deal, in words."""

CSV = "results/breaks.csv"
SUMS = ("front_deals", "front_amount", "back_deals", "back_amount")


def deals_compared(result: Result) -> Display:
    """Return the deals of each office by outcome and currency: numbers and amounts add up to all each office has."""
    found = numerals.records(result.tables["trade_sums"])
    order = list(OUTCOMES)
    found.sort(key=lambda row: (order.index(row["class"]), row["currency"]))
    totals: dict[str, Counter] = defaultdict(Counter)
    for row in found:
        totals[row["currency"]].update({name: row[name] for name in SUMS})
    rows: list[dict] = [{"words": "All deals", "currency": name} | sums for name, sums in sorted(totals.items())]
    rows += [{name: row[name] or None for name in SUMS} | _said(row) for row in found]
    drawn = columns(
        *("words|What came of it|text", "currency|Currency|word", "front_deals|Front office|integer"),
        *("front_amount|Net amount|money", "back_deals|Back office|integer", "back_amount|Net amount|money"),
    )
    empty = "Only one of the two offices was received, or neither: nothing was compared."
    return table(rows, drawn, "Every deal of either office; purchases are paid, so negative", CSV, empty=empty)


def _said(row: dict) -> dict:
    return {"words": OUTCOMES[row["class"]], "currency": row["currency"]}
