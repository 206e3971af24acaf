"""Depositaries as people read them: what explains each holding, what is left over, and whether clients are short."""

from collections import Counter

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.reconciliation import AGES, chaser_links
from bolib.report.tables import columns, table
from bolib.results import Result

CLASSES = {
    "DUPLICATE": "a delivery twice on their side",
    "COMPENSATING": "undone by another difference",
    "MISSING_THEIRS": "ours, not in their statement",
    "MISSING_OURS": "theirs, not in our records",
    "TIMING": "settled there, pending here",
    "CORPORATE_ACTION": "an event booked by one side",
    "WRONG_SIDE": "a deal the wrong way round here",
    "ROUNDING": "a fraction of a unit from an event",
    "REFERENCE_DATA": "an account we link to nothing",
    "UNKNOWN": "no cause found",
}
"""Classes of a position that does not agree, in words, in the order in which they are tried."""


def holdings_compared(result: Result) -> Display:
    """Return each account and security: the depositary's holding as the sum of ours and of what explains the rest."""
    rows = numerals.records(result.tables["depot"])
    rows = [row | {"state": _state(row), "label": row["name"] or row["isin"]} for row in rows]
    rows.sort(key=lambda row: (row["residual"] == 0, row["account"], row["label"]))
    drawn = columns(
        *("account|Account|key", "label|Security|text", "residual|Unexplained|quantity", "state|Proof|status"),
        *("arithmetic|Their holding|reason", "isin|ISIN|word", "contractual|At contractual date|quantity"),
    )
    return table(rows, drawn, _caption(rows), empty=NONE)


NONE = "No depositary stated holdings of an account the bank knows: nothing was compared."


def _state(row: dict) -> str:
    if row["residual"]:
        return "NOT_PROVEN"
    return "EXPLAINED" if row["explained"] or row["receipts"] or row["deliveries"] else "PROVEN"


def _caption(rows: list[dict]) -> str:
    open_rows = sum(row["state"] == "NOT_PROVEN" for row in rows)
    explained = sum(row["state"] == "EXPLAINED" for row in rows)
    return f"{numerals.count(len(rows), 'holding')} compared: {explained} explained, {open_rows} not"


def holdings_open(result: Result) -> Display:
    """Return what is left over, the oldest and the largest first, with its class, its value and what it may be."""
    rows = [
        row | {"words": CLASSES[row["class"]], "label": row["name"] or row["isin"]}
        for row in numerals.records(result.tables["depot_breaks"])
    ]
    rows.sort(key=lambda row: (-row["age_days"], -abs(row["amount"] or 0), row["account"], row["isin"]))
    drawn = columns(
        *("account|Account|key", "label|Security|text", "residual|Theirs − ours|quantity", "words|What|text"),
        *("explanation|It may be|reason", "amount|Worth|change", "currency||word", "age_days|Age, days|integer"),
    )
    caption = f"{numerals.count(len(rows), 'holding')} not explained; {_by_age(rows)}"
    empty = "Every holding stated is explained to the last unit."
    return table(rows, drawn, caption, "results/breaks.csv", empty=empty)


def depositaries_asked(result: Result) -> Display:
    """Return by safekeeping account how many holdings are not explained, and the chaser to send to its depositary."""
    chasers = {row["party"]: row for row in numerals.records(result.tables["depot_chasers"])}
    found = Counter(row["account"] for row in numerals.records(result.tables["depot_breaks"]))
    rows = [
        {"account": account, "lines": lines} | chaser_links(chasers.get(account))
        for account, lines in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    drawn = columns(
        *("account|Account|key", "fr|Chaser|link", "en||link", "lines|Holdings not explained|integer"),
        "asked|in the letter|integer",
    )
    empty = "Nothing is asked of any depositary."
    return table(rows, drawn, "What depositaries are asked, account by account", empty=empty)


def _by_age(rows: list[dict]) -> str:
    tally = {words: 0 for _, words in AGES}
    for row in rows:
        tally[next(words for limit, words in AGES if row["age_days"] <= limit)] += 1
    return ", ".join(f"{number} aged {words}" for words, number in tally.items() if number) or "none"


def quantity_accounting(result: Result) -> Display:
    """Return by security what the bank holds for clients and for itself against what depositaries hold in all."""
    rows = numerals.records(result.tables["depot_proof"])
    rows = [
        row | {"state": _kept(row), "label": row["name"] or row["isin"], "lack": -row["client_gap"]} for row in rows
    ]
    rows.sort(key=lambda row: (row["lack"] == 0, row["gap"] == 0, row["label"]))
    drawn = columns(
        *("label|Security|text", "state|Proof|status", "lack|Clients lack|quantity"),
        *("theirs|Depositaries|quantity", "clients|= clients|quantity", "own|+ own, settled|quantity"),
        *("explained|+ loans, events|quantity", "gap|+ unexplained|quantity", "isin|ISIN|word"),
    )
    return table(rows, drawn, "Quantity accounting (comptabilité matière), all accounts", empty=NONE)


def _kept(row: dict) -> str:
    return "NOT_PROVEN" if row["client_gap"] or row["gap"] else "PROVEN"
