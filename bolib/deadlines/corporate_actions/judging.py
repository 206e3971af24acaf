"""Kernel: what each account is entitled to, what each claim is worth, and why what came in differs.

A claim leaves no trace of its own in what is received: the cash or securities of an event arrive as one sum. Which
claims were paid is read off that sum: the holding of the record date with every claim, with none, or else with the one
set of them, the fewest open, that explains it to the cent.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bolib.deadlines.corporate_actions import amounts, words
from bolib.deadlines.corporate_actions.accounts import Accounts, Names, read_accounts, read_names
from bolib.valuation.exact import AMOUNT, QUANTITY, decimals, integers

MOST_CLAIMS = 12
"""Claims of one account on one event whose every subset is tried; beyond, only all or none."""

PAID, OPEN, UNTOLD = "PAID", "OPEN", "UNTOLD"

Claims = list[tuple[int, int]]
"""Claims of one account on one event: row of the table, quantity in millionths (+ due to us)."""


@dataclass(frozen=True)
class Compared:
    """What came in, against what is due: `below` and the differences are negative where the bank got less."""

    matched: np.ndarray
    without_lent: np.ndarray  # all but what was lent came in
    nothing_due: np.ndarray
    units: np.ndarray
    cash: np.ndarray
    tax: np.ndarray


def judge(positions: pa.Table, claims: pa.Table) -> pa.Table:
    """Return one row a position of `ca_positions` (reference empty) and one a claim of `ca_claims`.

    ca_id, account, reference; eligible, entitled, quantity_due, fraction; gross, tax, net; quantity_difference,
    difference (received less due) and tax_difference (withheld less due); state: the cause of the difference, or what
    became of the claim; arithmetic, and outcome: what came in, in words.
    """
    accounts, names = read_accounts(positions), read_names(positions)
    due = amounts.worth(accounts.entitled, accounts.terms)
    compared = _compared(accounts, due)
    home = _homes(names, claims)
    verdicts = [
        _verdict(accounts, compared, row, own) for row, own in enumerate(_claimed(claims, home, len(names.keys)))
    ]
    states = {claim: state for _, found in verdicts for claim, state in found.items()}
    of_accounts = _account_rows(accounts, names, due, compared, [cause for cause, _ in verdicts])
    return pa.concat_tables([of_accounts, _claim_rows(accounts, names, claims, home, states)])


def explained(quantity: np.ndarray, accounts: Accounts) -> np.ndarray:
    """Return where what came in is what `quantity` brings: gross or net to the tolerance, units exactly."""
    due = amounts.worth(quantity, accounts.terms)
    alike = np.abs(accounts.net + accounts.tax - due.gross) <= accounts.tolerance
    alike |= np.abs(accounts.net - due.net) <= accounts.tolerance
    return accounts.some & np.where(accounts.terms.amount != 0, alike, True) & (due.units == accounts.units)


def _compared(accounts: Accounts, due: amounts.Worth) -> Compared:
    gross = accounts.net + accounts.tax
    cash = np.where(accounts.rate_known, accounts.net - due.net, gross - due.gross)
    withheld = accounts.tax - amounts.tax(gross, accounts.terms.rate)
    told = accounts.tax_told & accounts.rate_known
    wrong = told & (np.abs(cash) > accounts.tolerance) & (np.abs(withheld) > accounts.tolerance)
    wrong &= np.abs(accounts.tax - due.tax) > accounts.tolerance
    return Compared(
        matched=explained(accounts.entitled, accounts),
        without_lent=explained(accounts.entitled - accounts.lent, accounts) & (accounts.lent != 0),
        nothing_due=(due.gross == 0) & (due.units == 0) & (due.fraction == 0),
        units=accounts.units - due.units,
        cash=np.where(accounts.terms.amount != 0, cash, 0),
        tax=np.where(wrong, withheld, 0),
    )


def _homes(names: Names, claims: pa.Table) -> np.ndarray:
    """Return the row of the account each claim belongs to."""
    place = {key: number for number, key in enumerate(names.keys)}
    keys = zip(claims["ca_id"].to_pylist(), claims["account"].to_pylist(), strict=True)
    return np.array([place[key] for key in keys], np.int64)


def _claimed(claims: pa.Table, home: np.ndarray, accounts: int) -> list[Claims]:
    """Return the claims of each account; an instruction that is replaced brings no receipt of its own."""
    found: list[Claims] = [[] for _ in range(accounts)]
    for row, (kind, quantity) in enumerate(zip(claims["kind"].to_pylist(), integers(claims["quantity"]), strict=True)):
        if kind != "TRANSFORMATION":
            found[home[row]].append((row, int(quantity)))
    return found


def _verdict(accounts: Accounts, compared: Compared, row: int, own: Claims) -> tuple[str | None, dict[int, str]]:
    """Return why what one account got differs (None: it does not), and the state of each of its claims."""
    every = [claim for claim, _ in own]
    if not accounts.known[row]:
        return "UNJUDGED", dict.fromkeys(every, UNTOLD)
    if not accounts.some[row]:
        return None if compared.nothing_due[row] else "MISSING", dict.fromkeys(every, OPEN)
    if accounts.foreign[row]:
        return "CURRENCY", dict.fromkeys(every, UNTOLD)
    if compared.matched[row]:
        return "TAX" if compared.tax[row] else None, dict.fromkeys(every, PAID)
    paid = _paid(accounts, row, own)
    if paid is not None:
        elsewhere = accounts.eligible[row] + sum(quantity for _, quantity in own) != accounts.entitled[row]
        told = "CLAIM" if UNTOLD not in paid.values() else "CLAIM_UNTOLD"
        return "POSITION" if elsewhere else told, paid
    if compared.without_lent[row]:
        return "LOAN", dict.fromkeys(every, PAID)
    if compared.nothing_due[row]:
        return "NOT_ENTITLED", dict.fromkeys(every, UNTOLD)
    below = (compared.cash[row] or compared.units[row]) < 0
    return "SHORT" if below else "OVER", dict.fromkeys(every, UNTOLD)


def _paid(accounts: Accounts, row: int, own: Claims) -> dict[int, str] | None:
    """Return the state of each claim by the fewest open that explain what came in; None where nothing does."""
    chosen = _subsets(len(own))
    quantity = accounts.eligible[row] + chosen @ np.array([quantity for _, quantity in own], np.int64)
    fits = chosen[explained(quantity, accounts.repeated(row, len(chosen)))]
    if not len(fits):
        return None
    most = fits[fits.sum(axis=1) == fits.sum(axis=1).max()]
    if len(most) > 1:  # two sets of claims explain it alike: which were paid is not told
        return {claim: UNTOLD for claim, _ in own}
    return {claim: PAID if paid else OPEN for (claim, _), paid in zip(own, most[0], strict=True)}


def _subsets(number: int) -> np.ndarray:
    """Return every choice among `number` claims, one a row, 1 where chosen; all and none where they are too many."""
    if number > MOST_CLAIMS:
        return np.array([[0] * number, [1] * number], np.int64)
    return (np.arange(2**number)[:, None] >> np.arange(number)) & 1


def _account_rows(
    accounts: Accounts, names: Names, due: amounts.Worth, compared: Compared, causes: list[str | None]
) -> pa.Table:
    keys = {"ca_id": [event for event, _ in names.keys], "account": [account for _, account in names.keys]}
    differences = {"quantity_difference": compared.units, "difference": compared.cash, "tax_difference": compared.tax}
    texts = {
        "state": causes,
        "arithmetic": _arithmetic(accounts, names, due),
        "outcome": _outcomes(accounts, names, compared),
    }
    return _rows(keys, accounts.eligible, due, ~accounts.known, differences, texts)


def _arithmetic(accounts: Accounts, names: Names, due: amounts.Worth) -> list[str | None]:
    columns = (column.tolist() for column in (accounts.known, accounts.to_come, accounts.eligible, accounts.entitled))
    rows = zip(names.wordings, zip(*columns, strict=True), due.rows(), strict=True)
    return [
        f"{words.position(said, *held)}: {words.brought(said, *brought)}" if known else None
        for said, (known, *held), brought in rows
    ]


def _outcomes(accounts: Accounts, names: Names, compared: Compared) -> list[str | None]:
    found: list[str | None] = [None] * len(names.keys)
    for row in np.flatnonzero(accounts.some).tolist():
        came = (int(accounts.net[row]), int(accounts.tax[row]), int(accounts.units[row]), names.currency[row])
        found[row] = words.outcome(names.wordings[row], came, int(compared.cash[row]), int(compared.units[row]))
    return found


def _claim_rows(
    accounts: Accounts, names: Names, claims: pa.Table, home: np.ndarray, states: dict[int, str]
) -> pa.Table:
    quantity, terms = integers(claims["quantity"]), accounts.terms.take(home)
    unsigned = amounts.worth(np.abs(quantity), terms)
    said = [
        words.brought(names.wordings[place], *row) for place, row in zip(home.tolist(), unsigned.rows(), strict=True)
    ]
    keys = {name: claims[name].to_pylist() for name in ("ca_id", "account", "reference")}
    texts = {"state": [states.get(number) for number in range(claims.num_rows)], "arithmetic": said}
    return _rows(keys, quantity, amounts.worth(quantity, terms), np.zeros(len(home), bool), {}, texts)


def _rows(
    keys: dict, eligible: np.ndarray, due: amounts.Worth, unknown: np.ndarray, differences: dict, texts: dict
) -> pa.Table:
    none = np.ones(len(unknown), bool)
    zero = np.zeros(len(unknown), np.int64)
    quantities = {"eligible": eligible, "entitled": due.quantity, "quantity_due": due.units, "fraction": due.fraction}
    money = {"gross": due.gross, "tax": due.tax, "net": due.net}
    columns = {name: _texts(keys, name, len(unknown)) for name in ("ca_id", "account", "reference")}
    columns |= {name: decimals(values, QUANTITY, unknown) for name, values in quantities.items()}
    columns |= {name: decimals(values, AMOUNT, unknown) for name, values in money.items()}
    for name, kind in (("quantity_difference", QUANTITY), ("difference", AMOUNT), ("tax_difference", AMOUNT)):
        columns[name] = decimals(differences.get(name, zero), kind, unknown if differences else none)
    return pa.table(columns | {name: _texts(texts, name, len(unknown)) for name in ("state", "arithmetic", "outcome")})


def _texts(given: dict, name: str, rows: int) -> pa.Array:
    return pa.array(given.get(name, [None] * rows), pa.string())
