"""Kernel: the stage of each open item, and what is proposed for it by age, side and size; a person decides."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from bolib.errors import ParameterError
from bolib.valuation import decimals, integers, multiply_divide

MONEY = pa.decimal128(18, 2)
WORDS = ("side", "from_days", "up_to", "proposal", "percent", "approver")
ANY = ("DEBIT", "CREDIT", "ANY")
NONE = "none yet"
ADDED = (
    *(("stage", pa.string()), ("proposal", pa.string()), ("approver", pa.string())),
    *(("percent", pa.int64()), ("provision", MONEY)),
)


@dataclass(frozen=True)
class Terms:
    """Days after which an item is escalated and reviewed for a loss, bands of age, and the proposals in their order."""

    escalated_after: int
    review_after: int
    bands: tuple[tuple[int, str], ...]
    proposals: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, rule: dict[str, Any], proposals: list[dict]) -> "Terms":
        """Return the terms of the rule on suspense accounts, with the bank's own proposals."""
        for one in proposals:
            if not isinstance(one, dict) or set(one) != set(WORDS) or one["side"] not in ANY:
                where = "parameters/anomalies.yml, suspense"
                raise ParameterError(where, f"the words {', '.join(WORDS)}", str(one), "Correct the file.")
        bands = tuple((band["from"], band["band"]) for band in rule["bands"])
        return cls(rule["escalated_after_days"], rule["loss_review_after_days"], bands, tuple(proposals))

    def band(self, age: int) -> str:
        """Return the band of an age in days."""
        return [name for start, name in self.bands if age >= start][-1]

    def stage(self, age: int) -> str:
        """Return WATCHED, ESCALATED or LOSS_REVIEW."""
        late = "LOSS_REVIEW" if age > self.review_after else "ESCALATED"
        return late if age > self.escalated_after else "WATCHED"

    def proposal(self, side: str, age: int, cents: int) -> dict[str, Any] | None:
        """Return the first proposal that fits an item, or None."""
        return next((one for one in self.proposals if _fits(one, side, age, abs(cents))), None)


def _fits(one: dict[str, Any], side: str, age: int, cents: int) -> bool:
    limit = one["up_to"]
    small = limit is None or cents <= int(Decimal(str(limit)).scaleb(2))
    return one["side"] in (side, "ANY") and age >= one["from_days"] and small


def proposer(terms: Terms) -> Callable[[pa.Table], pa.Table]:
    """Return the kernel that adds stage, proposal, approver, percent and provision to open items.

    provision = |amount| * percent / 100, in the cent, a half to the even neighbour.
    """

    def propose(rows: pa.Table) -> pa.Table:
        cents, ages = integers(rows["amount"]), integers(rows["age_days"])
        sides = rows["side"].to_pylist()
        found = [terms.proposal(*item) for item in zip(sides, ages.tolist(), cents.tolist(), strict=True)]
        percent = np.array([one["percent"] if one else 0 for one in found], np.int64)
        provision = multiply_divide([np.abs(cents), percent], [100]) if len(rows) else cents
        values = (
            [terms.stage(age) for age in ages.tolist()],
            [_said(one) for one in found],
            [one["approver"] if one else None for one in found],
            percent,
        )
        added = [pa.array(column, kind) for column, (_, kind) in zip(values, ADDED, strict=False)]
        for (name, _), column in zip(ADDED, [*added, decimals(provision, MONEY)], strict=True):
            rows = rows.append_column(name, column)
        return rows

    return propose


def _said(one: dict[str, Any] | None) -> str:
    if one is None:
        return NONE
    return f"{one['proposal']} of {one['percent']} %" if one["percent"] else one["proposal"]
