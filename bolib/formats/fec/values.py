"""Values of a FEC in canonical form; one that is not as the rule wants it, or as nothing at all, is noted or left."""

import re
from datetime import date
from functools import lru_cache

from bolib.formats.fec.irregular import Irregularities

NUMBER = re.compile(r"([+-]?)(\d+)(?:([,.])(\d*))?([+-]?)")
SIDES = {"D": 0, "+1": 0, "1": 0, "C": 1, "-1": 1}
"""Sens: which of debit and credit an amount is."""


def day(text: str | None, line: int, told: Irregularities) -> str | None:
    """Return a date AAAAMMJJ as ISO; what is no date stays as it is."""
    if not text:
        return None
    found = _iso(text)
    if found is None and text.strip("0") == "":
        return None
    if found is None or found == text:
        told.note("C-03", "dates not written AAAAMMJJ", line)
    return found or text


@lru_cache(maxsize=100_000)
def _iso(text: str) -> str | None:
    if not re.fullmatch(r"\d{8}|\d{4}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def number(text: str | None, line: int, told: Irregularities) -> str | None:
    """Return a number with a dot and its sign in front, without padding zeros; what is none stays as it is."""
    if not text:
        return None
    found, irregular = _number(text)
    if irregular:
        told.note("C-03", irregular, line)
    return found


@lru_cache(maxsize=100_000)
def _number(text: str) -> tuple[str, str]:
    match = NUMBER.fullmatch(text) if text.isascii() else None
    if not match or (match[1] and match[5]):
        return text, "amounts that are no number with a comma for its decimals"
    sign = "-" if "-" in (match[1], match[5]) else ""
    whole = match[2].lstrip("0") or "0"
    irregular = "amounts with a dot for their decimals" if match[3] == "." else ""
    return f"{sign}{whole}.{match[4]}" if match[4] else sign + whole, irregular


class Amounts:
    """Debit and credit of each line, or Montant and Sens in their place."""

    def __init__(self, told: Irregularities):
        self._told = told

    def of(self, line: int, fields: dict) -> tuple[str | None, str | None]:
        """Return debit and credit; one of the two left empty is zero, and noted."""
        if fields.get("montant") or fields.get("sens"):
            return self._signed(line, fields)
        pair = [number(fields.get(name), line, self._told) for name in ("debit", "credit")]
        if (pair[0] is None) != (pair[1] is None):
            self._told.note("C-02", "lines with an empty Debit or Credit, read as zero", line)
            pair = [value or "0" for value in pair]
        return pair[0], pair[1]

    def _signed(self, line: int, fields: dict) -> tuple[str | None, str | None]:
        amount = number(fields.get("montant"), line, self._told)
        side = SIDES.get((fields.get("sens") or "").upper())
        if side is None:
            self._told.note("C-02", "lines whose Sens is none of D, C, +1 and -1", line)
            return None, None
        return (amount, "0") if side == 0 else ("0", amount)
