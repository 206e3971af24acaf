"""From when to when a unit is in default: from the day its count exceeds what is allowed to the end of probation."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from bolib.arrears.materiality import Runs
from bolib.arrears.portfolio import NEVER
from bolib.arrears.terms import Terms
from bolib.calendars import months_after


@dataclass
class Defaults:
    """By place of the unit: since when it is in default, and until when at least; NEVER where it is not."""

    since: np.ndarray
    until: np.ndarray  # first day it may count as cured; NEVER while its arrears are still material


def defaults(found: Runs, forborne: np.ndarray, terms: Terms, day: int) -> Defaults:
    """Return the default that stands on the evening of `day` of each unit; `forborne` is by place (NEVER = not)."""
    state = Defaults(np.full(len(forborne), NEVER), np.full(len(forborne), NEVER))
    over = np.flatnonzero(found.default_on < NEVER)
    unit, begins, ceases = found.unit[over], found.default_on[over], found.end[over]
    ends = np.where(ceases < NEVER, _later(np.where(ceases < NEVER, ceases, 0), terms.probation), NEVER)
    rows = zip(unit.tolist(), begins.tolist(), ends.tolist(), strict=True)
    for place, spans in groupby(rows, key=lambda row: row[0]):
        since, until = _standing(spans, int(forborne[place]), terms.forborne_probation)
        if until > day:
            state.since[place], state.until[place] = since, until
    return state


def _standing(spans: Iterable[tuple[int, int, int]], forborne: int, months: int) -> tuple[int, int]:
    """Return the last default: a trigger during the probation of another belongs to it.

    After forbearance a default ends no earlier than so many months after the later of the two.
    """
    since, until = NEVER, -NEVER
    for _, begins, ends in spans:
        if begins >= until:
            since = begins
        longer = int(_later(np.array([max(forborne, since)]), months)[0]) if forborne < NEVER else -NEVER
        until = max(until, ends, longer)
    return since, until


def _later(days: np.ndarray, months: int) -> np.ndarray:
    return months_after(days.astype("datetime64[D]"), months).astype(np.int64)
