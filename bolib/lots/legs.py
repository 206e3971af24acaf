"""Legs: every event of a position as signed whole units and an amount, in order of time."""

from dataclasses import dataclass, fields

import numpy as np


@dataclass
class Legs:
    """Arrays of equal length, one element a leg."""

    position: np.ndarray  # its number
    row: np.ndarray  # the event's row in the table given
    order: np.ndarray  # place in time, inside the position
    units: np.ndarray  # common units, arriving + and leaving -
    amount: np.ndarray  # cents, >= 0
    opener: np.ndarray  # row of the trade that opened these units
    opened_on: np.ndarray  # its date, days since 1970
    day: np.ndarray
    factor: np.ndarray  # common units in one unit of that day
    transfer: np.ndarray  # number of the transfer by which these units leave, -1 for none
    proceeds: np.ndarray  # cents; what the arrival of a transfer realises
    cost: np.ndarray  # is proceeds - cost

    def take(self, chosen: np.ndarray) -> "Legs":
        """Return the chosen legs, by index or by mask."""
        return Legs(*(getattr(self, name)[chosen] for name in _NAMES))

    def in_time(self) -> "Legs":
        """Return the legs by position and time; of two with the same place, the one that stood first."""
        return self.take(_by_place(self.position, self.order))


_NAMES = [field.name for field in fields(Legs)]


def leg_rows(position: np.ndarray, row: np.ndarray, **given: np.ndarray) -> Legs:
    """Return legs with what is given; all else is zero, and they are no transfers."""
    zero = np.zeros(len(row), np.int64)
    return Legs(**dict.fromkeys(_NAMES, zero) | {"position": position, "row": row, "transfer": zero - 1} | given)


def _by_place(position: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Return the stable order by position and order, by way of one number for both where it fits 63 bits."""
    least, most = int(order.min(initial=0)), int(order.max(initial=0))
    if (int(position.max(initial=0)) + 1) * (most - least + 1) >= 2**63:
        return np.lexsort((order, position))
    return np.argsort(position * (most - least + 1) + (order - least), kind="stable")


def joined(parts: list[Legs]) -> Legs:
    """Return the legs of several sets as one."""
    parts = [part for part in parts if len(part.row)] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    return Legs(*(np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES))
