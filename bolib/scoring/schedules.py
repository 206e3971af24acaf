"""Kernel: what each instalment of a loan should be by what the loan's contract and its instalments before make it."""

import numpy as np
import pyarrow as pa

from bolib.valuation import AMOUNT, decimals, integers, multiply_divide

RATE_UNIT = 100 * 10**8
"""Percent, with eight decimals."""

NOWHERE = np.iinfo(np.int64).max // 4
"""Farther than any amount, in cents: a way the instalment cannot be reckoned in."""

SCHEDULES = pa.schema(
    [
        *((name, pa.string()) for name in ("block", "key")),
        ("day", pa.date32()),
        ("judged", pa.bool_()),
        *((name, pa.string()) for name in ("kind", "wider")),
        *((name, AMOUNT) for name in ("amount", "interest", "principal", "due_interest", "due_principal")),
    ]
)


def schedules(rows: pa.Table) -> pa.Table:
    """Return the judged instalments and those before with what they should be: `due_interest` and `due_principal`.

    rows: block, key, loan_id, product, instalment_no, due_date, judged, lent, rate (percent a year), months (of a
    period), principal, interest. `amount` is what is asked less what is due; missing where nothing says what is due.

    Interest due is what is left of the loan x rate x months / 1200, or else the interest before less what the
    principal since repaid bore. Principal due is that of one of the two instalments before, or what completes their
    total, whichever of the two has changed less in the loan so far, or what is left: the last one clears it. Of
    several, the nearest to what is asked is meant. Looking back twice, a wrong instalment does not spoil the next.
    """
    rows = rows.sort_by([("loan_id", "ascending"), ("instalment_no", "ascending")])
    interest, principal = integers(rows["interest"]), integers(rows["principal"])
    start, left = _left(rows, principal)
    rank = np.arange(len(start)) - start
    due_interest = _nearest(interest, _interests(rows, rank, left))
    due_principal = _nearest(principal, _principals(start, left, principal, interest, due_interest))
    unknown = (due_interest == NOWHERE) | (due_principal == NOWHERE)
    money = {"amount": interest + principal - due_interest - due_principal, "interest": interest}
    money |= {"principal": principal, "due_interest": due_interest, "due_principal": due_principal}
    same = {name: name for name in ("block", "key", "judged")}
    named = same | {"day": "due_date", "kind": "loan_id", "wider": "product"}
    columns = {name: rows[column] for name, column in named.items()}
    columns |= {name: decimals(np.where(unknown, 0, cents), AMOUNT, unknown) for name, cents in money.items()}
    return pa.table(columns, schema=SCHEDULES)


def _left(rows: pa.Table, principal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the row where the loan of each instalment begins, and what is left before it; NOWHERE where unknown.

    It is unknown once a number lacks, or where more is repaid than was lent.
    """
    loans = np.unique(np.array(rows["loan_id"].to_pylist(), dtype=object).astype(str), return_inverse=True)[1]
    first = np.r_[True, loans[1:] != loans[:-1]] if len(loans) else np.zeros(0, bool)
    start = np.maximum.accumulate(np.where(first, np.arange(len(loans)), 0))
    rank = np.arange(len(loans)) - start
    repaid = np.cumsum(principal) - principal
    left = integers(rows["lent"]) - (repaid - repaid[start])
    sound = (integers(rows["instalment_no"]) == rank + 1) & (left > 0)
    return start, np.where(sound, left, NOWHERE)


def _interests(rows: pa.Table, rank: np.ndarray, left: np.ndarray) -> list[np.ndarray]:
    rate, months = integers(rows["rate"]), integers(rows["months"])
    bearing = np.where(left < NOWHERE, left, 0)
    from_left = np.where(left < NOWHERE, _borne(bearing, rate, months), NOWHERE)
    before = _earlier(integers(rows["interest"]), 1) - _borne(_earlier(integers(rows["principal"]), 1), rate, months)
    return [from_left, np.where(rank >= 1, before, NOWHERE)]


def _borne(cents: np.ndarray, rate: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Return the interest of a period on an amount: x percent a year x months / 12, rounded once."""
    return multiply_divide([cents, rate, months], [RATE_UNIT * 12])


def _principals(
    start: np.ndarray, left: np.ndarray, principal: np.ndarray, interest: np.ndarray, due_interest: np.ndarray
) -> list[np.ndarray]:
    rank = np.arange(len(start)) - start
    equal_parts = _changed(principal, start) <= _changed(principal + interest, start)
    ways = [left]
    for back in (1, 2):
        known = rank >= back
        ways.append(np.where(known & equal_parts, _earlier(principal, back), NOWHERE))
        total = _earlier(principal, back) + _earlier(interest, back)
        ways.append(np.where(known & ~equal_parts & (due_interest < NOWHERE), total - due_interest, NOWHERE))
    return ways


def _changed(cents: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Return by how much in all an amount has changed from one instalment of the loan to the next, so far."""
    steps = np.cumsum(np.where(np.arange(len(start)) > start, np.abs(cents - _earlier(cents, 1)), 0))
    return steps - steps[start]


def _earlier(values: np.ndarray, back: int) -> np.ndarray:
    """Return the value so many rows before, of no meaning in the first rows of a loan."""
    return np.r_[np.zeros(min(back, len(values)), values.dtype), values[:-back]]


def _nearest(own: np.ndarray, ways: list[np.ndarray]) -> np.ndarray:
    """Return of several ways the one nearest to what is asked; NOWHERE where there is none."""
    rows = np.stack(ways)
    return rows[np.argmin(np.abs(rows - own), axis=0), np.arange(len(own))] if len(own) else own
