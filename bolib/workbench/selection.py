"""Which findings the reader asked to see: filters in, rows out, and the sentence that says so. No widget here."""

import json
from collections import Counter
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation

import pandas as pd

from bolib.control import SEVERITIES
from bolib.errors import ParameterError
from bolib.findings import MISSING, shown

NAMED = ("report", "severity", "control", "book", "owner")
"""Columns filtered by naming values."""


@dataclass(frozen=True)
class Filters:
    """What to see; an empty set, or None, asks nothing. Amounts are compared without their sign."""

    report: frozenset[str] = frozenset()
    severity: frozenset[str] = frozenset()
    control: frozenset[str] = frozenset()
    book: frozenset[str] = frozenset()
    owner: frozenset[str] = frozenset()
    age_from: int | None = None
    age_to: int | None = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    picked: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self, item.name) not in (None, frozenset()) for item in fields(self))


def prepared(findings: pd.DataFrame) -> pd.DataFrame:
    """Return findings worst first, with `book` (as the control saw it), `size` (amount without sign), `evidence` read.

    Values are plain Python ones (Decimal, date, str, int), an absent amount is None, an absent name is a dash.
    """
    rows = [_row(row) for row in findings.to_dict("records")]
    rows.sort(key=_worst_first)
    columns = [*findings.columns, "book", "size"]
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in columns})


def _worst_first(row: dict) -> tuple:
    return SEVERITIES.index(row["severity"]), -(row["size"] or 0), -row["age_days"], row["finding_id"]


def _row(row: dict) -> dict:
    plain = {name: None if pd.isna(value) else value for name, value in row.items()}
    evidence = json.loads(plain["evidence"] or "{}")
    amount = plain["amount"]
    size = None if amount is None else abs(amount)
    named = {name: plain[name] or MISSING for name in ("owner", "team")}
    return plain | named | {"book": evidence.get("row", {}).get("book") or MISSING, "size": size, "evidence": evidence}


def kept(findings: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return the rows of `findings` that pass every filter, in their order."""
    mask = pd.Series(True, index=findings.index)
    for name in NAMED:
        if wanted := getattr(filters, name):
            mask &= findings[name].isin(wanted)
    if filters.picked:
        mask &= findings["finding_id"].isin(filters.picked)
    mask &= _between(findings["age_days"], filters.age_from, filters.age_to)
    mask &= _between(findings["size"], filters.amount_from, filters.amount_to)
    return findings[mask].reset_index(drop=True)


def _between(values: pd.Series, low, high) -> pd.Series:
    if low is None and high is None:
        return pd.Series(True, index=values.index)
    inside = [
        value is not None and (low is None or value >= low) and (high is None or value <= high) for value in values
    ]
    return pd.Series(inside, index=values.index, dtype=bool)


def choices(findings: pd.DataFrame, name: str, words: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Return (label with its number of findings, value) of a column, most findings first; severities worst first."""
    counted = Counter(findings[name])
    order = SEVERITIES.index if name == "severity" else lambda value: (-counted[value], value)
    return [(f"{_label(value, words or {})}  ({counted[value]})", value) for value in sorted(counted, key=order)]


def _label(value: str, words: dict[str, str]) -> str:
    return words.get(value, value)


def amount_bound(text: str) -> Decimal | None:
    """Return the amount a reader typed (1,000.50 or 1 000.50), None for nothing; anything else is refused."""
    plain = text.replace(",", "").replace(" ", "").replace("\u202f", "")
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ParameterError("amount", "a number as 1,000.50", repr(text), "Correct the filter.")
    return value


def totals(findings: pd.DataFrame) -> dict[str, Decimal]:
    """Return the sum of amounts without sign by currency, so that gains never hide losses."""
    sums: dict[str, Decimal] = {}
    for currency, size in zip(findings["currency"], findings["size"], strict=True):
        if size is not None:
            sums[currency or MISSING] = sums.get(currency or MISSING, Decimal("0.00")) + size
    return dict(sorted(sums.items()))


def status(shown_rows: pd.DataFrame, total: int) -> str:
    """Return "n of m findings", how bad, and their amounts by currency, as one sentence."""
    counted = Counter(shown_rows["severity"])
    how_bad = ", ".join(f"{counted[name]} {name.lower()}" for name in SEVERITIES if counted[name]) or "none"
    sums = " · ".join(f"{currency} {shown(value)}" for currency, value in totals(shown_rows).items())
    return f"{len(shown_rows)} of {total} findings: {how_bad}. Amounts, signs left out: {sums or 'none'}."


def in_force(filters: Filters) -> list[str]:
    """Return the filters in force, one phrase each, for the line above the grid."""
    phrases = [f"{name} {' or '.join(sorted(wanted))}" for name in NAMED if (wanted := getattr(filters, name))]
    phrases += _range("age", filters.age_from, filters.age_to, " days")
    phrases += _range("amount", filters.amount_from, filters.amount_to, "")
    return phrases + ([f"{len(filters.picked)} picked in the picture"] if filters.picked else [])


def _range(name: str, low, high, unit: str) -> list[str]:
    if low is None and high is None:
        return []
    if low is None:
        return [f"{name} up to {high:,}{unit}"]
    return [f"{name} from {low:,}{unit}" if high is None else f"{name} {low:,} to {high:,}{unit}"]
