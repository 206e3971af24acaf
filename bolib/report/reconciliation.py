"""Reconciliation as people read it: does each account prove, what is open on either side and why, what may match."""

from collections import Counter, defaultdict

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

CLASSES = {
    "MISSING_OURS": "theirs, not booked by us",
    "MISSING_THEIRS": "ours, not on their statement",
    "TIMING_EXPECTED": "ours, expected on their statement",
    "TIMING": "same on both sides, dates too far apart",
    "AMOUNT": "same reference, another amount",
    "DUPLICATE": "twice on one side",
}
"""Classes of a break in words, in the order in which they want work."""

AGES = ((1, "0 to 1 days"), (5, "2 to 5"), (10, "6 to 10"), (30, "11 to 30"), (10**6, "older"))


def four_quadrants(result: Result) -> Display:
    """Return the proof of each account: ours + theirs not booked + accepted = theirs + ours not there, to the cent."""
    rows = numerals.records(result.tables["nostro_proof"])
    rows = [row | {"state": "PROVEN" if row["gap"] == 0 else "NOT_PROVEN"} for row in rows]
    drawn = columns(
        *("account|Account|key", "currency|Currency|word", "ours|Our movements|money"),
        *("open_theirs|+ theirs not booked|money", "tolerated|+ accepted differences|money"),
        *("theirs|= their movements|money", "open_ours|+ ours not there|money", "gap|Left over|money"),
        "state|Proof|status",
        *("opening|Their opening|money", "closing|Their closing|money", "last_day|To|date"),
    )
    return table(sorted(rows, key=lambda row: row["account"]), drawn, "Four quadrants, account by account", empty=NONE)


NONE = "No statement and no record of the bank's own was received: nothing was compared."


def breaks_by_class(result: Result) -> Display:
    """Return the open lines by class and age, with the sum of their sizes: debits and credits are never netted."""
    found: dict[tuple, Counter] = defaultdict(Counter)
    for row in numerals.records(result.tables["breaks"]):
        tally = found[row["class"], row["currency"]]
        tally[next(words for limit, words in AGES if row["age_days"] <= limit)] += 1
        tally["lines"] += 1
        tally["amount"] += abs(row["amount"])
    order = list(CLASSES)
    rows = [
        {"class": CLASSES[name], "currency": currency} | tally
        for (name, currency), tally in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]
    ages = [f"{words}|{words}|integer" for _, words in AGES]
    amounts = ("amount|Gross amount|money", "currency|Currency|word")
    drawn = columns("class|What|text", "lines|Lines|integer", *ages, *amounts)
    empty = "No line is open: everything booked is on a statement, and the other way round."
    return table(rows, drawn, "Open lines by class and age in business days", "results/breaks.csv", empty=empty)


def breaks(result: Result) -> Display:
    """Return the open lines, the oldest first, each with why it is open."""
    rows = [row | {"words": CLASSES[row["class"]]} for row in numerals.records(result.tables["breaks"])]
    rows.sort(key=lambda row: (-row["age_days"], row["key"]))
    drawn = columns(
        *("key|Line|key", "words|What|text", "amount|Amount|money", "currency|Currency|word"),
        *("age_days|Age, days|integer", "owner|Owner|word", "explanation|Why|reason"),
    )
    return table(rows, drawn, "Open lines", "results/breaks.csv", empty="No line is open.")


def match_suggestions(result: Result) -> Display:
    """Return the pairs a person may confirm, the likeliest first."""
    rows = numerals.records(result.tables["nostro_suggestions"])
    rows.sort(key=lambda row: (-row["score"], row["ours"], row["theirs"]))
    drawn = columns(
        *("ours|Ours|key", "our_amount|Amount|money", "our_date|Value|date", "theirs|Theirs|key"),
        *("their_amount|Amount|money", "their_date|Value|date", "score|Score of 100|integer", "reason|Why|reason"),
    )
    return table(rows, drawn, "Suggested, never decided alone", "results/matches.csv", empty="Nothing is suggested.")
