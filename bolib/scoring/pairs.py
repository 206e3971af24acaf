"""What two fields say of each other: how often each pair of values is seen, and how much that is worth in nats.

Every figure of a row is taken without the row itself (leave one out), so a value cannot vouch for itself.
Only whole counts are added up; logarithms are taken once for each pair of values, in the order of the values.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bolib.scoring.encoding import Field

DENSE = 4_000_000
"""Largest table of pairs counted without sorting the rows."""


@dataclass(frozen=True)
class Side:
    """One field of a pair: for every pair of values seen, what its own value is worth.

    `seen` and `alone` without the row itself; `partners` is how many other values each value has met there.
    """

    seen: np.ndarray
    alone: np.ndarray
    partners: np.ndarray
    entropy: float


@dataclass(frozen=True)
class Pair:
    """Two fields counted together: the pairs of values seen, and for every row which of them it has."""

    first: Field
    second: Field
    values: np.ndarray
    """Number of each pair seen: code of the first times the size of the second, plus code of the second."""
    counts: np.ndarray
    rows: np.ndarray
    """Place in `values` of each row's pair."""

    @cached_property
    def entropy(self) -> float:
        """Return how undecided both are together, in nats."""
        return entropy(self.counts)

    @cached_property
    def sides(self) -> tuple[Side, Side]:
        """Return the first and the second field as the pair sees them."""
        codes = (self.values // self.second.size, self.values % self.second.size)
        return (_side(self.first, codes[0], self.counts), _side(self.second, codes[1], self.counts))

    @cached_property
    def shared(self) -> float:
        """Return what the fields tell of each other, in nats: I = H_i + H_j - H_ij, never less than nothing."""
        one, other = self.sides
        return max(0.0, one.entropy + other.entropy - self.entropy)

    @cached_property
    def expected(self) -> np.ndarray:
        """Return how often each pair would be seen if its fields had nothing to do with each other: n_i n_j / n."""
        one, other = self.sides
        return one.seen * other.seen / max(len(self.rows) - 1, 1)

    @cached_property
    def broken(self) -> np.ndarray:
        """Return by how many nats each pair is seen less than expected.

        max(0, ln (E + 1/2) / (n_ij + 1/2) - ln m), with m the partners of the more faithful of the two: where
        both meet somebody new all the time, one more is no news.
        """
        one, other = self.sides
        faithful = np.maximum(1.0, np.minimum(one.partners, other.partners))
        return np.maximum(0.0, np.log((self.expected + 0.5) / (self.counts - 0.5)) - np.log(faithful))

    def weight(self, turned: bool) -> float:
        """Return which part of the first field the second tells: I / H_i; of the second, if turned."""
        side = self.sides[turned]
        return self.shared / side.entropy if side.entropy > 0 else 0.0

    def surprise(self, turned: bool) -> np.ndarray:
        """Return how surprising the first value is beside the second, in nats; the second beside the first, if turned.

        - ln p(x_i | x_j) - H(X_i | X_j), with p = (n_ij + m p_i) / (n_j + m): where x_j has met m different
          values, a new one is that much likelier (Witten and Bell).
        """
        value, beside = self.sides[turned], self.sides[not turned]
        new = np.maximum(beside.partners, 1.0)
        given = (self.counts - 1 + new * value.alone) / (beside.seen + new)
        return -np.log(given) - max(0.0, self.entropy - beside.entropy)


def pair(first: Field, second: Field) -> Pair:
    """Return two fields counted together."""
    numbers = first.codes.astype(np.int64) * second.size + second.codes
    if first.size * second.size <= DENSE:
        table = np.bincount(numbers, minlength=first.size * second.size)
        values = np.flatnonzero(table)
        place = np.zeros(len(table), dtype=np.int32)
        place[values] = np.arange(len(values), dtype=np.int32)
        return Pair(first, second, values, table[values], place[numbers])
    values, rows, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    return Pair(first, second, values, counts, rows.astype(np.int32))


def entropy(counts: np.ndarray) -> float:
    """Return how undecided a value is, in nats, by the Miller-Madow estimate.

    H = - sum p ln p + (m - 1) / 2n, with m values seen in n rows: without the second term few rows
    make any field look as if it told the others.

    >>> round(entropy(np.array([2, 2])), 4)
    0.8181
    """
    seen = counts[counts > 0]
    total = seen.sum()
    share = seen / total if total else seen
    return float(-(share * np.log(share)).sum() + (len(seen) - 1) / (2 * total)) if total else 0.0


def _side(field: Field, codes: np.ndarray, counts: np.ndarray) -> Side:
    """Return a field as one side of a pair; `codes` are those of its value in every pair seen.

    A value seen in no other row has the share of such values (Good and Turing): where every tenth
    account is used once, an account used once is no news.
    """
    single = np.bincount(codes, minlength=field.size)
    total = np.zeros(field.size, dtype=np.int64)
    np.add.at(total, codes, counts)
    rows = int(total.sum())
    once = max(int((total == 1).sum()), 0.5) / max(rows, 1)
    alone = np.where(total > 1, (total - 1) / max(rows - 1, 1), once)
    return Side((total - 1.0)[codes], alone[codes], (single[codes] - (counts == 1)).astype(float), entropy(total))
