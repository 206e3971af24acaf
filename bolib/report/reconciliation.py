"""Reconciliation as people read it: does each account prove, what is open on either side and why, what may match."""

from collections import Counter, defaultdict
from decimal import Decimal

from bolib.matching.precision import wilson
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

CLASSES = {
    "MISSING_OURS": "theirs, not booked by us",
    "MISSING_THEIRS": "ours, not on their side",
    "DUPLICATE": "twice on one side",
    "REVERSAL": "undone on its own side",
    "AMOUNT": "another amount",
    "PARTIAL": "a part of the amount",
    "FEE": "apart by a fee",
    "FX": "apart by an exchange rate",
    "ROUNDING": "a cent apart",
    "TAX": "apart by a tax",
    "ACCRUED": "apart by interest",
    "SIGN": "the other sign",
    "MULTI": "another amount and date",
    "TIMING": "dates too far apart",
    "REFERENCE_DATA": "another reference or party",
    "CLASSIFICATION": "on another account",
    "COMPENSATING": "undone by another difference",
    "CORPORATE_ACTION": "an event booked by one side",
    "AGGREGATION": "several lines may sum to it",
    "UNKNOWN": "could be several lines",
    "TIMING_EXPECTED": "ours, expected on their side",
}
"""Classes of a break in words, in the order in which they want work."""

AGES = ((1, "0 to 1 days"), (5, "2 to 5"), (10, "6 to 10"), (30, "11 to 30"), (10**6, "older"))
AGE_COLUMNS = tuple("|".join((words, words.replace(" ", "\N{NO-BREAK SPACE}"), "integer")) for _, words in AGES)
AMOUNT_COLUMNS = ("amount|Gross amount|money", "currency|Currency|word")
CSV = "results/breaks.csv"


def four_quadrants(result: Result) -> Display:
    """Return the proof of each account, a line a side: its movements and what only the other has make the same sum."""
    proofs = sorted(numerals.records(result.tables["nostro_proof"]), key=lambda row: (row["account"], row["currency"]))
    drawn = columns(
        *("account|Account|key", "moved|Movements|money", "credits|+ credits of the other only|money"),
        *("debits|+ debits of the other only|money", "tolerated|+ accepted|money", "sum|= sum|money"),
        *("gap|Left over|money", "state|Proof|status", "closing|Closing, and opening|money"),
    )
    sides = [side for proof in proofs for side in (_ours(proof), _theirs(proof))]
    return table(sides, drawn, "Four quadrants, account by account", empty=NONE)


def _ours(proof: dict) -> dict:
    """Return our line of a proof: our movements, what only the statement has, and differences accepted."""
    parts = {"moved": proof["ours"], "credits": proof["their_credits"], "debits": proof["their_debits"]}
    return _side(proof, f"ours, in {proof['currency']}", parts | {"tolerated": proof["tolerated"]})


def _theirs(proof: dict) -> dict:
    """Return the correspondent's line of a proof, with what is left between the two and its balances."""
    parts = {"moved": proof["theirs"], "credits": proof["our_credits"], "debits": proof["our_debits"]}
    told = {"gap": proof["gap"], "closing": (proof["closing"], "", numerals.money(proof["opening"]))}
    told["state"] = "NOT_PROVEN" if proof["gap"] else "PROVEN"
    return _side(proof, f"theirs, to {numerals.day(proof['last_day'])}", parts) | told


def _side(proof: dict, side: str, parts: dict) -> dict:
    total = sum((part for part in parts.values() if part is not None), Decimal(0))
    return {"account": (proof["account"], "", side), "sum": total} | parts


NONE = "No statement and no record of the bank's own was received: nothing was compared."


def breaks_of(result: Result, reconciliations: tuple[str, ...]) -> list[dict]:
    """Return the open lines of some reconciliations; of all where none is named."""
    rows = numerals.records(result.tables["breaks"])
    return [row for row in rows if not reconciliations or row["reconciliation"] in reconciliations]


def breaks_by_class(result: Result, *reconciliations: str) -> Display:
    """Return the open lines by class and age, with the sum of their sizes: debits and credits are never netted."""
    lines = breaks_of(result, reconciliations)
    found = _tallied(lines, "class")
    order = list(CLASSES)
    rows = [
        {"class": CLASSES[name], "currency": currency} | tally
        for (name, currency), tally in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]
    drawn = columns("class|What|text", "lines|Lines|integer", *AGE_COLUMNS, *AMOUNT_COLUMNS)
    unknown = sum(row["class"] == "UNKNOWN" for row in lines)
    caption = "Open lines by class and age in business days"
    if lines:
        known = f"{unknown} without a known reason" if unknown else "each with a reason"
        caption = f"{numerals.count(len(lines), 'open line')}, {known}; by class and age in business days"
    empty = "No line is open: everything booked is on a statement, and the other way round."
    return table(rows, drawn, caption, CSV, empty=empty)


def breaks_by_counterparty(result: Result) -> Display:
    """Return the open lines by counterparty and age, with the chaser to send in French and in English."""
    lines = [row for row in numerals.records(result.tables["nostro_breaks"]) if row["class"] != "TIMING_EXPECTED"]
    named = [row | {"who": row["party"] or f"Correspondent of {row['account']}"} for row in lines]
    chasers = {row["party"]: row for row in numerals.records(result.tables["chasers"])}
    rows = [
        {"who": who, "currency": currency} | tally | chaser_links(chasers.get(who))
        for (who, currency), tally in _tallied(named, "who").items()
    ]
    rows.sort(key=lambda row: (-row["amount"], row["who"]))
    drawn = columns(
        *("who|Counterparty|text", "fr|Chaser|link", "en||link", "lines|Lines|integer", "asked|in the letter|integer"),
        *(*AMOUNT_COLUMNS, *AGE_COLUMNS),
    )
    empty = "No line is open with anybody, those expected in the coming days left out."
    return table(rows, drawn, "Open lines by counterparty and age in business days", CSV, empty=empty)


def chaser_links(chaser: dict | None) -> dict:
    """Return the texts to send as links; none where nothing is asked, or no file was written."""
    if chaser is None:
        return {"fr": ("", "", ""), "en": ("", "", "")}
    return {"asked": chaser["lines"], "fr": ("French", chaser["fr"], ""), "en": ("English", chaser["en"], "")}


def _tallied(lines: list[dict], name: str) -> dict[tuple, Counter]:
    """Return the number of lines by age, and the sum of their sizes, by a column and currency."""
    found: dict[tuple, Counter] = defaultdict(Counter)
    for row in lines:
        tally = found[row[name], row["currency"]]
        tally[next(words for limit, words in AGES if row["age_days"] <= limit)] += 1
        tally["lines"] += 1
        tally["amount"] += abs(row["amount"] or 0)  # holdings without a price have no amount
    return found


def breaks(result: Result, *reconciliations: str) -> Display:
    """Return the open lines, the oldest first, each with why it is open."""
    rows = [row | {"words": CLASSES[row["class"]]} for row in breaks_of(result, reconciliations)]
    rows.sort(key=lambda row: (-row["age_days"], row["key"]))
    drawn = columns(
        *("key|Line|key", "words|What|text", "amount|Amount|money", "currency|Currency|word"),
        *("age_days|Age, days|integer", "owner|Owner|word", "explanation|Why|reason"),
    )
    return table(rows, drawn, "Open lines", "results/breaks.csv", empty="No line is open.")


DATED = {"ours": "our_date", "theirs": "their_date"}


def match_suggestions(result: Result) -> Display:
    """Return the pairs a person may confirm, the likeliest first."""
    rows = numerals.records(result.tables["nostro_suggestions"])
    rows.sort(key=lambda row: (-row["score"], row["ours"], row["theirs"]))
    dated = [
        row | {side: (row[side], "", f"value {numerals.day(row[day])}") for side, day in DATED.items()} for row in rows
    ]
    drawn = columns(
        *("ours|Ours|key", "our_amount|Amount|money", "theirs|Theirs|key", "their_amount|Amount|money"),
        *("score|Score of 100|integer", "reason|Why|reason"),
    )
    return table(dated, drawn, "Suggested, never decided alone", "results/matches.csv", empty="Nothing is suggested.")


def tolerated(result: Result) -> Display:
    """Return each difference that was accepted, as the line to book, the latest first."""
    rows = numerals.records(result.tables["tolerated"])
    rows.sort(key=lambda row: (-row["date"].toordinal(), row["ours"]))
    drawn = columns(
        *("date|Day|date", "ours|Ours|key", "our_amount|Amount|money", "theirs|Theirs|key"),
        *("their_amount|Amount|money", "residual|To book|change", "currency|Currency|word", "reason|Accepted for|text"),
    )
    empty = "No difference was accepted."
    return table(rows, drawn, "Differences accepted for a named reason", "results/tolerated.csv", empty=empty)


def tolerated_days(result: Result) -> Display:
    """Return what each account accepted in a day against its cap, the most used first."""
    [cap] = [item["thresholds"]["cap"] for item in result.checked if item["control"] == "NOSTRO-06"]
    found = numerals.records(result.tables["tolerated_days"])
    capped = [row | {"cap": Decimal(str(cap)) if row["own_cap"] is None else row["own_cap"]} for row in found]
    rows = [row | {"state": "OVER" if row["accepted"] > row["cap"] else "WITHIN"} for row in capped]
    rows.sort(key=lambda row: (-row["accepted"], row["account"], row["date"]))
    drawn = columns(
        *("account|Account|key", "date|Day|date", "lines|Lines|integer", "accepted|Accepted, gross|money"),
        *("cap|Cap of a day|money", "currency|Currency|word", "state|State|status"),
    )
    return table(rows, drawn, "Accepted by account and day", empty="No account accepted a difference.")


def matching_quality(result: Result) -> Display:
    """Return by reconciliation how much was matched without a person, and how often those checked were right."""
    drawn = columns(
        *("of|Reconciliation|text", "matched|Matched alone|integer", "open|Open|integer", "rate|Rate|percent"),
        *("checked|Checked|integer", "right|Right|integer", "precision|Precision|percent"),
        *("low|95 % from|percent", "high|95 % to|percent"),
    )
    return table(qualities(result), drawn, "How much is matched, and how much of it is right", empty=NONE)


def qualities(result: Result) -> list[dict]:
    """Return by reconciliation lines matched and open, checks, and precision with its Wilson interval, in percent."""
    matched, open_lines = _keys(result, "matches", "status", "AUTO"), _keys(result, "breaks")
    sample = numerals.records(result.tables["match_sample"])
    counts = {name: len(matched[name]) for name in RECONCILIATIONS} | {"TRADES": _deals_alike(result)}
    return [
        _quality(name, counts[name], len(open_lines[name] - matched[name]), sample)
        for name in RECONCILIATIONS
        if counts[name] or open_lines[name]
    ]


def _deals_alike(result: Result) -> int:
    """Return how many deals both offices hold alike: of those settled before the day `matches` has no rows."""
    rows = numerals.records(result.tables["trade_sums"])
    return sum(row["front_deals"] for row in rows if row["class"] == "MATCHED")


def _keys(result: Result, name: str, column: str = "", value: str = "") -> dict[str, set]:
    """Return the lines, or the positions, of a result by reconciliation, each once."""
    found: dict[str, set] = defaultdict(set)
    for row in numerals.records(result.tables[name]):
        if not column or row[column] == value:
            found[row["reconciliation"]].add(row["key"])
    return found


def _quality(name: str, matched: int, left: int, sample: list[dict]) -> dict:
    checks = [row["decision"] for row in sample if row["reconciliation"] == name and row["decision"]]
    right, checked = checks.count("CONFIRMED"), len(checks)
    told = {"of": RECONCILIATIONS[name], "matched": matched, "open": left, "rate": 100 * matched / (matched + left)}
    told |= {"checked": checked, "right": right, "precision": None, "low": None, "high": None}
    if checked:
        low, high = wilson(right, checked)
        told |= {"precision": 100 * right / checked, "low": 100 * low, "high": 100 * high}
    return told


def match_sample(result: Result) -> Display:
    """Return the sample a person checks: what is left to check first."""
    rows = numerals.records(result.tables["match_sample"])
    rows.sort(key=lambda row: (row["decision"] is not None, row["match_id"]))
    said = [
        row
        | {"state": row["decision"] or "NOT_CHECKED", "pass": numerals.label(row["pass"])}
        | {"match_id": (row["match_id"], "", RECONCILIATIONS[row["reconciliation"]])}
        | {"sides": (row["ours"], "", row["said"] or row["theirs"])}
        for row in rows
    ]
    drawn = columns(
        *("match_id|Match|code", "state|Checked|status", "sides|Ours, and theirs or the sum|key"),
        *("amount|Amount|money", "currency||word", "pass|Found by|word", "residual|Accepted|change"),
        "decided_by|By|word",
    )
    left = sum(row["decision"] is None for row in rows)
    lost = ", ".join(sorted(row["match_id"] for row in numerals.records(result.tables["matches_not_found"])))
    unknown = f"; judged wrong, and in none of the publications looked back over: {lost}" if lost else ""
    empty = f"Nothing was matched without a person: there is nothing to check{unknown}."
    caption = f"{left} of {len(rows)} to check{unknown}"
    return table(said, drawn, caption, "results/match_sample.csv", empty=empty)


RECONCILIATIONS = {
    "NOSTRO": "correspondents",
    "DEPOT": "depositaries",
    "CARDS": "cards",
    "CARD_ACCOUNTS": "card accounts",
    "ATM": "cash machines",
    "TRADES": "front and back office",
}
