"""A fault is data: which row of the day to take, what to do to it, and which control should say so.

The declarations stand in `declared/*.yml` beside this module, a bank's own in `parameters/faults/*.yml`. A fault names
no row of any bank: `pick` is a SELECT that returns the rows it could be planted on, of which the seed takes one, and
every column it returns is a `$word` of the steps below it.

    - id: deal.wrong.side
      title: A deal the back office booked the wrong way round
      kind: wrong side
      table: bookings                     the table it is planted in
      field: side                         what a finding should name
      caught_by: [COH-03]                 none: no control exists for it yet
      pick: select trade_id, version from bookings where trade_date = $day
      change: {bookings: {side: "case side when 'BUY' then 'SELL' else 'BUY' end"}}

Steps: `change` sets columns of the picked rows, `add` copies them with some columns changed, `new` makes a row of
nothing, `rows` as many as a SELECT of its own returns, `drop` takes them away, `file` does something to the table's
file (`bolib/drill/deliveries.py`), `blind` leaves the data alone and makes a step of the calculation blind
(`bolib/drill/blindness.py`). Rows are those that agree with the pick on the table's key, or those for which `where` of
that table holds.
"""

import dataclasses
from pathlib import Path
from typing import Any

import yaml

from bolib.errors import RuleError
from bolib.tables import TABLES

HERE = Path(__file__).parent / "declared"
SOURCE = "source_file"
"""Not a column users send, but rows may be said to come in a file of their own."""

REQUIRED = ("id", "title", "kind", "table")


@dataclasses.dataclass(frozen=True)
class Fault:
    """A fault, or a `decoy`: something unusual but right, of which no control may complain.

    `days_before`: business days before the day on which it happens. `marks`: columns of the pick that only findings
    about this fault show; by default those of the table's key. `apart`: it changes a whole table or group of rows, so
    that nothing else may be planted there at the same time. `spreads`: it takes away what others stand on, such as a
    price, so that none about the same name may be planted beside it. `fresh`: only on a row no finding is about yet,
    under which what is merely unusual would be grouped. `published`: it is about what the evening before published,
    which its pick finds in tables named as the results with `published_` before. `asks`: what the data must hold for
    it, in words, told where no row fits.
    """

    id: str
    title: str
    kind: str
    table: str
    field: str = ""
    caught_by: tuple[str, ...] = ()
    pick: str = ""
    asks: str = ""
    change: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    add: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    new: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    rows: dict[str, str] = dataclasses.field(default_factory=dict)
    drop: tuple[str, ...] = ()
    where: dict[str, str] = dataclasses.field(default_factory=dict)
    file: str = ""
    blind: str = ""
    marks: tuple[str, ...] = ()
    days_before: int = 0
    apart: bool = False
    spreads: bool = False
    fresh: bool = False
    published: bool = False
    decoy: bool = False

    @property
    def tables(self) -> set[str]:
        """Return the tables it changes."""
        return {self.table, *self.change, *self.add, *self.new, *self.rows, *self.drop}

    @property
    def steps(self) -> bool:
        """Return whether it does anything."""
        return bool(self.change or self.add or self.new or self.rows or self.drop or self.file or self.blind)


WORDS = {found.name for found in dataclasses.fields(Fault)}


def read_faults(folder: Path = HERE) -> list[Fault]:
    """Return the faults declared in the files of a folder; a declaration that is wrong stops the drill."""
    found = [_fault(path, said) for path in sorted(folder.glob("*.yml")) for said in _entries(path)]
    ids = [fault.id for fault in found]
    for fault in found:
        if ids.count(fault.id) > 1:
            raise RuleError(str(folder), "one fault of each id", f"{fault.id} twice", "Rename one of them.")
    return found


def catalogue(parameters: Path) -> list[Fault]:
    """Return our faults and then the bank's own."""
    return [*read_faults(), *read_faults(parameters / "faults")]


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or []
    except yaml.YAMLError as error:
        raise RuleError(str(path), "YAML", " ".join(str(error).split()), "Correct the file.") from error


def _fault(path: Path, said: dict[str, Any]) -> Fault:
    where = f"{path}, fault {said.get('id', '?')}"
    unknown, missing = sorted(set(said) - WORDS), sorted(set(REQUIRED) - set(said))
    if unknown or missing:
        found = f"unknown {unknown}" if unknown else f"no {missing}"
        raise RuleError(where, f"words among {sorted(WORDS)}", found, "Correct the declaration.")
    texts = {key: _steps(said[key]) for key in ("change", "add", "new") if key in said}
    lists = {key: tuple(said[key]) for key in ("caught_by", "drop", "marks") if key in said}
    fault = Fault(**{**said, **texts, **lists})
    _known(where, fault)
    return fault


def _steps(said: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    return {table: {name: str(value) for name, value in (sets or {}).items()} for table, sets in said.items()}


def _known(where: str, fault: Fault) -> None:
    """Refuse a table or column that is not declared, and a fault that does nothing."""
    for table in (*fault.tables, *fault.where):
        if table not in TABLES:
            raise RuleError(where, "a declared table", table, "Correct the declaration.")
    for sets in (fault.change, fault.add, fault.new):
        for table, values in sets.items():
            unknown = sorted(set(values) - {*TABLES[table].names, SOURCE})
            if unknown:
                raise RuleError(where, f"columns of {table}", str(unknown), "Correct the declaration.")
    if not fault.steps or not (fault.pick or fault.file):
        raise RuleError(where, "a pick and something to do", "nothing", "Say what the fault does.")
