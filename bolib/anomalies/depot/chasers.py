"""What each depositary is asked about the holdings that are not explained."""

from collections import defaultdict

from bolib.day import Day
from bolib.letters import Letter

ASKED = {
    "DUPLICATE": "twice",
    "MISSING_THEIRS": "absent",
    "MISSING_OURS": "origin",
    "TIMING": "settled",
    "CORPORATE_ACTION": "event",
    "ROUNDING": "event",
    "COMPENSATING": "opposite",
    "UNKNOWN": "quantity",
}
"""What is asked about a holding of a class; what only the bank can settle is not asked of others."""

WANTED = """
select b.account, b.isin, b.name, b.class, b.residual, b.since, d.theirs, d.evening
from depot_breaks b
join depot d on d.account = b.account and d.isin = b.isin
"""


def drafts(day: Day) -> list[Letter]:
    """Return one chaser a safekeeping account, its holdings by what is asked, the oldest first; `ours` is theirs less
    the residual: what their statement should say.
    """
    found: dict[str, dict[str, list[dict]]] = defaultdict(
        lambda: {question: [] for question in dict.fromkeys(ASKED.values())}
    )
    for row in sorted(day.engine.query(WANTED).to_pylist(), key=lambda row: (row["since"], row["isin"])):
        question = ASKED.get(row["class"])
        if question:
            found[row["account"]][question].append(row | {"ours": row["theirs"] - row["residual"]})
    return [
        Letter("depositary_chaser", account, {"account": account, "as_of": day.as_of, "asked": asked})
        for account, asked in sorted(found.items())
    ]
