"""Kernel: the events of whole cases in their order, each with the time it was waited for.

A case is one object; its steps are its events in the order of their moments, those of one instant in the order in
which their source recorded them. Moments are cut to whole seconds first, so that the waits of a case add up exactly.
"""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.deadlines.processing.opening import Opening


def steps(events: pa.Table, opening: Opening, as_of: date) -> pa.Table:
    """Return the events, those of a case together and in order, with what each step tells.

    step (1, 2 ...), previous (the activity before), second (since 1970, UTC), months_ago (0: the month of the day),
    wait_seconds and wait_business_seconds (since the step before, and how much of it in opening hours; empty for the
    first step), again (the activity was done before in this case); then the columns of `events`.
    """
    rows, first, activity = _in_order(events)
    moments, place = rows["at"].to_numpy(), np.arange(rows.num_rows)
    second, opened = seconds(moments), opening.seconds(moments)
    before = pa.array(np.maximum(place - 1, 0))
    told = {
        "step": place - np.maximum.accumulate(np.where(first, place, 0)) + 1,
        "previous": pc.if_else(first, pa.scalar(None, pa.string()), rows["activity"].take(before)),
        "second": second,
        "months_ago": months_ago(moments, as_of),
        "wait_seconds": pa.array(np.diff(second, prepend=0), mask=first),
        "wait_business_seconds": pa.array(np.diff(opened, prepend=0), mask=first),
        "again": _again(first, activity),
    }
    return pa.table({**{name: rows[name] for name in rows.column_names}, **told})


def _in_order(events: pa.Table) -> tuple[pa.Table, np.ndarray, np.ndarray]:
    """Return the events in order, where a case begins, and the rank of each activity."""
    kind, key, activity = (ranks(events[name]) for name in ("object_type", "object_id", "activity"))
    file, line = ranks(events["source_file"]), pc.fill_null(events["source_line"], 0).to_numpy()
    order = np.lexsort((activity, line, file, events["at"].to_numpy(), key, kind))
    return events.take(pa.array(order)), beginnings(kind[order], key[order]), activity[order]


def ranks(column: pa.ChunkedArray) -> np.ndarray:
    """Return the place of each text among the different ones in alphabetical order, a missing one before all."""
    encoded = column.combine_chunks().dictionary_encode()
    texts = len(encoded.dictionary)
    place = np.full(texts + 1, -1)
    place[pc.array_sort_indices(encoded.dictionary).to_numpy()] = np.arange(texts)
    return place[pc.fill_null(encoded.indices, texts).to_numpy()]


def beginnings(*codes: np.ndarray) -> np.ndarray:
    """Return where sorted rows differ from the row before in one of the codes; the first row always does."""
    first = np.ones(len(codes[0]), dtype=bool)
    first[1:] = np.any([code[1:] != code[:-1] for code in codes], axis=0)
    return first


def seconds(moments: np.ndarray) -> np.ndarray:
    """Return the whole seconds from 1970 to each moment."""
    return moments.astype("datetime64[s]").astype(np.int64)


def months_ago(moments: np.ndarray, as_of: date) -> np.ndarray:
    """Return how many months lie between the month (UTC) of each moment and that of the day."""
    return np.datetime64(as_of, "M").astype(np.int64) - moments.astype("datetime64[M]").astype(np.int64)


def _again(first: np.ndarray, activity: np.ndarray) -> np.ndarray:
    """Return which steps do what was done before in their case."""
    pair = np.cumsum(first) * (activity.max(initial=0) + 1) + activity
    _, earliest = np.unique(pair, return_index=True)
    again = np.ones(len(pair), dtype=bool)
    again[earliest] = False
    return again
