"""Kernel: counted seconds and parts as people read them, hours and percentages, each rounded once."""

import numpy as np
import pyarrow as pa

from bolib.valuation.exact import decimals, integers, missing, multiply_divide

HUNDREDTHS = pa.decimal128(18, 2)


def readable(rows: pa.Table) -> pa.Table:
    """Return `rows` with hours in place of seconds and shares in place of parts, in hundredths, half to even.

    `x_seconds` becomes `x_hours`; `x_part` of `x_whole` (which goes) becomes `x_share`, in percent, empty where the
    whole is nothing; other columns stay.
    """
    drawn = {}
    for name in rows.column_names:
        word, _, unit = name.rpartition("_")
        if unit == "seconds":
            drawn[f"{word}_hours"] = _quotient(rows[name], 100, np.full(rows.num_rows, 3600))
        elif unit == "part":
            drawn[f"{word}_share"] = _quotient(rows[name], 10_000, integers(rows[f"{word}_whole"], null=0))
        elif unit != "whole":
            drawn[name] = rows[name]
    return pa.table(drawn)


def _quotient(column: pa.ChunkedArray, times: int, whole: np.ndarray) -> pa.Array:
    """Return column x times / whole as hundredths."""
    unknown = missing(column) | (whole == 0)
    return decimals(multiply_divide([integers(column, null=0), times], [np.maximum(whole, 1)]), HUNDREDTHS, unknown)
