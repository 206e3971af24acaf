"""What is past due of each loan from day to day, as steps."""

from dataclasses import dataclass

import numpy as np

from bolib.arrears.allocation import known_on, particular, unevenly_onerous, walks
from bolib.arrears.portfolio import NEVER, Dues, Receipts
from bolib.valuation.keys import ends, in_order, running, starts


@dataclass
class Events:
    """Instalments from the day after they are due, and payments from their value date, by loan and day.

    `cents` is positive for an instalment, negative for a payment; it counts on evenings from `known` on and
    before `until`.
    """

    place: np.ndarray
    day: np.ndarray
    cents: np.ndarray
    known: np.ndarray
    until: np.ndarray

    def of(self, chosen: np.ndarray) -> "Events":
        """Return some of them."""
        return Events(*(values[chosen] for values in vars(self).values()))


@dataclass
class Steps:
    """What is past due of an owner from a day on, until its next step: one step a day, by owner and day."""

    owner: np.ndarray
    day: np.ndarray
    cents: np.ndarray

    def of(self, chosen: np.ndarray) -> "Steps":
        """Return some of them."""
        return Steps(*(values[chosen] for values in vars(self).values()))


def events(dues: Dues, receipts: Receipts) -> Events:
    """Return instalments and payments as one sequence."""
    pairs = (
        (dues.place, receipts.place),
        (dues.due + 1, receipts.value),
        (dues.cents, -receipts.cents),
        (dues.known, receipts.known),
        (dues.until, receipts.until),
    )
    together = Events(*(np.concatenate(pair) for pair in pairs))
    return together.of(in_order(together.place, together.day))


def counting(all_events: Events, day: int) -> Events:
    """Return what counts on the evening of `day`."""
    counts = (all_events.day <= day) & (all_events.known <= day) & (all_events.until > day)
    return all_events if counts.all() else all_events.of(counts)


def past_due(found: Events) -> Steps:
    """Return the steps of the loans that were past due at some time, payments taken first in, first out."""
    net = running(found.cents, found.place)
    last = last_of_day(found.place, found.day)
    return _ever_past_due(Steps(found.place[last], found.day[last], np.maximum(net[last], 0)))


def last_of_day(owner: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return the last row of each owner and day, of rows in that order."""
    differs = (owner[1:] != owner[:-1]) | (day[1:] != day[:-1])
    return np.flatnonzero(np.append(differs, np.ones(min(len(owner), 1), bool)))


@dataclass
class Walked:
    """The loans that were walked through day by day: which, and since when each is overdue (NEVER if it is not)."""

    odd: np.ndarray
    since: np.ndarray


def with_walks(steps: Steps, dues: Dues, receipts: Receipts, loans: int, day: int) -> tuple[Steps, Walked]:
    """Return the steps with those of particular loans in place of theirs, and what their walks said beside."""
    walked = Walked(unevenly_onerous(dues, loans), np.full(loans, NEVER))
    if not walked.odd.any() and receipts.target.max(initial=-1) < 0:
        return steps, walked
    dues, receipts = known_on(dues, receipts, day)
    walked.odd = particular(dues, receipts, loans)
    parts = [steps.of(~walked.odd[steps.owner])]
    for walk in walks(dues, receipts, walked.odd, day):
        late = [due for due, left in zip(dues.due[walk.rows].tolist(), walk.left, strict=True) if left and due < day]
        walked.since[walk.place] = min(late, default=NEVER)
        moment, cents = np.array(walk.steps, np.int64).reshape(-1, 2).T
        parts.append(_ever_past_due(Steps(np.full(len(moment), walk.place), moment, cents)))
    joined = Steps(*(np.concatenate(columns) for columns in zip(*(vars(part).values() for part in parts), strict=True)))
    return joined.of(in_order(joined.owner, joined.day)), walked


def _ever_past_due(steps: Steps) -> Steps:
    ever = np.zeros(int(steps.owner.max(initial=-1)) + 1, bool)
    ever[steps.owner[steps.cents > 0]] = True
    return steps.of(ever[steps.owner])


def last_amounts(steps: Steps, loans: int) -> np.ndarray:
    """Return by place what is past due after the last step."""
    amounts = np.zeros(loans, np.int64)
    last = ends(steps.owner)
    amounts[steps.owner[last]] = steps.cents[last]
    return amounts


def turning_days(steps: Steps, loans: int) -> np.ndarray:
    """Return by place since when the loan is past due, or clear, as it is at the end; NEVER where it never was."""
    changed = np.append(True, (steps.cents[1:] > 0) != (steps.cents[:-1] > 0))[: len(steps.cents)]
    changed[starts(steps.owner)] = True
    turned = np.flatnonzero(changed)
    days = np.full(loans, NEVER)
    days[steps.owner[turned]] = steps.day[turned]  # in order of day: the last one stays
    return days
