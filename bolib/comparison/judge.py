"""Two files compared on the engine, and what was found as plain figures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from bolib.comparison import told
from bolib.comparison.ask import Pair, Question
from bolib.comparison.columns import settled
from bolib.comparison.side import Side, opened
from bolib.comparison.texts import Texts, typed_rows
from bolib.engine import Engine
from bolib.errors import ParameterError

CLASSES = {
    "DUPLICATE": "stands more than once",
    "MISSING_OURS": "only in {right}",
    "MISSING_THEIRS": "only in {left}",
    "TIMING": "another date",
    "ROUNDING": "a cent or less apart",
    "AMOUNT": "another amount",
    "SIGN": "the opposite sign",
    "REFERENCE_DATA": "another text",
    "MULTI": "several columns differ",
    "UNREADABLE": "could not be read",
}
"""Classes of a break in the order of reading, and in words."""
MOST = 60
"""Columns that may be compared: each is a bit of one number."""
CURRENCY = ("currency", "ccy", "devise")
"""What a column of currencies is called, in any case."""


@dataclass(frozen=True)
class Outcome:
    """What was found. `tallies` are rows and amounts by side, class and currency; `totals` those of each whole file."""

    question: Question
    sides: tuple[Side, Side]
    texts: Texts
    tallies: list[dict]
    totals: dict[str, dict]
    accepted: list[dict]

    @property
    def names(self) -> tuple[str, str]:
        """Return what the files are called; files of one name by their folder too."""
        left, right = (side.path for side in self.sides)
        return (left.name, right.name) if left.name != right.name else (str(left), str(right))

    @property
    def matched(self) -> int:
        """Return the number of pairs that are equal, or apart for an accepted reason."""
        return sum(row["rows"] for row in self.tallies if row["class"] == told.MATCHED and row["side"] == "LEFT")

    @property
    def broken(self) -> int:
        """Return the number of rows, on either side, that have no equal on the other."""
        return sum(row["rows"] for row in self.tallies if row["class"] != told.MATCHED)

    @property
    def proven(self) -> bool:
        """Return whether every row and every cent of each file is in exactly one class."""
        return all(self.accounted(side.word) for side in self.sides)

    def accounted(self, word: str) -> bool:
        """Return whether the classes of one side sum to what its file holds."""
        mine, total = [row for row in self.tallies if row["side"] == word], self.totals[word]
        amount = sum((row["amount"] or Decimal(0) for row in mine), Decimal(0))
        return sum(row["rows"] for row in mine) == total["rows"] and amount == (total["amount"] or 0)


Progress = Callable[[str, int, int], None]
"""Told what is done, of how many steps."""
TABLES = ("twice", "repeated", "equal_copies", "rest", "pairs")


def silent(*_step) -> None:
    """Show nothing."""


def compared(question: Question, scratch: Path, engine: Engine, progress: Progress = silent) -> Outcome:
    """Return what two files have in common; the tables `pairs` and `found` stay on the engine for what is written."""
    steps = len(TABLES) + 3
    progress("comparing", 0, steps)
    left, right = (opened(word, path, scratch, engine) for word, path in
                   (("LEFT", question.left), ("RIGHT", question.right)))  # fmt: skip
    question = _with_currency(question, left, right)
    progress("comparing", 1, steps)
    texts = _texts(question, (left, right), scratch, engine)
    for done, name in enumerate(TABLES, 2):
        progress("comparing", done, steps)
        engine.create(name, getattr(texts, name)())
    engine.create("found", told.found(texts))
    progress("comparing", steps, steps)
    tallies = [_exact(row) for row in engine.query(told.tallies(texts)).to_pylist()]
    broken = [(side.word, len(side.broken)) for side in (left, right) if side.broken]
    tallies += [
        {"side": word, "class": "UNREADABLE", "currency": None, "rows": rows, "amount": None} for word, rows in broken
    ]
    accepted = [_accepted(texts, row) for row in _rows(engine, told.accepted(texts)) if row["rows"]]
    totals = {side.word: _total(texts, side, engine) for side in (left, right)}
    return Outcome(question, (left, right), texts, tallies, totals, accepted)


def _with_currency(question: Question, left: Side, right: Side) -> Question:
    """Return the question with the currency among what is compared: amounts of two currencies are never the same.

    Nor are they ever summed together, wherever the question names it: as a key, what is compared, or not at all.
    """
    if any(_is_currency(pair) for pair in question.compare):
        return question
    named = next((pair for pair in question.on if _is_currency(pair)), None)
    names = [next((name for name in side.columns if name.lower() in CURRENCY), None) for side in (left, right)]
    pair = named or (Pair(*names) if all(names) else None)
    return replace(question, compare=(*question.compare, pair)) if pair else question


def _is_currency(pair: Pair) -> bool:
    return bool({pair.left.lower(), pair.right.lower()} & set(CURRENCY))


def _texts(question: Question, sides: tuple[Side, Side], scratch: Path, engine: Engine) -> Texts:
    if len(question.compare) > MOST:
        raise ParameterError("--compare", f"at most {MOST} columns", str(len(question.compare)), "Name fewer.")
    columns = settled(question, *sides, engine)
    on, compare = columns[: len(question.on)], columns[len(question.on) :]
    sources = tuple(_kept(typed_rows(side, on, compare), side, scratch, engine) for side in sides)
    numbers = [number for number, column in enumerate(compare) if column.kind == "number"]
    amount = next((n for n in numbers if compare[n].pair.left == question.amount), None)
    if question.amount and amount is None:
        raise ParameterError("--amount", "a column of numbers", question.amount, "Name another, or leave it out.")
    currency = next((n for n, column in enumerate(compare) if _is_currency(column.pair)), None)
    amount = next(iter(numbers), None) if amount is None else amount
    return Texts(on, compare, question.tolerances, sources, amount, currency)


def _kept(rows: str, side: Side, scratch: Path, engine: Engine) -> str:
    """Return typed rows as they are read; those made of texts are kept as a file, so that each is read once."""
    if side.types:
        return rows
    path = scratch / f"typed-{side.word}.parquet"
    engine.write(f"select * from {rows}", path)
    return f"(select * from read_parquet('{path}'))"


def _rows(engine: Engine, sql: str) -> list[dict]:
    return engine.query(sql).to_pylist() if sql else []


def _exact(row: dict) -> dict:
    return row | {"amount": None if row["amount"] is None else Decimal(row["amount"])}


def _total(texts: Texts, side: Side, engine: Engine) -> dict:
    """Return the rows its reader counted, those it could not read included, and the amount of the whole file."""
    [row] = engine.query(told.total(texts, side.word)).to_pylist()
    return _exact(row) | {"rows": side.rows}


def _accepted(texts: Texts, row: dict) -> dict:
    column = texts.compare[row["place"]]
    tolerance = texts.tolerances[column.pair.left]
    return {"column": column.pair.said, "reason": tolerance.reason, "unit": "days" if tolerance.days else ""} | {
        "rows": row["rows"], "total": Decimal(row["total"]), "gross": Decimal(row["gross"])
    }  # fmt: skip
