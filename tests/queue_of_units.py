"""The slow, obvious twins of the kernels of settlement: a queue of units, and every choice of quantities tried."""

from fractions import Fraction
from itertools import product


def queue_of_units(stock, receipts, deliveries):
    """Return (receipt, delivery, units, releases) where each delivery takes units one by one from a queue.

    receipts and deliveries: (key, units) in order of due date; a negative stock is made up by the first units.
    """
    queue = [None] * max(stock, 0) + [key for key, units in receipts for _ in range(units)]
    queue = queue[max(-stock, 0) :]
    found = []
    for delivery, wanted in deliveries:
        taken, queue = queue[:wanted], queue[wanted:]
        givers = [key for key in dict.fromkeys(taken) if key is not None]
        for giver in givers:
            complete = len(taken) == wanted and taken[-1] == giver
            found.append((giver, delivery, taken.count(giver), complete))
    return found


def largest_cure(available, lot, deliveries):
    """Return the largest amount that any choice of whole lots within the stock cures; deliveries: (units, amount)."""
    choices = [range(0, units + 1, lot) for units, _ in deliveries]
    return max(
        sum(Fraction(amount * units, wanted) for units, (wanted, amount) in zip(chosen, deliveries, strict=True))
        for chosen in product(*choices)
        if sum(chosen) <= available
    )
