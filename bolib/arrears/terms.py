"""What the rules fix, as a kernel needs it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Materiality:
    """Thresholds of one kind of borrower, from a day on and before another: arrears must exceed both.

    `absolute` is in cents; the relative one is `share` hundredths of a percent of the exposure.
    """

    kind: str
    since: int  # day
    until: int  # day
    absolute: int
    share: int


@dataclass(frozen=True)
class Terms:
    """Days and months of the rules. Days are counted from 1 January 1970, as Arrow counts them."""

    materiality: tuple[Materiality, ...]
    by_facility: frozenset[str]  # kinds of borrower that are judged loan by loan
    default_after: int  # days: default begins on the next
    probation: int  # months without a trigger before a default ends
    forborne_probation: int  # the same, after forbearance

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of borrower that have thresholds."""
        return sorted({found.kind for found in self.materiality})
