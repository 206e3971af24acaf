"""Fields taken together, for errors of which every pair is usual and only the three are not."""

from itertools import combinations

import numpy as np

from bolib.scoring.encoding import Field, coded
from bolib.scoring.pairs import pair

SAMPLE = 20_000
"""Rows the search looks at."""

WORTH = 0.05
"""Nats two fields must tell of a third beyond what the better of them tells alone."""


def together(one: Field, other: Field) -> Field:
    """Return two fields as one: "606000 / BQ"."""
    found = pair(one, other)
    labels = [
        f"{one.labels[number // other.size]} / {other.labels[number % other.size]}" for number in found.values.tolist()
    ]
    name, parts = f"{one.name} + {other.name}", (one.name, other.name)
    return coded(name, found.rows, np.asarray(labels, dtype=object), parts)


def composites(fields: list[Field], wanted: int, order: np.ndarray) -> list[Field]:
    """Return the `wanted` pairs of fields that tell most of a third together and little alone.

    Gain = I(ab; c) - max(I(a; c), I(b; c)), corrected for few rows as all entropies here. `order` puts the
    rows in an order of their own, so that the sample is the same however they came.
    """
    if not wanted or len(fields) < 3:
        return []
    step = -(-len(order) // SAMPLE)
    sample = [Field(item.name, item.codes[order[::step]], item.labels) for item in fields]
    gains = sorted((-_gain(sample, *places), places) for places in combinations(range(len(fields)), 2))
    chosen = [places for gain, places in gains[:wanted] if -gain > WORTH]
    return [together(fields[one], fields[other]) for one, other in chosen]


def _gain(fields: list[Field], one: int, other: int) -> float:
    both = together(fields[one], fields[other])
    thirds = [item for place, item in enumerate(fields) if place not in (one, other)]
    told = (
        pair(both, item).shared - max(pair(fields[one], item).shared, pair(fields[other], item).shared)
        for item in thirds
    )
    return max(told)
