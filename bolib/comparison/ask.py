"""What the user asks: columns under their names on both sides, and what may differ for which reason."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from bolib.errors import ParameterError

TOLERANCE = re.compile(r"(?P<column>[^=:]+)=(?P<limit>\d+(?:\.\d+)?)(?P<days>d?)(?::(?P<reason>.+))?")


@dataclass(frozen=True)
class Pair:
    """One column under its name on the left and on the right."""

    left: str
    right: str

    @property
    def said(self) -> str:
        """Return the name, or both where they differ."""
        return self.left if self.left == self.right else f"{self.left} = {self.right}"


@dataclass(frozen=True)
class Tolerance:
    """How far two values may be apart, and the reason that is shown: an amount, or a number of days."""

    limit: Decimal
    days: bool
    reason: str


@dataclass(frozen=True)
class Question:
    """Two files and how their rows meet. `decimal` and `date` say what the values of texts do not tell."""

    left: Path
    right: Path
    on: tuple[Pair, ...]
    compare: tuple[Pair, ...]
    tolerances: dict[str, Tolerance] = field(default_factory=dict)
    amount: str | None = None
    decimal: str | None = None
    date: str | None = None

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Return all columns, those of the key first."""
        return self.on + self.compare


def asked(left: Path, right: Path, on: str, compare: str, tolerances: tuple[str, ...] = (), **rest) -> Question:
    """Return the question of texts as `id,date`, `amount,ccy=Devise` and `amount=0.01:rounding`."""
    question = Question(left, right, _pairs(on), _pairs(compare), dict(_tolerance(one) for one in tolerances), **rest)
    named = {pair.left for pair in question.compare}
    for name in (*question.tolerances, *filter(None, [question.amount])):
        if name not in named:
            raise ParameterError(
                "--tolerance" if name in question.tolerances else "--amount",
                f"a column of --compare, {', '.join(sorted(named)) or 'which is empty'}",
                name,
                "Name it as on the left.",
            )
    if not question.on:
        raise ParameterError("--on", "the columns that tell one row from another", "none", "Name them, as id,date.")
    return question


def _pairs(text: str) -> tuple[Pair, ...]:
    """Return `id,amount=Betrag` as pairs of names.

    >>> [pair.said for pair in _pairs("id, amount=Betrag")]
    ['id', 'amount = Betrag']
    """
    names = [[part.strip() for part in one.split("=")] for one in text.split(",") if one.strip()]
    wrong = next((one for one in names if len(one) > 2 or not all(one)), None)
    if wrong:
        raise ParameterError("--on or --compare", "columns as id,amount=Betrag", "=".join(wrong), "Correct it.")
    return tuple(Pair(one[0], one[-1]) for one in names)


def _tolerance(text: str) -> tuple[str, Tolerance]:
    found = TOLERANCE.fullmatch(text.strip())
    if not found:
        wanted = "COLUMN=LIMIT or COLUMN=LIMIT:REASON, as amount=0.01:rounding or value_date=2d"
        raise ParameterError("--tolerance", wanted, text, "Correct it.")
    column, limit, days = found["column"].strip(), found["limit"], bool(found["days"])
    reason = found["reason"] or f"{column} within {limit}{' days' if days else ''}"
    return column, Tolerance(Decimal(limit), days, reason.strip())
