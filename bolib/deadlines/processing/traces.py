"""Kernel: each case as one row, the way it went and how long it took, or how long it has been open."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars.zones import Moments
from bolib.deadlines.processing.opening import Opening
from bolib.deadlines.processing.steps import beginnings, months_ago, ranks, seconds

ARROW = " → "
OPEN, CLOSED, UNKNOWN = "OPEN", "CLOSED", "UNKNOWN"
"""A case is closed by the last of its ending steps. Of a kind without declared ending steps nobody can say: its
cases are taken to end with their last step so far."""


def traces(steps: pa.Table, opening: Opening, as_of: date) -> pa.Table:
    """Return one row a case.

    object_type, object_id, state, steps, repeats (steps that came again), first_at, last_at, last_activity, path
    (its activities in order); ended_at, months_ago (of the end), lead_seconds and lead_business_seconds (from the first
    step to the end), empty while open; age_ and idle_ seconds (from the first and the last step to the evening of the
    day), empty once ended. Business seconds are those in opening hours.
    """
    kind, key = ranks(steps["object_type"]), ranks(steps["object_id"])
    order = np.lexsort((steps["step"].to_numpy(), key, kind))
    rows = steps.take(pa.array(order))
    first = np.flatnonzero(beginnings(kind[order], key[order]))
    last = np.append(first[1:], len(order))[: len(first)] - 1
    state, end = _ends(rows, first, last)
    moments = rows["at"].to_numpy()
    return pa.table(
        {
            "object_type": rows["object_type"].take(first),
            "object_id": rows["object_id"].take(first),
            "state": state,
            "steps": last - first + 1,
            "repeats": np.add.reduceat(rows["again"].to_numpy().astype(np.int64), first),
            **_times(moments[first], moments[last], moments[end], state == OPEN, opening, as_of),
            "last_activity": rows["activity"].take(last),
            "path": _joined(rows["activity"], np.append(first, len(order))),
        }
    )


def _ends(rows: pa.Table, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the state of each case, and the row of its end: that of its last step where it has none."""
    place = np.arange(rows.num_rows)
    ending = np.maximum.reduceat(np.where(rows["ending"].to_numpy(), place, -1), first)
    told = rows["told"].to_numpy()[first]
    state = np.where(told, np.where(ending < 0, OPEN, CLOSED), UNKNOWN).astype(object)
    return state, np.where(told & (ending >= 0), ending, last)


def _times(
    first: Moments, last: Moments, end: Moments, is_open: np.ndarray, opening: Opening, as_of: date
) -> dict[str, pa.Array]:
    """Return the moments of each case and the whole seconds between them, in all and in opening hours."""
    until = np.where(is_open, np.datetime64(as_of, "us") + np.timedelta64(1, "D"), end)
    clocks = {"seconds": seconds, "business_seconds": opening.seconds}
    spans = {"lead": (first, ~is_open), "age": (first, is_open), "idle": (last, is_open)}
    return {
        "first_at": pa.array(first),
        "last_at": pa.array(last),
        "ended_at": pa.array(end, mask=is_open),
        "months_ago": pa.array(months_ago(end, as_of), mask=is_open),
        **{
            f"{span}_{unit}": pa.array(clock(until) - clock(since), mask=~known)
            for span, (since, known) in spans.items()
            for unit, clock in clocks.items()
        },
    }


def _joined(activities: pa.ChunkedArray, offsets: np.ndarray) -> pa.Array:
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), activities.combine_chunks())
    return pc.binary_join(lists, ARROW)
