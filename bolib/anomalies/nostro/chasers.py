"""What each counterparty is asked about the lines open with it."""

from collections import defaultdict

from bolib.day import Day
from bolib.letters import Letter

ASKED = {
    ("RIGHT", "MISSING_OURS"): "origin",
    ("RIGHT", "DUPLICATE"): "twice",
    ("LEFT", "MISSING_THEIRS"): "where",
    **{("LEFT", name): "amount" for name in ("FEE", "FX", "ROUNDING", "TAX", "PARTIAL", "ACCRUED", "MULTI", "AMOUNT")},
    ("LEFT", "SIGN"): "amount",
    ("LEFT", "TIMING"): "date",
}
"""What is asked about a line of a side and class; what only the bank can settle is not asked of others."""


def drafts(day: Day) -> list[Letter]:
    """Return one chaser a counterparty, its lines by what is asked, the oldest first."""
    found: dict[str, dict[str, list[dict]]] = defaultdict(lambda: {question: [] for question in ASKED.values()})
    for row in sorted(day.rows("nostro_breaks"), key=lambda row: (row["date"], row["key"])):
        question = ASKED.get((row["side"], row["class"]))
        if question:
            found[row["party"] or f"Correspondent of {row['account']}"][question].append(row)
    return [
        Letter("chaser", party, {"party": party, "as_of": day.as_of, "asked": asked})
        for party, asked in sorted(found.items())
    ]
