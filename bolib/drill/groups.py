"""Which faults are planted together: never two that touch the same row or name, so that none hides or claims another."""

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
    return not one.fault.blind and bool(one.marks & other.marks or one.rows & other.rows)


def arranged(
    faults: Iterable[Fault],
    ways: Callable[[Fault], list[Planted]],
    present: set[str],
    known: Callable[[Planted], bool],
) -> tuple[list[Group], list[NotPlanted]]:
    """Return the groups of faults, and those that were not planted, each with why.

    `ways` gives the ways to plant a fault, `known` says whether the row is a breach already. The first way that fits
    the first group is taken, and so on; faults of earlier days come first, so that few copies are replayed twice.
    """
    groups, left = [Group()], []
    for fault in sorted(faults, key=lambda one: (one.apart, -one.days_before)):
        missing = [] if fault.file else sorted(fault.tables - present)
        found = [] if missing else ways(fault)
        free = [one for one in found if not known(one)]
        if free and _joined(groups, free):
            continue
        left.append(NotPlanted(fault, _why(missing, found, free)))
    return [group for group in groups if group.planted], left


def _joined(groups: list[Group], free: list[Planted]) -> bool:
    for group in groups:
        for one in free:
            if group.takes(one):
                group.planted.append(one)
                return True
    if len(groups) < MOST:
        groups.append(Group([free[0]]))
        return True
    return False


def _why(missing: list[str], found: list[Planted], free: list[Planted]) -> str:
    if missing:
        return f"the table {', '.join(missing)} was not received"
    if not found:
        return "no row of the day fits it"
    return "every row that fits is needed by another fault" if free else "every row that fits is a breach already"
