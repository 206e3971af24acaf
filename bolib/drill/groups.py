"""Which faults are planted together: never two of the same row or name, so that none hides or claims another."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bolib.drill.faults import Fault
from bolib.drill.planting import Planted

MOST = 12
"""Copies of the day that are made at most."""


@dataclass
class Group:
    """Faults planted in one copy of the day."""

    planted: list[Planted] = field(default_factory=list)

    @property
    def blind_to(self) -> list[str]:
        """Return what the calculation does not see in this copy."""
        return [one.fault.blind for one in self.planted if one.fault.blind]

    def takes(self, one: Planted) -> bool:
        """Return whether a fault can join the others."""
        return not any(_clash(one, other) for other in self.planted)


@dataclass(frozen=True)
class NotPlanted:
    """A fault that could not be planted in this data, and why."""

    fault: Fault
    why: str


def _clash(one: Planted, other: Planted) -> bool:
    if bool(one.fault.blind) != bool(other.fault.blind):
        return True  # the calculation is wrong, or the data are: never both at once
    whole = one.fault.apart or other.fault.apart
    if whole and one.fault.tables & other.fault.tables:
        return True
    if _undermines(one, other) or _undermines(other, one):
        return True
    return not one.fault.blind and bool(one.marks & other.marks or one.rows & other.rows)


def _undermines(one: Planted, other: Planted) -> bool:
    """Return whether one touches what the other stands on: the row it copies, the record of a name it shows.

    Or takes away, with its row or as it is declared to, a name the other shows.
    """
    taken = one.marks if one.fault.drop else frozenset()
    taken |= one.marks | one.own if one.fault.spreads else frozenset()
    return bool(taken & other.near or one.heads & (other.marks | other.near) or one.rows & other.copied)


def arranged(
    faults: Iterable[Fault],
    ways: Callable[[Fault], Iterable[Planted]],
    barred: Callable[[Fault], str],
    known: Callable[[Planted], bool],
) -> tuple[list[Group], list[NotPlanted]]:
    """Return the groups of faults, and those that were not planted, each with why.

    `ways` gives the ways to plant a fault, `barred` why there is none, and `known` says whether the row is a breach
    already. The first way that fits a group is taken; faults of earlier days come first, so that few copies are
    replayed twice.
    """
    groups: list[Group] = []
    left = []
    for fault in sorted(faults, key=lambda one: (one.apart, -one.days_before)):
        why = barred(fault) or _join(groups, ways(fault), known, _unfit(fault))
        left += [NotPlanted(fault, why)] if why else []
    return groups, left


def _unfit(fault: Fault) -> str:
    """Return why a fault is not planted where its pick finds nothing."""
    return f"no row of the day fits it: it asks for {fault.asks}" if fault.asks else "no row of the day fits it"


def _join(groups: list[Group], ways: Iterable[Planted], known: Callable[[Planted], bool], why: str) -> str:
    """Put a fault into the first group that takes it, or into a new one; return why it cannot be, `why` by default."""
    free = None
    for one in ways:
        if known(one):
            why = "every row that fits is a breach already"
            continue
        free = free or one
        group = next((group for group in groups if group.takes(one)), None)
        if group:
            group.planted.append(one)
            return ""
    if free and len(groups) < MOST:
        groups.append(Group([free]))
        return ""
    return "every row that fits is needed by another fault" if free else why
