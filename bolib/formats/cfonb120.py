"""CFONB 120: French account statements, records of 120 characters with signed over-punched amounts.

01 the balance before, 04 a movement, 05 what is said about it, 07 the balance after.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.statements import Balance, Movement, Statement, land_statements, refused

LENGTH = 120
OVERPUNCHED = {letter: (digit, sign) for sign, letters in ((1, "{ABCDEFGHI"), (-1, "}JKLMNOPQR"))
               for digit, letter in enumerate(letters)}  # fmt: skip
"""The last digit of an amount carries its sign: A is +1, J is -1."""

REVERSALS = ("31", "32", "33", "34", "35", "36", "37", "38", "39")


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the statements of the file, or their lines, landed as text."""
    return land_statements(path, dialect, into, read)


def read(path: Path, encoding: str) -> Iterator[Statement]:
    """Yield the statements of the file, in its order."""
    current: Statement | None = None
    for place, record in records(path, encoding, LENGTH):
        kind = record[:2]
        if kind == "01":
            if current:
                raise refused(path, place, "07, the balance after", "01, a new statement")
            current = Statement(place, _account(record), "", opening=_balance(path, place, record))
        elif current is None or kind not in ("04", "05", "07"):
            raise refused(path, place, "01, the balance before" if current is None else "04, 05 or 07", repr(kind))
        elif _account(record)[5:] != current.account[5:]:  # some banks put the code of another in a movement
            raise refused(path, place, f"account {current.account}, as in its record 01", _account(record))
        elif kind == "04":
            current = replace(current, movements=(*current.movements, _movement(path, place, record)))
        elif kind == "05":
            current = _told(path, place, current, record)
        else:
            closing = _balance(path, place, record)
            yield replace(current, closing=closing, number=closing.day.isoformat())
            current = None
    if current:
        raise refused(path, current.place, "07, the balance after", "the end of the file")


def records(path: Path, encoding: str, length: int) -> Iterator[tuple[int, str]]:
    """Yield (line, record) of a file of fixed records; several may stand on one line, blanks at its end may lack."""
    try:
        lines = path.read_text(encoding=encoding).splitlines()
    except UnicodeDecodeError as error:
        raise refused(path, 1, f"bytes of the encoding {encoding}", f"{error.object[error.start]:#04x}") from error
    for place, line in enumerate(lines, 1):
        for start in range(0, len(line.rstrip()), length):
            yield place, line[start : start + length].ljust(length)


def _account(record: str) -> str:
    """Return bank, branch and account: the RIB without its key."""
    return record[2:7] + record[11:16] + record[21:32]


def _balance(path: Path, place: int, record: str) -> Balance:
    return Balance(day(path, place, record[34:40]), _amount(path, place, record), record[16:19])


def _movement(path: Path, place: int, record: str) -> Movement:
    booked = day(path, place, record[34:40])
    reference = record[104:120].strip() or record[81:88].strip(" 0")
    return Movement(
        place=place,
        booking_date=booked,
        value_date=day(path, place, record[42:48]) if record[42:48].strip() else booked,
        amount=_amount(path, place, record),
        currency=record[16:19],
        reference=reference or None,
        text=record[48:79].strip() or None,
        reversal=bool(record[40:42].strip()),
    )


def _told(path: Path, place: int, statement: Statement, record: str) -> Statement:
    """Return the statement with what a record 05 adds to its last movement."""
    if not statement.movements:
        raise refused(path, place, "04, a movement, before what is said about it", "05")
    last, told = statement.movements[-1], record[48:118].strip()
    what = {"NPY": "counterparty", "NBE": "counterparty"}.get(record[45:48])
    if record[45:48] == "RCN":
        last = replace(last, end_to_end_id=told[:35].strip() or last.end_to_end_id)
    if what:
        last = replace(last, **{what: told})
    last = replace(last, text=" ".join(part for part in (last.text, told) if part))
    return replace(statement, movements=(*statement.movements[:-1], last))


def _amount(path: Path, place: int, record: str) -> Decimal:
    text, decimals = record[90:104], record[19]
    if not decimals.isdigit():
        raise refused(path, place, "the number of decimals in column 20", repr(decimals))
    whole, last = text[:-1].replace(" ", "0"), text[-1]
    if not whole.isdigit() or last not in OVERPUNCHED:
        raise refused(path, place, "an amount as 0000000166956E in columns 91 to 104", repr(text))
    digit, sign = OVERPUNCHED[last]
    return sign * Decimal(int(whole) * 10 + digit).scaleb(-int(decimals))


def day(path: Path, place: int, text: str) -> date:
    """Return a date written DDMMYY."""
    try:
        return datetime.strptime(text, "%d%m%y").date()
    except ValueError as error:
        raise refused(path, place, "a date DDMMYY", repr(text)) from error
