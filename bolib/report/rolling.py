"""Whether arrears roll forward: of the loans in a band of days past due at a month end, where they are at the next."""

from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from bolib.deadlines.instalments import band_names
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

CSV = "results/roll_rates.csv"
TENTH = Decimal("0.1")


def roll_rates(result: Result) -> Display:
    """Return, of the loans in each band at the last month end, the share in each band on the day."""
    moves = numerals.records(result.tables["roll_rates"])
    last = max((row["to_date"] for row in moves), default=None)
    moves = [row for row in moves if row["to_date"] == last]
    into = band_names(result.day.parameters["arrears_buckets"])
    found = {(row["from_bucket"], row["to_bucket"]): row["loans"] for row in moves}
    rows = [_rolled(bucket, into, found) for bucket in into if any((bucket, name) in found for name in into)]
    drawn = columns(
        "band|From days past due|word", "loans|Loans|integer", *(f"{name}|to {name}|percent" for name in into)
    )
    since = numerals.day(moves[0]["from_date"]) if moves else ""
    return table(rows, drawn, f"Roll rates since {since}, in percent of the loans", empty="No loan to follow.")


def _rolled(bucket: str, into: list[str], found: dict[tuple[str, str], int]) -> dict[str, Any]:
    total = sum(found.get((bucket, name), 0) for name in into)
    shares = {name: percent(found[bucket, name], total) for name in into if (bucket, name) in found}
    return {"band": bucket, "loans": total} | shares


def roll_trend(result: Result) -> Display:
    """Return, month end by month end, the share of the loans of each band that were in an older one at the next."""
    moves = numerals.records(result.tables["roll_rates"])
    ends = sorted({row["to_date"] for row in moves})
    all_: dict[tuple, int] = defaultdict(int)
    worse: dict[tuple, int] = defaultdict(int)
    for row in moves:
        all_[row["from_rank"], row["from_bucket"], row["to_date"]] += row["loans"]
        worse[row["from_rank"], row["from_bucket"], row["to_date"]] += row["loans"] * (
            row["to_rank"] > row["from_rank"]
        )
    bands = sorted({key[:2] for key in all_})
    rows = [
        {"band": bucket} | {str(end): percent(worse[rank, bucket, end], all_[rank, bucket, end])
                            for end in ends if all_[rank, bucket, end]}
        for rank, bucket in bands
    ]  # fmt: skip
    drawn = columns("band|From days past due|word", *(f"{end}|{numerals.day(end)}|percent" for end in ends))
    caption = "Share of the loans that rolled into an older band, by the evening on which they were in it"
    return table(rows, drawn, caption, CSV, empty="No loan to follow.")


def percent(part: int, whole: int) -> Decimal:
    """Return part of whole in percent, to a tenth.

    >>> percent(2, 3)
    Decimal('66.7')
    """
    return (Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_EVEN)
