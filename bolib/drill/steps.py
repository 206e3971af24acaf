"""What the steps of a fault do to the rows of a copy: which they take, change, copy and make, and what these name."""

import re
from dataclasses import dataclass
from typing import Any

from bolib.drill.faults import SOURCE, Fault
from bolib.drill.replica import ROW, Replica
from bolib.errors import RuleError
from bolib.tables import DECIMALS, TABLES

LINKS = {"trade_id", "isin", "book", "account", "loan_id", "customer_id", "instruction_id", "counterparty", "ca_id"}
"""Columns of a changed row that say what else may be about it."""

Row = dict[str, str | None]


@dataclass(frozen=True)
class Steps:
    """The steps of a fault on one row of its pick; `bound` holds that row and the days."""

    replica: Replica
    fault: Fault
    bound: dict[str, Any]

    def changed(self) -> dict[str, dict[int, Row]]:
        """Return new texts by table, number of the row and column."""
        return {name: self._rows(name, sets) for name, sets in self.fault.change.items()}

    def copied(self) -> dict[str, dict[int, Row]]:
        """Return whole rows by table and the number of the row they are copied from."""
        return {
            name: self._rows(name, {SOURCE: SOURCE} | {column: f'"{column}"' for column in TABLES[name].names} | sets)
            for name, sets in self.fault.add.items()
        }

    def made(self) -> dict[str, list[Row]]:
        """Return whole rows made of nothing, as if they stood in the file of the first row of their table."""
        new = {
            name: "select " + ", ".join(f'{text} as "{column}"' for column, text in sets.items())
            for name, sets in self.fault.new.items()
        }
        return {name: self._selected(name, select) for name, select in (new | self.fault.rows).items()}

    def dropped(self) -> dict[str, set[int]]:
        """Return numbers of rows by table."""
        return {name: set(self._rows(name, {})) for name in self.fault.drop}

    def linked(self, name: str) -> set[str]:
        """Return what else findings may be about when the rows of a table are touched."""
        links = [column for column in TABLES[name].names if column in LINKS]
        return {value for row in self._distinct(name, links) for value in row.values() if value} if links else set()

    def heads(self, name: str) -> set[str]:
        """Return the names of the rows touched, of a table of which each row is the record of one name, as a deal."""
        key = [column for column in TABLES[name].key if column != "version"]
        return {row[key[0]] for row in self._distinct(name, key)} if len(key) == 1 else set()

    def _distinct(self, name: str, columns: list[str]) -> list[dict]:
        named = ", ".join(f'"{column}"' for column in columns)
        select = f'select distinct {named} from "{name}" where {self._condition(name)}'
        return self.replica.engine.query(select, **self.bound).to_pylist()

    def _condition(self, name: str) -> str:
        key = [column for column in TABLES[name].key if column in self.bound]
        return self.fault.where.get(name) or " and ".join(f'"{column}" = ${column}' for column in key) or "false"

    def _rows(self, name: str, sets: dict[str, str]) -> dict[int, Row]:
        """Return, for each row of a table that a step is about, the new texts of some of its columns."""
        values = "".join(f', cast({text} as varchar) as "{column}"' for column, text in sets.items())
        select = f'select {ROW}{values} from "{name}" where {self._condition(name)}'
        found = self.replica.engine.query(select, **self.bound).to_pylist()
        return {row.pop(ROW): {column: written(name, column, row[column]) for column in sets} for row in found}

    def _selected(self, name: str, select: str) -> list[Row]:
        engine, columns = self.replica.engine, TABLES[name].names
        found = engine.query(f"select cast(columns(*) as varchar) from ({select}) made", **self.bound)
        unknown = sorted(set(found.column_names) - set(columns))
        if unknown:
            where, expected = f"fault {self.fault.id}", f"columns of {name}"
            raise RuleError(where, expected, str(unknown), "Correct the declaration.")
        [source] = engine.query(f'select min({SOURCE}) as source from "{name}"')["source"].to_pylist()
        return [
            {column: written(name, column, row.get(column)) for column in columns} | {SOURCE: source}
            for row in found.to_pylist()
        ]


def written(name: str, column: str, text: str | None) -> str | None:
    """Return a value as files write it: a date an interval was added to is no moment, a fraction begins with 0."""
    kind = {found.name: found.type for found in TABLES[name].columns}.get(column)
    if text and kind == "date":
        return text.removesuffix(" 00:00:00")
    return re.sub(r"^(-?)\.", r"\g<1>0.", text) if text and kind in DECIMALS else text
