"""What a FEC must not hold: entries that close the accounts of the result (classes 6 and 7), or that centralise others.

Their balances are the result of the year (LPF A47 A-1), so the file says it only as long as nothing has closed them.
"""

from collections import defaultdict
from decimal import Decimal, InvalidOperation

from bolib.formats.fec.irregular import Irregularities

OF_RESULT = ("6", "7")
CARRIED = "12"
"""The classes of the result, and where it is carried to: as rule C-10 has them of the general chart, which a file of
another one is read by too. A file is read before anything is known of the bank's own chart."""
CENTRALISED = "CENTRALIS"
"""In the label of the entry or of its journal: what accounting packages write, no law says how."""


class YearEnd:
    """Follows the lines of a file; entries whose lines do not follow one another are told by the balances alone."""

    def __init__(self, told: Irregularities):
        self._told = told
        self._balances: defaultdict[str, Decimal] = defaultdict(Decimal)
        self._entry: tuple = ()
        self._first, self._kinds = 0, set()

    def follow(self, line: int, row: dict) -> None:
        """Take in a line; values are canonical by now, or not values at all."""
        entry = tuple(row.get(name) for name in ("journal_code", "entry_no", "entry_date"))
        if entry != self._entry:
            self._close_entry()
            self._entry, self._first, self._kinds = entry, line, set()
        account = row.get("account") or ""
        self._kinds |= {kind for kind in (*OF_RESULT, CARRIED) if account.startswith(kind)}
        if account.startswith(OF_RESULT):
            self._balances[account] += _moved(row)
        if CENTRALISED in f"{row.get('journal_label') or ''} {row.get('label') or ''}".upper():
            self._told.note("C-04", "lines that centralise others", line)

    def end(self) -> None:
        """Note what only the whole file shows."""
        self._close_entry()
        if len(self._balances) > 1 and not any(self._balances.values()):
            self._told.note("C-04", "the accounts of classes 6 and 7 all end at nil, as after entries that close them")

    def _close_entry(self) -> None:
        if CARRIED in self._kinds and self._kinds & set(OF_RESULT):
            self._told.note("C-04", "entries that close accounts of classes 6 and 7 to account 12", self._first)


def _moved(row: dict) -> Decimal:
    """Return debit less credit; what is no amount keeps its account from ending at nil."""
    try:
        return Decimal(row["debit"] or 0) - Decimal(row["credit"] or 0)
    except InvalidOperation:
        return Decimal("NaN")
