"""Made-up deals for `pnl_kernels.py`, run as `python pnl_deals.py FOLDER ROWS`.

Writes legs, flows and marks as Parquet, the same at every run. Amounts are whole cents a unit, so that
the cost of a lot needs no rounding, which SQL could not follow; averages and rates do need it.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bolib.valuation import decimals as fixed

DAYS, BOOKS, INSTRUMENTS = 250, 200, 1_000


def make_deals(folder: Path, rows: int) -> None:
    """Write the files: prices in whole cents, rates with four decimals, a fifth of the instruments with interest."""
    random = np.random.default_rng(2026)
    instrument, book = random.integers(0, INSTRUMENTS, rows), random.integers(0, BOOKS, rows)
    day = np.sort(random.integers(0, DAYS, rows))
    close = 5_000 + np.cumsum(random.integers(-60, 62, (INSTRUMENTS, DAYS)), axis=1).clip(-4_000)
    price = close[instrument, day] + random.integers(-20, 21, rows)
    quantity = random.integers(1, 100, rows) * 10 * np.where(random.random(rows) < 0.55, 1, -1)
    accrued = np.where(np.arange(INSTRUMENTS) % 5 == 0, 1, 0)[:, None] * (np.arange(DAYS) % 125 * 2)
    _write_deals(folder, instrument, book, day, quantity, price, accrued)
    _write_marks(folder, close, accrued, 10_000 + np.cumsum(random.integers(-40, 41, DAYS)))


def _names(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    values = pa.array([f"{prefix}{number:0{width}d}" for number in range(int(numbers.max()) + 1)])
    return values.take(pa.array(numbers))


def _fixed(values: np.ndarray, decimals: int, scale: int) -> pa.Array:
    """Return whole numbers that count `decimals` digits after the point as decimal(18, scale)."""
    return fixed(values * 10 ** (scale - decimals), pa.decimal128(18, scale))


def _write_deals(folder, instrument, book, day, quantity, price, accrued) -> None:
    rows, zero = len(day), np.zeros(len(day), np.int64)
    amount, isin = np.abs(quantity) * price, _names("XS", instrument, 10)
    common = {"state": zero, "isin": isin, "book": _names("B", book, 3), "day": day}
    common["quantity"] = _fixed(quantity, 0, 6)
    nothing = pa.nulls(rows, pa.string())
    legs = common | {"method": pa.repeat("FIFO", rows), "seq": np.arange(rows), "kind": pa.repeat("TRADE", rows)}
    opened_on = pa.array(day + 20_000, pa.int32()).cast(pa.date32())
    legs |= {"trade_id": _names("T", np.arange(rows), 8), "opened_on": opened_on}
    legs |= {"amount": _fixed(amount, 2, 2), "to_book": nothing, "to_method": nothing}
    legs |= dict.fromkeys(("to_amount",), nothing.cast(pa.decimal128(18, 2)))
    legs |= dict.fromkeys(("ratio_new", "ratio_old"), nothing.cast(pa.decimal128(18, 6)))
    pq.write_table(pa.table(legs), folder / "legs.parquet")
    interest = quantity * accrued[instrument, day]
    flows = common | {"currency": pa.array(["EUR", "USD"]).take(pa.array(book % 2)), "kind": pa.repeat("TRADE", rows)}
    flows |= {"gross": _fixed(-quantity * price, 2, 2), "accrued": _fixed(-interest, 2, 2)}
    flows |= {"fees": _fixed(-amount // 10_000, 2, 2), "taxes": _fixed(zero, 2, 2)}
    pq.write_table(pa.table(flows), folder / "flows.parquet")


def _write_marks(folder, close, accrued, dollars) -> None:
    """Instruments with an even number are in USD, the others in EUR; so are books with an odd number."""
    instrument, day, dollar_book = (grid.ravel() for grid in np.indices((INSTRUMENTS, DAYS, 2)))
    one = np.full(len(day), 1)
    rate, book_rate = np.where(instrument % 2 == 0, dollars[day], 10_000), np.where(dollar_book, dollars[day], 10_000)
    marks = {"state": one * 0, "isin": _names("XS", instrument, 10), "day": day, "divisor": one}
    marks["currency"] = pa.array(["EUR", "USD"]).take(pa.array(dollar_book))
    marks |= {"price": _fixed(close[instrument, day], 2, 8), "accrued": _fixed(accrued[instrument, day], 2, 8)}
    marks |= {"rate": _fixed(rate, 4, 8), "book_rate": _fixed(book_rate, 4, 8), "multiplier": _fixed(one, 0, 6)}
    marks |= dict.fromkeys(("split_new", "split_old"), _fixed(one, 0, 6))
    marks |= dict.fromkeys(("dividend", "coupon", "capital", "redemption"), _fixed(one * 0, 0, 8))
    pq.write_table(pa.table(marks), folder / "marks.parquet")


if __name__ == "__main__":
    make_deals(Path(sys.argv[1]), int(sys.argv[2]))
