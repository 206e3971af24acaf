"""Cards as people read them: who waits for a refund, whose move each dispute is, and which machines do not count."""

from bolib.report import numerals
from bolib.report.cases import cases, facts, source
from bolib.report.display import Display
from bolib.report.leads import COUNTS, led
from bolib.report.tables import columns, table
from bolib.results import Result

THEIR_MOVE = "CHARGEBACK"
"""The stage in which the merchant's bank must answer."""

RULE = "#rule-E2.atm.count"

CSV = "results/cash_counts.csv"
LIMIT = 24
"""Counts drawn in a page; the others stand in the CSV."""


def disputes(result: Result) -> Display:
    """Return the disputes that run, by the end of their clock: whose move it is, who has his money back."""
    files = [_file(row) for row in numerals.records(result.tables["dispute_work"])]
    return cases(result, ("dispute", "refund"), files, "card dispute", "No dispute runs.")


def _file(row: dict) -> dict:
    said = facts(
        scheme=row["scheme"], stage=row["stage"], since=row["stage_on"], whose_move=_move(row), customer=_refund(row),
        reason=row["reason"], payment=row["transaction_date"], reported=row["reported_on"], clearing_line=row["arn"],
    )  # fmt: skip
    about = f"{row['scheme']}, {numerals.label(row['stage']).lower()}: {_move(row)}'s move; {_refund(row)}"
    named = {"key": row["dispute_id"], "about": about, "facts": said, "source": source(row)}
    return named | {"amount": row["amount"], "currency": row["currency"]}


def _move(row: dict) -> str:
    """Return who must act next; of a dispute that has ended, nobody."""
    if row["rule"] is None:
        return "nobody"
    return "the merchant's bank" if row["stage"] == THEIR_MOVE else "the issuer"


def _refund(row: dict) -> str:
    """Return whether the customer has the money back; only a payment nobody authorised is owed at once."""
    if row["refunded_on"] is not None:
        return f"refunded {numerals.day(row['refunded_on'])}"
    return "refund owed now" if row["unauthorised"] else "waits for the outcome"


def cash_machines(result: Result) -> Display:
    """Return the cash machines: days counted, cash on the last one and what does not add up."""
    found: dict[str, list[dict]] = {}
    for row in numerals.records(result.tables["cash_counts"]):
        found.setdefault(row["atm"], []).append(row)
    rows = [_machine(name, sorted(counts, key=lambda row: row["date"])) for name, counts in sorted(found.items())]
    drawn = columns(
        *("atm|Machine|key", "days|Days counted|integer", "last|Last count|date", "counted|Cash|money"),
        *("short|Short or over|change", "broken|Opened with another count|integer", "currency|Currency|word"),
    )
    return table(rows, drawn, "Cash machines, counted", empty="No count of a cash machine was received.")


def _machine(name: str, counts: list[dict]) -> dict:
    last, every = counts[-1], {"Machine": name}
    wrong = [row for row in counts if row["difference"]]
    broken = [row for row in counts if not _follows(row)]
    short = sum(row["difference"] for row in wrong) if wrong else None
    return {
        "atm": name,
        "days": led(len(counts), COUNTS, len(counts), every),
        "last": last["date"],
        "counted": led(last["counted"], COUNTS, 1, every | {"Day": last["date"]}),
        "short": led(short, COUNTS, len(wrong), every | {"Adds up": "no"}),
        "broken": led(len(broken) or None, COUNTS, len(broken), every | {"Opens as counted": "no"}),
        "currency": last["currency"],
    }


def _follows(row: dict) -> bool:
    """Return whether a day opens with the count before it; a first day follows none."""
    return row["counted_before"] is None or row["opening"] == row["counted_before"]


def cash_counts(result: Result) -> Display:
    """Return the counts of the machines, those that do not add up first, then the last; each with its arithmetic."""
    rows = numerals.records(result.tables["cash_counts"])
    rows.sort(key=lambda row: (not row["difference"] and _follows(row), -row["date"].toordinal(), row["atm"]))
    drawn = columns(
        *("atm|Machine|key", "date|Day|date", "expected|Should hold|money", "counted|Counted|money"),
        *("adds_up|Adds up|word", "follows|Opens as counted|word", "row|Row|key"),
    )
    caption = "Counts of cash machines: opening + loaded − dispensed, and what was counted"
    empty = "No count of a cash machine was received."
    return table(map(_count, rows), drawn, caption, CSV, empty=empty, limit=LIMIT, place=COUNTS)


def _count(row: dict) -> dict:
    """Return a count with its arithmetic; what is wrong in it leads to the rule."""
    sums = [numerals.money(row[name]) for name in ("opening", "loaded", "dispensed")]
    follows, before = _follows(row), row["counted_before"]
    counted = "" if follows else f"before: {numerals.money(before)} on {numerals.day(row['date_before'])}"
    return {
        "atm": row["atm"],
        "date": row["date"],
        "expected": (row["expected"], "", f"{sums[0]} + {sums[1]} − {sums[2]}"),
        "counted": row["counted"],
        "adds_up": ("no", RULE, numerals.money(row["difference"], sign=True)) if row["difference"] else "yes",
        "follows": "yes" if follows else ("no", RULE, counted),
        "row": source(row),
    }
