"""What a row must satisfy to be accepted, written as SQL from the declaration of its table."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from bolib.load.types import shape
from bolib.tables import TOKEN, Check, Column, Table

TEXTS = ("text", TOKEN, "isin", "lei", "bic", "mic", "currency", "country")
LOOKUP = re.compile(r"\b([a-z]\w*)\.([a-z]\w*)")
VALUE = re.compile(r"value_matches\(([^)]*)\)")
CARD_NUMBER = "[0-9](?:[ -]?[0-9]){11,18}"
LARGEST = "1e15"
"""Gross amounts beyond this many units of currency are too large to be right, and to be multiplied exactly."""


@dataclass(frozen=True)
class Rule:
    """`good` is true for a good row, and NULL counts as good; `reason` says what a bad one is."""

    column: str
    reason: str
    good: str


@dataclass
class Lookups:
    """The columns of other tables that checks of a table read: (its own column, table, column)."""

    needed: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def name(self, own: str, table: str, column: str) -> str:
        """Return the name under which the row carries that column."""
        return self.needed.setdefault((own, table, column), f'"{table}_{own}_{column}"')


def type_rules(table: Table) -> list[Rule]:
    """Return the rules on single values: present, of their type, among the allowed ones."""
    return [rule for column in table.columns for rule in _of_column(column)]


def _of_column(column: Column) -> list[Rule]:
    name, rules = f'"{column.name}"', []
    if not column.optional:
        rules.append(Rule(column.name, "missing", f'"text_{column.name}" is not null'))
    if column.type not in TEXTS:
        present = f'"text_{column.name}" is null or {name} is not null'
        rules.append(Rule(column.name, f"not {shape(column)}", present))
    if column.type == TOKEN:
        number = f"not regexp_full_match({name}, '{CARD_NUMBER}')"
        rules.append(Rule(column.name, "looks like a card number (PAN); send a token", number))
    if column.values:
        allowed = ", ".join(f"'{value}'" for value in column.values)
        rules.append(Rule(column.name, f"not one of {', '.join(column.values)}", f"{name} in ({allowed})"))
    return rules


def check_rules(table: Table, present: Collection[str], lookups: Lookups) -> tuple[list[Rule], list[str]]:
    """Return the rules between columns, and the reasons of those no one can check: their table is absent."""
    rules, unchecked = [], []
    for check in table.checks:
        others = {found[1] for found in LOOKUP.finditer(check.sql) if found[1] in table.references.values()}
        if others <= set(present):
            rules.append(Rule(check.column, check.reason, _resolved(table, check, lookups)))
        else:
            unchecked.append(check.reason)
    return rules, unchecked


def _resolved(table: Table, check: Check, lookups: Lookups) -> str:
    """Return the check with columns of other tables under the names the row carries."""
    own = {other: column for column, other in reversed(table.references.items())}

    def name(found: re.Match) -> str:
        return lookups.name(own[found[1]], found[1], found[2]) if found[1] in own else found[0]

    return VALUE.sub(_value, LOOKUP.sub(name, check.sql))


def _value(found: re.Match) -> str:
    """Return whether an amount is quantity x price x multiplier, whichever way the cent was rounded.

    In fixed point throughout: the products have 20 decimals and are compared unrounded. Where the quotation
    is PERCENT, both sides are taken a hundred times. A size check in floating point keeps the product in range.
    """
    amount, quantity, price, multiplier, quotation = (part.strip() for part in found[1].split(","))
    hundred = f"case {quotation} when 'PERCENT' then 100 else 1 end"
    size = (
        f"greatest(abs(cast({quantity} as double) * cast({price} as double) * cast({multiplier} as double)), {amount})"
    )
    product = f"cast({quantity} as decimal(38,6)) * {price} * {multiplier}"
    exact = f"abs({product} - cast({amount} as decimal(30,2)) * {hundred}) < 0.01 * {hundred}"
    return f"(case when {size} < {LARGEST} then {exact} when {size} >= {LARGEST} then false end)"
