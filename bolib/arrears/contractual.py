"""The contractual counter: since when the oldest unpaid instalment is due, and how many days count since."""

import numpy as np

from bolib.arrears.paths import Events, Walked
from bolib.arrears.portfolio import NEVER, Pauses
from bolib.valuation.keys import running, starts


def overdue_since(found: Events, walked: Walked, past_due: np.ndarray) -> np.ndarray:
    """Return by place the due date of the oldest instalment not wholly paid; NEVER where nothing is past due.

    `found` are the events that count on the evening, `past_due` what is past due then, by place.
    """
    since = walked.since.copy()
    late = past_due > 0
    paid = np.zeros(len(past_due), np.int64)
    receipt = found.cents < 0
    np.subtract.at(paid, found.place[receipt], found.cents[receipt])
    due = np.flatnonzero(~receipt & (found.cents != 0) & (late & ~walked.odd)[found.place])
    place = found.place[due]
    open_now = running(found.cents[due], place) > paid[place]
    first = due[open_now][starts(place[open_now])]
    since[found.place[first]] = found.day[first] - 1  # past due from the day after
    return since


def counted_pauses(pauses: Pauses, day: int) -> Pauses:
    """Return the pauses known on the evening of `day`, those that overlap or touch joined into one."""
    known = np.flatnonzero((pauses.known <= day) & (pauses.start <= day))
    place, start = pauses.place[known].astype(np.int64), pauses.start[known]
    end = np.minimum(pauses.end[known], day)
    if not len(known):
        return Pauses(place, start, end, pauses.known[known])
    span = NEVER + 1  # more than any day, so that the furthest end of one loan says nothing of the next
    furthest = np.maximum.accumulate(place * span + end) - place * span
    begins = np.append(True, (place[1:] != place[:-1]) | (start[1:] > furthest[:-1] + 1))
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(place)) - 1
    return Pauses(place[first], start[first], furthest[last], pauses.known[known][first])


def days_past_due(since: np.ndarray, pauses: Pauses, day: int) -> np.ndarray:
    """Return by place the days from `since` to the evening of `day`, the first not counted, less those of a pause."""
    late = since < NEVER
    counted = np.where(late, day - since, 0)
    hit = late[pauses.place]
    place, start, end = pauses.place[hit], pauses.start[hit], pauses.end[hit]
    overlap = np.maximum(end - np.maximum(start, since[place] + 1) + 1, 0)
    np.subtract.at(counted, place, overlap)
    return counted
