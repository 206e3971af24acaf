"""Which debt a payment pays (C. civ. 1342-10): the one the borrower names; else what is due, the most onerous
first, of equals the oldest, of equals still in proportion.

Where all instalments of a loan bear the same interest and the borrower names none, or names the one that law
chooses anyway, this is first in, first out: what is left of an instalment follows from two sums. The other loans
are *particular*, and walked through day by day.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import pyarrow as pa

from bolib.arrears.portfolio import Dues, Places, Receipts, read_dues, read_receipts
from bolib.valuation.exact import AMOUNT, decimals, integers
from bolib.valuation.keys import in_order, running

LEDGER = pa.schema([("loan", pa.int64()), ("instalment_no", pa.int64()), ("due_on", pa.date32()), ("unpaid", AMOUNT)])
"""Result of `allocate`: what is left to pay of an instalment."""


def allocate(instalments: pa.Table, payments: pa.Table, *, day: int) -> pa.Table:
    """Return what is left of each instalment on the evening of `day`, by loan and due date (`LEDGER`).

    Columns as in `count_days`. What was paid beyond what is due lessens the instalments to come, the next one first.
    """
    places = Places(np.union1d(integers(instalments["loan"]), integers(payments["loan"])))
    dues, receipts = known_on(read_dues(instalments, places), read_receipts(payments, places), day)
    left = _first_in_first_out(dues, receipts, places.number)
    odd = particular(dues, receipts, places.number) | _due_together(dues, places.number)
    for walk in walks(dues, receipts, odd, day):
        left[walk.rows] = walk.left
    columns = [pa.array(places.loan[dues.place]), pa.array(dues.number)]
    columns += [pa.array(dues.due, pa.int32()).cast(pa.date32()), decimals(left, AMOUNT)]
    return pa.table(columns, schema=LEDGER)


def known_on(dues: Dues, receipts: Receipts, day: int) -> tuple[Dues, Receipts]:
    """Return the instalments known on the evening of `day`, and the payments that count then, by loan and day."""
    owed = dues.of((dues.known <= day) & (dues.until > day))
    paid = receipts.of((receipts.value <= day) & (receipts.known <= day) & (receipts.until > day))
    return owed.of(in_order(owed.place, owed.due)), paid.of(in_order(paid.place, paid.value))


def _first_in_first_out(dues: Dues, receipts: Receipts, loans: int) -> np.ndarray:
    """Return what is left of each instalment: what its loan owes up to it beyond what was paid, at most itself."""
    paid = np.zeros(loans, np.int64)
    np.add.at(paid, receipts.place, receipts.cents)
    return np.clip(running(dues.cents, dues.place) - paid[dues.place], 0, dues.cents)


def particular(dues: Dues, receipts: Receipts, loans: int) -> np.ndarray:
    """Return by place whether a loan's payments may be allocated otherwise than first in, first out.

    The instalments and payments are those of one evening, in order.
    """
    odd = unevenly_onerous(dues, loans)
    named = np.flatnonzero(receipts.target >= 0)
    if len(named):
        odd[receipts.place[named[_named_out_of_turn(dues, receipts, named)]]] = True
    return odd


def _due_together(dues: Dues, loans: int) -> np.ndarray:
    """Return by place whether a loan has instalments due on one day, which share what is paid in proportion."""
    together = np.zeros(loans, bool)
    same = (dues.place[1:] == dues.place[:-1]) & (dues.due[1:] == dues.due[:-1])
    together[dues.place[1:][same]] = True
    return together


def unevenly_onerous(dues: Dues, loans: int) -> np.ndarray:
    """Return by place whether the instalments of a loan bear different interest; they may come in any order."""
    odd, usual = np.zeros(loans, bool), np.zeros(loans, np.int64)
    usual[dues.place] = dues.onerous
    odd[dues.place[dues.onerous != usual[dues.place]]] = True
    return odd


def _named_out_of_turn(dues: Dues, receipts: Receipts, named: np.ndarray) -> np.ndarray:
    """Return which of the named payments would pay, by the law's own order, something beside the named instalment.

    On the axis of all that a loan owes, each payment covers what follows the payments before it.
    """
    width = int(max(dues.number.max(initial=0), receipts.target.max(initial=0))) + 1
    known = dues.place * width + dues.number
    order = np.argsort(known, kind="stable")
    wanted = receipts.place[named] * width + receipts.target[named]
    at = np.searchsorted(known, wanted, sorter=order)
    row = order[np.minimum(at, len(order) - 1)] if len(order) else at
    exists = known[row] == wanted if len(order) else np.zeros(len(wanted), bool)
    owed, paid = running(dues.cents, dues.place), running(receipts.cents, receipts.place)[named]
    row = row[exists]
    outside = paid[exists] > owed[row]
    outside |= paid[exists] - receipts.cents[named[exists]] < owed[row] - dues.cents[row]
    wrong = np.zeros(len(named), bool)  # an instalment nobody knows names none
    wrong[exists] = outside
    return wrong


@dataclass
class Walk:
    """One loan, day by day: what is left of its instalments (`rows`), and the steps of what is past due."""

    rows: np.ndarray
    place: int
    left: list[int]
    steps: list[tuple[int, int]] = field(default_factory=list)  # (day, cents past due from it on)


def walks(dues: Dues, receipts: Receipts, odd: np.ndarray, day: int) -> list[Walk]:
    """Return the walk until `day` of each loan that is `odd`; instalments and payments in order of loan."""
    found = []
    for place in np.flatnonzero(odd).tolist():
        low, high = np.searchsorted(dues.place, [place, place + 1])
        first, end = np.searchsorted(receipts.place, [place, place + 1])
        rows, paid = np.arange(low, high), np.arange(first, end)
        found.append(_walk(Walk(rows, int(place), dues.cents[rows].tolist()), dues.of(rows), receipts.of(paid), day))
    return found


def _walk(walk: Walk, dues: Dues, receipts: Receipts, until: int) -> Walk:
    received = defaultdict(list)
    for value, number, cents in zip(
        *(v.tolist() for v in (receipts.value, receipts.target, receipts.cents)), strict=True
    ):
        received[value].append((number, cents))
    by_number = {number: row for row, number in enumerate(dues.number.tolist())}
    due, credit = dues.due.tolist(), 0
    in_turn = sorted(range(len(due)), key=lambda row: (-dues.onerous[row], due[row], dues.number[row]))
    groups = [list(equals) for _, equals in groupby(in_turn, key=lambda row: (dues.onerous[row], due[row]))]
    for day in sorted(now for now in {*received, *due, *(last + 1 for last in due)} if now <= until):
        for number, cents in received[day]:
            row = by_number.get(number)
            paid = min(walk.left[row], cents) if row is not None else 0
            if paid:
                walk.left[row] -= paid
            credit += cents - paid
        for equals in groups:
            if credit and due[equals[0]] <= day:
                credit -= _pay(walk.left, equals, credit)
        walk.steps.append((day, sum(left for left, last in zip(walk.left, due, strict=True) if last < day)))
    for row in sorted(range(len(due)), key=lambda row: (due[row], dues.number[row])):
        credit -= _pay(walk.left, [row], credit)
    return walk


def _pay(left: list[int], equals: list[int], cents: int) -> int:
    """Pay equal debts in proportion to what is left of them, odd cents to the first; return what was paid."""
    total = sum(left[row] for row in equals)
    paid = min(total, cents)
    if not paid:
        return 0
    parts = [left[row] * paid // total for row in equals]
    rest = paid - sum(parts)
    for row, part in zip(equals, parts, strict=True):
        extra = min(rest, left[row] - part, 1)
        left[row] -= part + extra
        rest -= extra
    return paid
