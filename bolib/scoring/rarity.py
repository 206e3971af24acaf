"""Rarity: which rows say what is never said together, in nats, with the fields that give them away."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from bolib.scoring.encoding import Field
from bolib.scoring.pairs import pair

NO_WORD = 1e-9
"""Weight of a field that tells nothing about another, so that fields that tell nothing at all count alike."""


@dataclass(frozen=True)
class Evidence:
    """What speaks against each row, field by field: tables of fields x rows."""

    context: np.ndarray
    """Nats by which the field's value is rarer than usual in its company."""
    broken: np.ndarray
    """Nats of the worst pair the value breaks."""
    partner: np.ndarray
    """The other field of that pair; where the value breaks none, that which says most of how rare it is."""

    @property
    def score(self) -> np.ndarray:
        """Return the worst value in context plus the worst broken pair; never less than nothing."""
        return np.maximum(0.0, self.context.max(axis=0) + self.broken.max(axis=0))


def evidence(fields: list[Field], rows: np.ndarray) -> Evidence:
    """Return what speaks against some `rows` (their places), each judged against all the others.

    In context: sum_j w_ij surprise_ij / sum_j w_ij, the fields that tell most about it heard most.
    """
    shape = (len(fields), len(rows))
    context, broken, partner = np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=np.int8)
    loudest = np.full(shape, -np.inf)
    weights = np.zeros(len(fields))
    for i, j in combinations(range(len(fields)), 2):
        if fields[i].made_of(fields[j]):
            continue
        found = pair(fields[i], fields[j])
        at = found.rows[rows]
        worse = found.broken[at]
        for one, other, turned in ((i, j, False), (j, i, True)):
            weight = found.weight(turned) + NO_WORD
            voice = weight * found.surprise(turned)[at]
            context[one] += voice
            weights[one] += weight
            ahead = (worse > broken[one]) | ((worse == broken[one]) & (voice > loudest[one]))
            partner[one], loudest[one] = np.where(ahead, other, partner[one]), np.where(ahead, voice, loudest[one])
            broken[one] = np.maximum(broken[one], worse)
    return Evidence(context / np.maximum(weights, NO_WORD)[:, None], broken, partner)


def blamed(found: Evidence) -> tuple[np.ndarray, np.ndarray]:
    """Return for every row the field to blame first and the one it does not go with.

    First the field whose value is the rarer in its company, of the worst pair; in a pair of two common
    values either may be the wrong one, so the pair is named.
    """
    every = np.arange(found.context.shape[1])
    first = found.context.argmax(axis=0)
    return first, found.partner[first, every].astype(np.int64)
