"""CFONB 240: payments in the interbank form, as a French bank hands them on to its client.

Of the layouts of 240 characters this is that of the operations restituted to clients (CFONB, May 2004): 31 opens a
batch of one account, 34 is a payment, 39 closes it with its total. Orders (160 characters) and statements of bills
have layouts of their own. A batch is proven: records numbered from 1 without a gap, payments = total, to the cent.

Amounts carry no sign, and the operation code says which way the money goes; only transfers received (20) are known
here, credited to the account. Another code is refused rather than guessed.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.cfonb120 import day, records
from bolib.formats.statements import Movement, Statement, land_statements, refused

LENGTH = 240
CREDITS = {"20": "transfer received"}
CURRENCIES = {"E": "EUR"}


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the payments of the file as statement lines, landed as text."""
    return land_statements(path, dialect, into, read)


def read(path: Path, encoding: str) -> Iterator[Statement]:
    """Yield the batches of the file, in its order; they carry payments and no balances."""
    current: Statement | None = None
    expected = 1
    for place, record in records(path, encoding, LENGTH):
        kind = record[:2]
        if current is None and kind != "31" or current is not None and kind not in ("34", "39"):
            raise refused(path, place, "31, a new batch" if current is None else "34 or 39", repr(kind))
        if record[2:8] != f"{expected:06}":
            raise refused(path, place, f"the record number {expected:06}", repr(record[2:8]))
        expected += 1
        if kind == "31":
            current = _batch(path, place, record)
        elif kind == "34":
            current = replace(current, movements=(*current.movements, _payment(path, place, record)))
        else:
            _prove(path, place, record, current)
            yield current
            current, expected = None, 1
    if current:
        raise refused(path, current.place, "39, the total of the batch", "the end of the file")


def _batch(path: Path, place: int, record: str) -> Statement:
    account = record[21:42].strip()
    if len(account) != 21:
        raise refused(path, place, "bank, branch and account in columns 22 to 42", repr(record[21:42]))
    return Statement(place, account, f"{day(path, place, record[10:16]).isoformat()} {record[8:10]}")


def _payment(path: Path, place: int, record: str) -> Movement:
    code, currency = record[8:10], record[16]
    if code not in CREDITS:
        known = ", ".join(f"{one} ({words})" for one, words in CREDITS.items())
        raise refused(path, place, f"an operation code whose direction is known: {known}", repr(code))
    if currency not in CURRENCIES:
        raise refused(path, place, f"a currency among {', '.join(CURRENCIES)} in column 17", repr(currency))
    booked = day(path, place, record[10:16])
    return Movement(
        place=place,
        booking_date=booked,
        value_date=day(path, place, record[216:222]) if record[216:222].strip() else booked,
        amount=_amount(path, place, record),
        currency=CURRENCIES[currency],
        reference=record[122:128].strip() or None,
        counterparty=record[42:66].strip() or None,
        text=" ".join(record[128:216].split()) or None,
    )


def _prove(path: Path, place: int, record: str, batch: Statement) -> None:
    if record[21:42].strip() != batch.account:
        raise refused(path, place, f"account {batch.account}, as in its record 31", repr(record[21:42].strip()))
    total = sum((line.amount for line in batch.movements), Decimal(0))
    said = _amount(path, place, record)
    if said != total:
        raise refused(path, place, f"a total of {total}, {len(batch.movements)} payments", str(said))


def _amount(path: Path, place: int, record: str) -> Decimal:
    text = record[228:240]
    if not (text.isascii() and text.isdigit()):
        raise refused(path, place, "an amount in cents in columns 229 to 240", repr(text))
    return Decimal(int(text)).scaleb(-2)
