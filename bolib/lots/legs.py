"""Legs: every event of a position as signed whole units and an amount, in order of time."""

from dataclasses import dataclass, fields

import numpy as np

from bolib.valuation.keys import in_order


@dataclass
class Legs:
    """Arrays of equal length, one element a leg; never changed in place."""

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
        """Return the chosen legs, by index or by mask; columns that are one array stay one."""
        arrays = {id(getattr(self, name)): getattr(self, name) for name in _NAMES}
        taken = {key: values[chosen] for key, values in arrays.items()}
        return Legs(*(taken[id(getattr(self, name))] for name in _NAMES))

    def in_time(self) -> "Legs":
        """Return the legs by position and time; of two with the same place, the one that stood first."""
        return self.take(in_order(self.position, self.order))


_NAMES = [field.name for field in fields(Legs)]


def leg_rows(position: np.ndarray, row: np.ndarray, **given: np.ndarray) -> Legs:
    """Return legs with what is given; all else is zero, and they are no transfers."""
    zero = np.zeros(len(row), np.int64)
    return Legs(**dict.fromkeys(_NAMES, zero) | {"position": position, "row": row, "transfer": zero - 1} | given)


def joined(parts: list[Legs]) -> Legs:
    """Return the legs of several sets as one."""
    parts = [part for part in parts if len(part.row)] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    return Legs(*(np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES))
