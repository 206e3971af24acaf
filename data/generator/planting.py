"""The register of what was made wrong on purpose."""

from dataclasses import dataclass, field

import yaml


@dataclass
class Planted:
    """Irregularities put into the sample: where, what, and which kind of control must find them."""

    entries: list[dict] = field(default_factory=list)

    def add(self, table: str, key: str, what: str, control: str, report: str, effect: str = "finding") -> None:
        """Record one irregularity; `effect` is `finding`, `set_aside` for a row that must not be accepted, or
        `accepted` for a difference that is only shown."""
        number = f"IRR-{len(self.entries) + 1:03d}"
        self.entries.append(
            dict(id=number, table=table, key=key, what=what, control=control, report=report, effect=effect)
        )

    def text(self) -> str:
        """Return the register as YAML."""
        head = "# What was made wrong on purpose in this sample day; written by data/make_sample.py.\n"
        return head + yaml.safe_dump(self.entries, sort_keys=False, allow_unicode=True, width=150)


class Chooser:
    """Hands out rows of a list, each once, so that two faults never meet on one row."""

    def __init__(self, rows: list[dict]):
        self.free = list(rows)

    def take(self, **wanted) -> dict:
        """Return the first free row whose columns have the wanted values."""
        found = next((row for row in self.free if all(row.get(name) == value for name, value in wanted.items())), None)
        if found is None:
            raise LookupError(f"no row is left with {wanted}")
        self.free = [row for row in self.free if row is not found]
        return found
