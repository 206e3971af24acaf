"""The days on which an instruction bears a cash penalty, and the state it was in at the end of each.

`fail_days` is a kernel: instructions and the steps of their lives in any order, whole instructions at a
time. It knows days, moments and quantities; who failed, for lack of what and at which rate is joined to
its rows, and the money is multiplied by `valuation.charge`.

A day of a depository ends in the evening, when the next one opens: what happens later belongs to the next.
Settlement stops before, at the cut-off: what is matched, released or cancelled from then on does not help
the day any more.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation.exact import QUANTITY, decimals, integers, missing
from bolib.valuation.keys import in_order, ranks

FAIL_DAYS = pa.schema(
    [("instruction_id", pa.string()), ("date", pa.date32()), ("charged_on", pa.date32()), ("type", pa.string())]
    + [("quantity", QUANTITY), ("reason", pa.string()), ("hold", pa.bool_()), ("told", pa.bool_())]
)
"""One row an instruction and day.

type: LMFP for a day before it matched, SEFP for one it failed after that. charged_on: the day itself, or of an
LMFP the day of matching, empty while it is not matched. told: whether anything tells the state of that evening;
otherwise there is no quantity (what was not settled), reason or hold.
"""


@dataclass(frozen=True)
class PenaltyDays:
    """The settlement days of a depository up to the day of the report, and their hours in UTC."""

    dates: np.ndarray  # datetime64[D], ascending
    ends: np.ndarray  # datetime64[us]: when the next day opens
    cut_offs: dict[str, np.ndarray]  # by payment (APMT, FREE), datetime64[us]: from when on nothing settles
    since: np.datetime64  # the first day asked for: what was charged before is left out

    def on_or_after(self, dates: np.ndarray) -> np.ndarray:
        """Return the number of the first day on or after each date; for none, or a later one, the number of days."""
        return np.searchsorted(self.dates, dates)

    def of(self, moments: np.ndarray) -> np.ndarray:
        """Return the number of the day a moment falls on; for none, or a later one, the number of days."""
        return np.searchsorted(self.ends, moments)

    def too_late(self, moments: np.ndarray, payment: pa.ChunkedArray) -> np.ndarray:
        """Return whether a moment falls on the cut-off of its day or after it."""
        number = np.minimum(self.of(moments), len(self.dates) - 1)
        against = _equal(payment, "APMT")
        return moments >= np.where(against, self.cut_offs["APMT"][number], self.cut_offs["FREE"][number])


def fail_days(instructions: pa.Table, steps: pa.Table, days: PenaltyDays) -> pa.Table:
    """Return the rows (`FAIL_DAYS`) charged since `days.since`, and those not charged yet.

    instructions: instruction_id, payment, quantity, intended_settlement_date, matched_at, settled_on,
    settled_quantity, status, reason; the last four as known on the last day. steps: instruction_id, payment, at,
    status, reason, settled_quantity, hold. Without steps, only the last evening of an open instruction is told.
    """
    if not instructions.num_rows or not len(days.dates):
        return FAIL_DAYS.empty_table()
    (number, owner), _ = ranks(instructions["instruction_id"], steps["instruction_id"])
    life = _life(steps, owner, days)
    due = days.on_or_after(_dates(instructions["intended_settlement_date"]))
    matched_at = _moments(instructions["matched_at"])
    matched = days.of(matched_at)
    able = matched + days.too_late(matched_at, instructions["payment"])
    end = np.minimum(days.on_or_after(_dates(instructions["settled_on"])), life.cancelled(number, len(days.dates)))
    since = days.on_or_after(days.since)
    # what never matched and was cancelled never cost anything
    asked = np.where(matched == len(days.dates), end == matched, matched >= since)
    late = _expanded(due, np.where(asked, np.minimum(able, end), due))
    failing = _expanded(np.maximum(np.maximum(due, able), since), end)
    late_rows = _late_rows(instructions, *late, matched, days)
    return pa.concat_tables([late_rows, _failing_rows(instructions, *failing, life, number, days)])


@dataclass(frozen=True)
class _Life:
    """The steps of all instructions, by instruction and time; arrays of one element a step."""

    table: pa.Table
    owner: np.ndarray  # number of the instruction
    day: np.ndarray  # from which on its settled quantity counts
    effective: np.ndarray  # from which on its status, reason and hold count

    def settled(self, number: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Return the row of the last step that counts for the quantity of an evening, -1 for none."""
        return self._last(np.arange(len(self.owner)), self.day, number, day)

    def state(self, number: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Return the row of the last step that counts for the status of an evening, -1 for none."""
        # a later step that counts as soon as an earlier one, or sooner, takes its place
        later = np.append(self.effective[1:], 0) if len(self.owner) else self.effective
        same = np.append(self.owner[1:] == self.owner[:-1], False) if len(self.owner) else self.owner.astype(bool)
        return self._last(np.flatnonzero(~same | (later > self.effective)), self.effective, number, day)

    def _last(self, kept: np.ndarray, since: np.ndarray, number: np.ndarray, day: np.ndarray) -> np.ndarray:
        width = int(max(since.max(initial=0), day.max(initial=0))) + 1
        place = np.searchsorted(self.owner[kept] * width + since[kept], number * width + day, side="right") - 1
        own = (place >= 0) & (self.owner[kept][place] == number) if len(kept) else np.zeros(len(number), bool)
        return np.where(own, kept[place] if len(kept) else -1, -1)

    def cancelled(self, number: np.ndarray, never: int) -> np.ndarray:
        """Return from which day on an instruction is cancelled; `never` for the others."""
        first = np.full(int(max(number.max(), self.owner.max(initial=0))) + 1, never)
        chosen = _equal(self.table["status"], "CANC")
        np.minimum.at(first, self.owner[chosen], self.effective[chosen])
        return first[number]


def _life(steps: pa.Table, owner: np.ndarray, days: PenaltyDays) -> _Life:
    """Return the lives of the instructions.

    A step counts from the next day on when it comes at the cut-off or later, but not the notice that the
    instruction has failed, which comes then and tells of the day that ends.
    """
    at = _moments(steps["at"])
    order = in_order(owner, at.astype(np.int64))
    day = days.of(at)
    effective = day + (days.too_late(at, steps["payment"]) & ~_equal(steps["status"], "PENF"))
    return _Life(steps.take(pa.array(order)), owner[order], day[order], effective[order])


def _late_rows(instructions: pa.Table, row: np.ndarray, day: np.ndarray, matched: np.ndarray, days: PenaltyDays):
    of_match = matched[row]
    on = days.dates[np.minimum(of_match, len(days.dates) - 1)]
    nothing = pa.nulls(len(row))
    return _rows(
        instructions.take(pa.array(row)),
        days.dates[day],
        pa.array(on, mask=of_match == len(days.dates)),
        "LMFP",
        {"reason": nothing, "hold": nothing, "told": ~missing(instructions["quantity"])[row]},
    )


def _failing_rows(
    instructions: pa.Table, row: np.ndarray, day: np.ndarray, life: _Life, number: np.ndarray, days: PenaltyDays
) -> pa.Table:
    found, of_row = instructions.take(pa.array(row)), number[row]
    now = (day == len(days.dates) - 1) & pc.is_in(found["status"], pa.array(["PENF", "PEND"])).to_numpy()
    state, settled = life.state(of_row, day), life.settled(of_row, day)
    told = {name: _of_steps(life.table[name], state) for name in ("reason", "hold")}
    told["reason"] = pc.coalesce(told["reason"], pc.if_else(pa.array(now), found["reason"], None))
    told["told"] = ((state >= 0) | now) & ~missing(found["quantity"])
    done = pc.coalesce(_of_steps(life.table["settled_quantity"], settled), found["settled_quantity"])
    quantity = integers(found["quantity"], null=0)
    left = quantity - integers(done, null=0)
    rows = _rows(found, days.dates[day], days.dates[day], "SEFP", told, decimals(left, QUANTITY, ~told["told"]))
    return rows.filter(pa.array((left > 0) | (quantity == 0) | ~told["told"]))


def _rows(found: pa.Table, date, charged_on, kind: str, told: dict, quantity: pa.Array | None = None) -> pa.Table:
    columns = {"instruction_id": found["instruction_id"], "date": date, "charged_on": charged_on}
    columns |= {"type": pa.repeat(kind, found.num_rows)}
    return pa.table(columns | {"quantity": found["quantity"] if quantity is None else quantity} | told).cast(FAIL_DAYS)


def _of_steps(column: pa.ChunkedArray, rows: np.ndarray) -> pa.ChunkedArray:
    """Return the values of a column of steps; nothing where the row is -1."""
    return column.take(pa.array(rows, mask=rows < 0))


def _expanded(first: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return place and number, one element for each number from `first` to before `end`.

    >>> [part.tolist() for part in _expanded(np.array([3, 9]), np.array([5, 9]))]
    [[0, 0], [3, 4]]
    """
    count = np.maximum(end - first, 0)
    place = np.repeat(np.arange(len(first)), count)
    return place, np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count) + first[place]


def _moments(column: pa.ChunkedArray) -> np.ndarray:
    return column.to_numpy().astype("datetime64[us]")


def _dates(column: pa.ChunkedArray) -> np.ndarray:
    return column.to_numpy().astype("datetime64[D]")


def _equal(column: pa.ChunkedArray, value: str) -> np.ndarray:
    return pc.fill_null(pc.equal(column, value), False).to_numpy()
