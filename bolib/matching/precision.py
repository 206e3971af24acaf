"""How often the matches made without a person are right: a random sample to check, and what the checks say."""

import hashlib
import math

Z95 = 1.959964
"""Standard deviations on either side of which 95 of 100 draws fall."""


def sampled(ids: list[str], seed: str, size: int) -> list[str]:
    """Return a random sample of `ids`, the same for the same seed whatever their order.

    >>> sampled(["a", "b", "c"], "2026-03-31", 2) == sampled(["c", "a", "b"], "2026-03-31", 2)
    True
    """
    return sorted(set(ids), key=lambda one: hashlib.sha256(f"{seed}|{one}".encode()).digest())[:size]


def wilson(right: int, checked: int) -> tuple[float, float]:
    """Return the Wilson interval of 95 % for the share of `right` among `checked`, as fractions.

    Wilson, Probable inference (1927): centre (p + z²/2n) / (1 + z²/n). It stays honest where none was wrong.

    >>> [round(bound, 3) for bound in wilson(20, 20)]
    [0.839, 1.0]
    """
    share, spread = right / checked, Z95 * Z95 / checked
    centre = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(centre - half, 0.0), min(centre + half, 1.0)
