"""How much more seldom two things meet than their own frequencies would have it."""

import numpy as np
import pyarrow as pa

from bolib.valuation import decimals, integers

SURPRISES = pa.schema(
    [(name, pa.string()) for name in ("kind", "one", "other")]
    + [("seen", pa.int64()), ("expected", pa.decimal128(18, 2)), ("nats", pa.decimal128(18, 2))]
)


def surprises(rows: pa.Table) -> pa.Table:
    """Return how much more seldom two things meet than their own frequencies would have it, in nats.

    rows: kind, one, other, seen, one_met, other_met, all_met (counts). With the meeting judged left out,
    expected = one_met * other_met / all_met, and nats = ln((expected + 1/2) / (seen + 1/2)), not below 0.
    """
    seen, one, other, whole = (integers(rows[name]) - 1 for name in ("seen", "one_met", "other_met", "all_met"))
    expected = one * (other / np.maximum(whole, 1))
    nats = np.maximum(np.log((expected + 0.5) / (np.maximum(seen, 0) + 0.5)), 0)
    money = pa.decimal128(18, 2)
    hundredths = [decimals(np.floor(figure * 100).astype(np.int64), money) for figure in (expected, nats)]
    return pa.table([rows["kind"], rows["one"], rows["other"], rows["seen"], *hundredths], schema=SURPRISES)
