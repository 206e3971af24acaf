"""Kernel: what of an account's entitlement falls on each of its books."""

import numpy as np
import pyarrow as pa

from bolib.deadlines.corporate_actions.amounts import read_terms, worth
from bolib.valuation.exact import AMOUNT, QUANTITY, decimals, integers


def share(parts: pa.Table) -> pa.Table:
    """Return ca_id, account, book, quantity, quantity_due, gross, tax and net of each row of `ca_book_parts`.

    A book brings what the account is entitled to with it, less what without it, the books taken in the order of their
    names: so the books add up to the account, to the cent and to the unit.
    """
    order = [(name, "ascending") for name in ("ca_id", "account", "book")]
    rows = parts.sort_by(order)
    first = _first(rows)
    upto = worth(_running(integers(rows["quantity"]), first), read_terms(rows))
    kept = rows.select(["ca_id", "account", "book", "quantity"])
    kept = kept.append_column("quantity_due", decimals(_steps(upto.units, first), QUANTITY))
    for name, values in (("gross", upto.gross), ("tax", upto.tax), ("net", upto.net)):
        kept = kept.append_column(name, decimals(_steps(values, first), AMOUNT))
    return kept


def _first(rows: pa.Table) -> np.ndarray:
    """Return the first row of the account of each row."""
    codes = rows.group_by(["ca_id", "account"], use_threads=False).aggregate([("book", "count")])["book_count"]
    sizes = codes.to_numpy()
    return np.repeat(np.cumsum(sizes) - sizes, sizes)


def _running(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return the sum of the values from the first row of the account on."""
    total = np.concatenate([[0], np.cumsum(values)])
    return total[1:] - total[first]


def _steps(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return what each row adds to the one before it in its account."""
    before = np.concatenate([[0], values[:-1]]) if len(values) else values
    return values - np.where(np.arange(len(values)) == first, 0, before)
