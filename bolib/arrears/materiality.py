"""When the amount past due of a unit exceeds both thresholds, and on how many days of each such run.

The time of a unit is cut into segments, in each of which nothing changes: neither what is past due, nor what of
it belongs to loans that are not paused, nor the threshold. A segment *exceeds* when what is past due is above the
threshold; its days *count* when what is not paused is above it, too. A run is a longest row of segments that exceed.
"""

from dataclasses import dataclass

import numpy as np

from bolib.arrears.paths import Steps, last_of_day
from bolib.arrears.portfolio import NEVER, UNKNOWN, Exposures, Loans, Pauses, in_euro
from bolib.arrears.terms import Materiality, Terms
from bolib.valuation.keys import ends, in_order, running, starts

HUNDREDTHS_OF_A_PERCENT = 10_000


@dataclass
class Runs:
    """Rows of days on which the arrears of a unit are material, by unit and day."""

    unit: np.ndarray
    start: np.ndarray  # first day
    end: np.ndarray  # first day after; NEVER while it lasts
    counted: np.ndarray  # days that count
    default_on: np.ndarray  # first day beyond those allowed; NEVER where there is none


def lasting(steps: Steps, loans: Loans, allowed: int) -> Steps:
    """Return the steps that may matter: of loans past due now, or once for more than the days allowed at a stretch.

    Those of loans that are judged together with others may always.
    """
    late = steps.cents > 0
    new = np.append(True, steps.owner[1:] != steps.owner[:-1])[: len(late)]
    opens = np.flatnonzero(late & (new | ~np.append(False, late[:-1])[: len(late)]))
    clears = np.flatnonzero(~late)
    clear = np.append(clears, len(late))[np.searchsorted(clears, opens)]
    closed = np.append(steps.owner, -1)[clear] == steps.owner[opens]
    days = np.append(steps.day, 0)[clear] - steps.day[opens]
    matters = ~loans.alone
    matters[steps.owner[opens[~closed | (days > allowed)]]] = True
    return steps.of(matters[steps.owner])


def limits(loans: Loans, exposures: Exposures, units: np.ndarray, terms: Terms, day: int) -> Steps:
    """Return what the arrears of each unit must exceed, from a day on, as known on the evening of `day`.

    Both thresholds are exceeded when the larger one is. A loan judged by itself is measured against its own
    balance, never more than its borrower's exposure. Before the first exposure known, that one stands; where
    neither is known, the absolute threshold alone.
    """
    lent = _lent(loans, exposures, units, day)
    own = np.where(loans.alone, in_euro(loans.outstanding, loans.per_euro), UNKNOWN)[lent.owner]
    lent.cents = np.minimum(lent.cents, own)
    lent.cents[lent.cents == UNKNOWN] = 0
    parts = [_under(rule, loans, lent, terms) for rule in terms.materiality]
    together = _joined(parts)
    order = in_order(together.owner, together.day)  # equal days stay in the order of the exposures
    together = together.of(order)
    return together.of(last_of_day(together.owner, together.day))


def _lent(loans: Loans, exposures: Exposures, units: np.ndarray, day: int) -> Steps:
    """Return the exposures of each unit's borrower known by `day`, the first from the beginning of time."""
    known = exposures.day <= day
    obligor, since, cents = exposures.obligor[known], exposures.day[known], exposures.cents[known]
    since[starts(obligor)] = -NEVER
    low, high = (np.searchsorted(obligor, loans.obligor[units], side) for side in ("left", "right"))
    count = high - low
    row = np.arange(count.sum()) + np.repeat(low - np.cumsum(count) + count, count)
    without = units[count == 0]
    unknown = np.full((2, len(without)), [[-NEVER], [UNKNOWN]])
    owner = np.concatenate([np.repeat(units, count), without])
    return Steps(owner, np.concatenate([since[row], unknown[0]]), np.concatenate([cents[row], unknown[1]]))


def _under(rule: Materiality, loans: Loans, lent: Steps, terms: Terms) -> Steps:
    """Return the limits of one kind of borrower while one version of the rule is in force."""
    mine = lent.of((loans.kind[lent.owner] == terms.kinds.index(rule.kind)) & (lent.day < rule.until))
    mine.cents = np.maximum(mine.cents * rule.share // HUNDREDTHS_OF_A_PERCENT, rule.absolute)
    mine.day = np.maximum(mine.day, rule.since)
    return mine


def _joined(parts: list[Steps]) -> Steps:
    return Steps(*(np.concatenate(columns) for columns in zip(*(vars(part).values() for part in parts), strict=True)))


def running_steps(steps: Steps, pauses: Pauses) -> Steps:
    """Return the steps with what a loan has past due while it is not paused: nothing on the days of a pause."""
    if not len(pauses.place):
        return steps
    never = np.full(len(pauses.place), -1)
    at = _joined([steps, Steps(pauses.place, pauses.start, never), Steps(pauses.place, pauses.end + 1, never)])
    paused = np.concatenate([np.full(len(steps.owner), -1), np.ones(len(never)), np.zeros(len(never))])
    order = in_order(at.owner, at.day)
    at, paused = at.of(order), paused[order]
    cents = _carried(at.owner, at.cents, at.cents >= 0, 0)
    stopped = _carried(at.owner, paused, paused >= 0, 0)
    at.cents = np.where(stopped == 1, 0, cents)
    return at.of(last_of_day(at.owner, at.day))


def _carried(owner: np.ndarray, values: np.ndarray, given: np.ndarray, before: int) -> np.ndarray:
    """Return each row's value, or where none is given the last one given of the same owner, or `before`."""
    at = np.maximum.accumulate(np.where(given, np.arange(len(owner)), -1))
    known = at >= np.repeat(starts(owner), np.diff(starts(owner), append=len(owner)))
    return np.where(known, values[np.maximum(at, 0)], before)


def by_unit(steps: Steps, unit: np.ndarray) -> Steps:
    """Return the steps of loans added up by unit; no loan's payment in advance makes up for another's arrears."""
    change = steps.cents - np.where(np.arange(len(steps.cents)) == 0, 0, np.roll(steps.cents, 1))
    first = starts(steps.owner)
    change[first] = steps.cents[first]
    owner = unit[steps.owner]
    order = in_order(owner, steps.day)
    owner, day = owner[order], steps.day[order]
    total = running(change[order], owner)
    last = last_of_day(owner, day)
    return Steps(owner[last], day[last], total[last])


def runs(past_due: Steps, not_paused: Steps, limit: Steps, day: int, allowed: int) -> Runs:
    """Return the runs of each unit until the evening of `day`; default begins when more than `allowed` days count."""
    unit, begin, amounts = _segments(past_due, not_paused, limit, day)
    end = np.append(begin[1:], day + 1)
    last = ends(unit)
    end[last] = day + 1
    exceeds = amounts[0] > amounts[2]
    days = np.where(exceeds & (amounts[1] > amounts[2]), end - begin, 0)
    elapsed = np.cumsum(days)
    opens = exceeds & np.append(True, ~exceeds[:-1] | (unit[1:] != unit[:-1]))[: len(unit)]
    closes = exceeds & np.append(~exceeds[1:] | (unit[1:] != unit[:-1]), True)[: len(unit)]
    first, close = np.flatnonzero(opens), np.flatnonzero(closes)
    before = elapsed[first] - days[first]
    counted = elapsed[close] - before
    crossing = np.searchsorted(elapsed, before + allowed + 1)
    default_on = np.full(len(first), NEVER)
    over = counted > allowed
    at = crossing[over]
    default_on[over] = end[at] - (elapsed[at] - (before[over] + allowed + 1)) - 1
    ended = np.where(end[close] == day + 1, NEVER, end[close])
    return Runs(unit[first], begin[first], ended, counted, default_on)


def _segments(past_due: Steps, not_paused: Steps, limit: Steps, day: int) -> tuple[np.ndarray, np.ndarray, list]:
    """Return unit and first day of each segment, and its past due, not paused and limit."""
    sides = (past_due, not_paused, limit)
    at = _joined(list(sides))
    at.day = at.day.astype(np.int64)
    side = np.repeat([0, 1, 2], [len(part.owner) for part in sides])
    order = in_order(at.owner, at.day)
    at, side = at.of(order), side[order]
    amounts = [_carried(at.owner, at.cents, side == number, before) for number, before in enumerate((0, 0, UNKNOWN))]
    last = last_of_day(at.owner, at.day)
    last = last[at.day[last] <= day]
    return at.owner[last], at.day[last], [values[last] for values in amounts]
