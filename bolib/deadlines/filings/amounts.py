"""Kernels: the tax on financial transactions, and cash in euros. Whole numbers, each product rounded once."""

import numpy as np
import pyarrow as pa

from bolib.valuation.exact import AMOUNT, PRICE, QUANTITY, decimals, integers, missing, multiply_divide

HUNDRED_PERCENT = 100 * 10**PRICE.scale
"""A rate of 100 percent, as the whole number a rate is."""


def tax_on_days(rows: pa.Table) -> pa.Table:
    """Return the rows with net_quantity, base and tax_due, in the currency of the deals.

    rows: one a security, settlement day and currency, with bought, sold (units), paid (value of the purchases) and
    rate_percent. net_quantity = bought - sold, not below 0; base = paid x net_quantity / bought;
    tax_due = paid x net_quantity / bought x rate (CGI 235 ter ZD: the mean price of the purchases on the net quantity).
    """
    bought, sold, paid, rate = (integers(rows[name]) for name in ("bought", "sold", "paid", "rate_percent"))
    net, counted = np.maximum(bought - sold, 0), np.maximum(bought, 1)
    added = {
        "net_quantity": decimals(net, QUANTITY),
        "base": decimals(multiply_divide([paid, net], [counted]), AMOUNT),
        "tax_due": decimals(multiply_divide([paid, net, rate], [counted, HUNDRED_PERCENT]), AMOUNT),
    }
    return _with(rows, added)


def tax_on_deals(rows: pa.Table) -> pa.Table:
    """Return the rows with expected_tax = gross_amount x rate_percent / 100."""
    gross, rate = integers(rows["gross_amount"]), integers(rows["rate_percent"])
    return _with(rows, {"expected_tax": decimals(multiply_divide([gross, rate], [HUNDRED_PERCENT]), AMOUNT)})


def in_euros(rows: pa.Table) -> pa.Table:
    """Return the rows with euros = amount / rate, rate being units of the currency for 1 EUR; empty without one."""
    unknown = missing(rows["rate"])
    amount, rate = integers(rows["amount"]), integers(rows["rate"], null=10**PRICE.scale)
    return _with(rows, {"euros": decimals(multiply_divide([amount, 10**PRICE.scale], [rate]), AMOUNT, unknown)})


def _with(rows: pa.Table, added: dict[str, pa.Array]) -> pa.Table:
    for name, column in added.items():
        rows = rows.append_column(name, column)
    return rows
