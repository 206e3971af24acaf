"""Read the rows of `ca_positions`: what an account held of an event's security, and what came in for it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.deadlines.corporate_actions.amounts import Terms, read_terms
from bolib.deadlines.corporate_actions.words import Wording, wording
from bolib.valuation.exact import integers, missing

TERMS = ("amount", "currency", "quotation", "multiplier", "tax_rate", "ratio_new", "ratio_old")
OF_EVENT = ("type", "record_date", *TERMS)
"""Columns that are the same for every account of an event."""


@dataclass(frozen=True)
class Accounts:
    """One account and event a row: quantities in millionths, cash in cents, received positive."""

    terms: Terms
    known: np.ndarray  # whether a holding is known at all
    to_come: np.ndarray  # whether the record date is still to come
    entitled: np.ndarray  # by the deals, where known; what is due in other ways than by a receipt left out
    eligible: np.ndarray  # settled on the evening of the record date
    lent: np.ndarray
    some: np.ndarray  # whether anything came in
    units: np.ndarray
    net: np.ndarray
    tax: np.ndarray
    tax_told: np.ndarray
    rate_known: np.ndarray  # whether a rule gives the rate of the tax
    foreign: np.ndarray  # whether it came in another currency than the event's
    tolerance: np.ndarray

    def repeated(self, row: int, times: int) -> "Accounts":
        """Return one row as often as asked."""
        chosen = np.full(times, row)
        values = {name: value[chosen] for name, value in vars(self).items() if name != "terms"}
        return Accounts(terms=self.terms.take(chosen), **values)


@dataclass(frozen=True)
class Names:
    """What the rows are called: event and account, the wording of the event, the currency received."""

    keys: list[tuple[str, str]]
    wordings: list[Wording]
    currency: list[str | None]


def read_names(table: pa.Table) -> Names:
    """Return the names of each row of `table`; the rows of an event share their wording."""
    codes = table["ca_id"].combine_chunks().dictionary_encode()
    number = codes.indices.to_numpy()
    _, first = np.unique(number, return_index=True)
    distinct = [wording(event) for event in table.select(OF_EVENT).take(first).to_pylist()]
    keys = list(zip(table["ca_id"].to_pylist(), table["account"].to_pylist(), strict=True))
    return Names(keys, [distinct[place] for place in number.tolist()], table["currency_received"].to_pylist())


def read_accounts(table: pa.Table) -> Accounts:
    """Return the rows of `table` as whole numbers."""
    entitled, eligible = _holdings(table)
    currency, other = (pc.not_equal(table["currency"], table[name]) for name in ("currency_received", "other_currency"))
    return Accounts(
        terms=read_terms(table),
        known=~(missing(table["held"]) & missing(table["stated"])),
        to_come=_true(table["to_come"]),
        entitled=entitled,
        eligible=eligible,
        lent=integers(table["lent"]),
        some=~missing(table["received_on"]),
        units=integers(table["quantity_received"], null=0),
        net=integers(table["amount_received"], null=0),
        tax=integers(table["tax_received"], null=0),
        tax_told=~missing(table["tax_received"]),
        rate_known=~missing(table["tax_rate"]),
        foreign=_true(pc.or_(currency, other)),
        tolerance=integers(table["tolerance"]),
    )


def _true(column: pa.ChunkedArray) -> np.ndarray:
    return pc.fill_null(column, False).to_numpy()


def _holdings(table: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """Return what each account is entitled to, and what of it had settled: as stated, or else as the deals say."""
    names = ("held", "stated", "claimed", "transformed")
    held, stated, claimed, transformed = (integers(table[name], null=0) for name in names)
    by_deals, by_statement = (~missing(table[name]) for name in ("held", "stated"))
    entitled = np.where(by_deals, held - transformed, stated)
    settled = np.where(by_statement, stated, held - claimed - transformed)
    return entitled, np.where(_true(table["to_come"]), entitled, settled)
