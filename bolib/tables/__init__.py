"""Every table declared once: columns, types, units, keys, meaning, checks.

A declaration is read by `load.py` (what to accept), by the tests (do the SQL files name real
columns?) and by people: it is the data dictionary. Amounts are decimals in the currency beside
them; a positive amount is received by the bank, except where a column gives the direction.

>>> TABLES["trades"].key
('trade_id', 'version')
>>> TABLES["trades"]["side"].values
('BUY', 'SELL')
"""

from dataclasses import dataclass, field

DECIMALS = {"quantity": 6, "price": 8, "rate": 8, "amount": 2}
"""Digits after the point of each fixed-point type; all have 18 digits, so that they fit 64 bits."""

TOKEN = "token"
"""A text that stands for a card and must not be its number (PAN); what is one is set aside, and shown masked."""

IDENTIFIERS = ("isin", "lei", "bic", "mic", "currency", "country")
"""Text types with a form or check digit of their own."""

TYPES = ("text", TOKEN, "integer", "boolean", "date", "timestamp", *DECIMALS, *IDENTIFIERS)


@dataclass(frozen=True)
class Column:
    """One column; `values` are the only ones allowed, or empty where any value of the type is."""

    name: str
    type: str
    meaning: str
    optional: bool = False
    values: tuple[str, ...] = ()

    @property
    def sql_type(self) -> str:
        """Return the column's type in SQL, the same on every engine."""
        if self.type in DECIMALS:
            return f"decimal(18,{DECIMALS[self.type]})"
        if self.type in ("boolean", "date", "timestamp"):
            return self.type
        return "bigint" if self.type == "integer" else "varchar"


@dataclass(frozen=True)
class Check:
    """A rule between the columns of a row. `sql` is true for a good row; NULL counts as good."""

    column: str
    reason: str
    sql: str


@dataclass(frozen=True)
class Table:
    """A table users send. `amount` is totalled in the proof; `dated` is the business date of a row."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    references: dict[str, str] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    amount: str | None = None
    dated: str | None = None

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names, in the order of the declaration."""
        return tuple(column.name for column in self.columns)


KNOWN_AT = Column("known_at", "timestamp", "When the bank knew the row (UTC); empty = its business date", True)

PROVENANCE = (
    Column("source_file", "text", "File the row came from"),
    Column("source_line", "integer", "Line of that file, the header being line 1"),
)
"""Columns `load.py` adds to every accepted row."""


def table(name, meaning, key, columns, references=None, checks=(), amount=None, dated=None) -> Table:
    """Return the table drawn as lines of `name[?] type meaning`; `A|B` as a type lists the values."""
    drawn = tuple(_column(line) for line in columns.strip().splitlines())
    return Table(name, meaning, tuple(key.split()), (*drawn, KNOWN_AT), references or {}, tuple(checks), amount, dated)


def _column(line: str) -> Column:
    name, kind, meaning = line.split(None, 2)
    values = tuple(kind.split("|")) if kind.isupper() else ()
    return Column(name.rstrip("?"), "text" if values else kind, meaning, name.endswith("?"), values)


def _collect() -> dict[str, Table]:
    from bolib.tables import accounting, markets, operations, retail, settlement

    parts = (markets, settlement, accounting, retail, operations)
    return {found.name: found for part in parts for found in part.TABLES}


TABLES = _collect()
"""Every table users may send, by name. What a run writes is in `bolib.tables.results`."""
