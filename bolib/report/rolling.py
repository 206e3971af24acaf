"""Whether arrears roll forward: of the loans in a band of days past due at a month end, where they are at the next."""

import datetime
from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from bolib.deadlines.instalments import band_names
from bolib.report import numerals
from bolib.report.arrears import CSV as LOANS
from bolib.report.display import Display
from bolib.report.leads import EVENINGS, led
from bolib.report.recovery import to_loan
from bolib.report.tables import columns, table
from bolib.results import Result

CSV = "results/arrears_history.csv"
LIMIT = 120
"""Loans drawn with their evenings; the others are counted and stand in the CSV."""
TENTH = Decimal("0.1")

Move = dict[str, Any]


def roll_rates(result: Result) -> Display:
    """Return, of the loans in each band at the last month end, the share in each band on the day."""
    every = numerals.records(result.tables["roll_rates"])
    last = max((row["to_date"] for row in every), default=None)
    moves = [row for row in every if row["to_date"] == last]
    into = band_names(result.day.parameters["arrears_buckets"])
    rows = [_rolled(bucket, [row for row in moves if row["from_bucket"] == bucket]) for bucket in into]
    drawn = columns(
        "band|From days past due|word", "loans|Loans|integer", *(f"{name}|to {name}|percent" for name in into)
    )
    since = numerals.day(moves[0]["from_date"]) if moves else ""
    caption = f"Roll rates since {since}, in percent of the loans"
    return table([row for row in rows if row], drawn, caption, empty="No loan to follow.")


def _rolled(bucket: str, moves: list[Move]) -> dict[str, Any] | None:
    if not moves:
        return None
    total = sum(row["loans"] for row in moves)
    from_day = numerals.day(moves[0]["from_date"])
    all_ = (total, LOANS, "") if moves[0]["from_rank"] == 0 else led(total, EVENINGS, total, {from_day: bucket})
    return {"band": bucket, "loans": all_} | {row["to_bucket"]: _share(row, total) for row in moves}


def _share(move: Move, total: int) -> tuple[Decimal, str, str]:
    """Return the share of a move, leading to its loans; those that were and are not past due stand in the CSV only."""
    part, arithmetic = percent(move["loans"], total), f"{move['loans']:,} of {total:,}"
    if move["from_rank"] == move["to_rank"] == 0:
        return part, LOANS, arithmetic
    wanted = {numerals.day(move[f"{end}_date"]): move[f"{end}_bucket"] for end in ("from", "to")}
    return led(part, EVENINGS, move["loans"], wanted, arithmetic)


def roll_trend(result: Result) -> Display:
    """Return, month end by month end, the share of the loans of each band that were in an older one at the next."""
    found: dict[tuple, list[Move]] = defaultdict(list)
    for row in numerals.records(result.tables["roll_rates"]):
        found[row["from_rank"], row["from_bucket"], row["to_date"]].append(row)
    ends = sorted({end for _, _, end in found})
    older = band_names(result.day.parameters["arrears_buckets"])
    lines: dict[str, dict[str, Any]] = {}
    for (rank, bucket, end), moves in sorted(found.items()):
        lines.setdefault(bucket, {"band": bucket})[str(end)] = _worse(moves, older[rank + 1 :])
    drawn = columns("band|From days past due|word", *(f"{end}|{numerals.day(end)}|percent" for end in ends))
    caption = "Share of the loans that rolled into an older band, by the evening on which they were in it"
    return table(lines.values(), drawn, caption, empty="No loan to follow.")


def _worse(moves: list[Move], older: list[str]) -> Any:
    """Return which share of the loans of a band were in an older one at the next evening, leading to them."""
    total = sum(row["loans"] for row in moves)
    worse = sum(row["loans"] for row in moves if row["to_rank"] > row["from_rank"])
    part, arithmetic = percent(worse, total), f"{worse:,} of {total:,}"
    wanted = {numerals.day(moves[0]["from_date"]): moves[0]["from_bucket"], numerals.day(moves[0]["to_date"]): older}
    return led(part, EVENINGS, worse, wanted, arithmetic) if worse else (part, "", arithmetic)


def arrears_history(result: Result) -> Display:
    """Return the loans past due on one of the evenings, with their band and what they owed on each, the last first."""
    loans: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables["arrears_history"]):
        loans[row["loan_id"]].append(row)
    rows = [_evenings(mine, result.day.as_of) for mine in loans.values()]
    rows.sort(key=lambda row: (-row["owed"], row["loan"][0]))
    evenings = sorted({row["day"] for mine in loans.values() for row in mine}, reverse=True)
    drawn = columns(
        *("loan|Loan|link", "customer_id|Borrower|key", "currency|Currency|word"),
        *(f"{day}|{numerals.day(day)}|word" for day in evenings),
    )
    caption = "Loans past due on one of these evenings: band of days past due, and the amount"
    return table(rows, drawn, caption, CSV, empty="No loan was past due.", limit=LIMIT, place=EVENINGS)


def _evenings(states: list[dict[str, Any]], as_of: datetime.date) -> dict[str, Any]:
    """Return a loan with its band and amount on each evening; one still past due leads to its place in the page."""
    owed = sum(row["amount_past_due"] for row in states if row["day"] == as_of)
    cells = {str(row["day"]): (row["bucket"], "", _amount(row)) for row in states}
    loan = to_loan(states[0]) if owed else (states[0]["loan_id"], "", "")
    return {"loan": loan, "owed": owed} | {name: states[0][name] for name in ("customer_id", "currency")} | cells


def _amount(state: dict[str, Any]) -> str:
    return numerals.money(state["amount_past_due"]) if state["rank"] else ""


def percent(part: int, whole: int) -> Decimal:
    """Return part of whole in percent, to a tenth.

    >>> percent(2, 3)
    Decimal('66.7')
    """
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_EVEN)
