"""Many settlement instructions aged and priced for penalties: time, processor time and memory.

    python benchmarks/penalties.py                    # 10 million instructions, DuckDB limited to 1 GB
    python benchmarks/penalties.py --rows 100000
    python benchmarks/penalties.py --memory 500MB

One in 25 fails, for one to five days, for lack of securities or of cash, a third of them in part; one in 50 matches a
day late. The views and kernels are those of the report. Every amount is computed again on whole numbers while the
instructions are made up, and the sums must agree to the cent. Reading the Parquet files is part of the time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

AS_OF = date(2026, 3, 31)
PART = 1_000_000
ISINS, PARTIES = 1_000, 200
RATES = {"LIQUID_SHARE": 100, "ILLIQUID_SHARE": 50, "SOVEREIGN": 10, "OTHER_DEBT": 20}  # hundredths of a basis point
OVERNIGHT = 240  # hundredths of a percent a year
HOUR = np.timedelta64(1, "h")


def make(folder: Path, rows: int) -> int:
    """Write instructions, steps, prices and instruments; return the cents of all penalties since 1 February."""
    random = np.random.default_rng(2026)
    days = np.array([d for d in np.arange("2025-12-01", "2026-04-01", dtype="datetime64[D]") if np.is_busday(d)])
    prices = 5_000 + np.cumsum(random.integers(-60, 61, (ISINS, len(days))), axis=1)
    kinds = random.integers(0, len(RATES), ISINS)
    _write_market(folder, days, prices, kinds)
    parts = range(0, rows, PART)
    return sum(_write_part(folder, random, first, min(PART, rows - first), days, prices, kinds) for first in parts)


def _write_market(folder: Path, days: np.ndarray, prices: np.ndarray, kinds: np.ndarray) -> None:
    isin, day = (grid.ravel() for grid in np.indices(prices.shape))
    columns = {"isin": _names("FR", isin, 10), "date": days[day], "source": pa.repeat("CLOSE", len(day))}
    columns |= {"price": _fixed(prices[isin, day], 2, 8), "currency": pa.repeat("EUR", len(day))}
    pq.write_table(pa.table(columns), folder / "prices-0.parquet")
    every = np.arange(ISINS)
    columns = {"isin": _names("FR", every, 10), "penalty_class": pa.array(list(RATES)).take(pa.array(kinds))}
    columns |= {"multiplier": _fixed(every * 0 + 1, 0, 6), "quotation": pa.repeat("UNIT", ISINS)}
    pq.write_table(pa.table(columns), folder / "instruments-0.parquet")


def _write_part(folder, random, first, count, days, prices, kinds) -> int:
    """Write some instructions with their steps; return the cents of their penalties."""
    fate = _fate(random, count, len(days))
    isin, quantity = random.integers(0, ISINS, count), random.integers(1, 2_000, count) * 10
    number = np.arange(first, first + count)
    names = _names("I", number, 8)
    done = np.where(fate["parted"], quantity // 20 * 10, 0)
    after = days[np.minimum(fate["due"] + 1, len(days) - 1)].astype("datetime64[us]")
    at = days[fate["due"]].astype("datetime64[us]")
    matched = np.where(fate["late"], after + 8 * HOUR, at - 12 * HOUR)
    settled = np.where(fate["open"], np.datetime64("NaT"), days[np.minimum(fate["end"], len(days) - 1)])
    one = {"instruction_id": names, "trade_id": _names("T", number, 8), "isin": _names("FR", isin, 10)}
    one |= {"movement": _choice(fate["ours"], "DELI", "RECE"), "payment": pa.repeat("APMT", count)}
    one |= {"quantity": _fixed(quantity, 0, 6), "amount": _fixed(quantity * 5_000, 2, 2)}
    one |= {"currency": pa.repeat("EUR", count), "intended_settlement_date": days[fate["due"]]}
    one |= {"accepted_at": at - 13 * HOUR, "counterparty_accepted_at": matched, "matched_at": matched}
    one |= {"settled_quantity": _fixed(np.where(fate["open"], done, quantity), 0, 6), "settled_on": settled}
    one |= {"status": _choice(fate["open"], "PENF", "SETT"), "reason": _choice(fate["cash"], "MONY", "LACK")}
    one |= {"counterparty": _names("9999", random.integers(0, PARTIES, count), 16)}
    one |= {"place": _choice(fate["charging"], "SICVFRPP", "DTCYUS33")}
    pq.write_table(pa.table(one), folder / f"settlements-{first}.parquet")
    chosen = np.flatnonzero(fate["fails"])
    steps = {"instruction_id": names.take(pa.array(chosen)), "at": at[chosen] + 16 * HOUR}
    steps |= {"status": pa.repeat("PENF", len(chosen)), "reason": _choice(fate["cash"][chosen], "MONY", "LACK")}
    steps |= {"settled_quantity": _fixed(done[chosen], 0, 6)}
    pq.write_table(pa.table(steps), folder / f"settlement_events-{first}.parquet")
    rate = np.array(list(RATES.values()))[kinds[isin]]
    return _cents(days, lambda rows, on: prices[isin[rows], on], fate, quantity - done, rate)


def _fate(random: np.random.Generator, count: int, days: int) -> dict[str, np.ndarray]:
    """Return when each instruction is due (number of the day), whether it fails or matches late, and when it ends."""
    due, fails, ours = random.integers(0, days, count), random.random(count) < 0.04, random.random(count) < 0.5
    late = ~fails & (random.random(count) < 0.02) & (due < days - 1)
    end = due + np.where(fails, random.integers(1, 6, count), late * 1)
    found = {"due": due, "fails": fails, "ours": ours, "late": late, "end": end, "open": end >= days}
    found |= {"charging": random.random(count) < 0.8, "parted": fails & (random.random(count) < 1 / 3)}
    return found | {"cash": fails & (random.random(count) < 0.4)}


def _cents(days: np.ndarray, price_of: Callable, fate: dict, quantity: np.ndarray, rate: np.ndarray) -> int:
    """Return the cents of the penalties, day by day, each a quotient of whole numbers rounded half to even.

    What matches late does so the next day, by the fault of the other side: where we deliver, it lacks cash.
    """
    total, since = 0, int(np.searchsorted(days, np.datetime64("2026-02-01")))
    cash = fate["cash"] | (fate["late"] & fate["ours"])
    for day in range(5):
        on = fate["due"] + day
        charged_on = on + fate["late"]
        rows = np.flatnonzero(fate["charging"] & (on < fate["end"]) & (on < len(days)) & (charged_on >= since))
        top = quantity[rows] * price_of(rows, on[rows]) * np.where(cash[rows], OVERNIGHT, rate[rows])
        total += int(_half_even(top, np.where(cash[rows], 100 * 36_000, 100 * 10_000)).sum())
    return total


def _half_even(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    whole, rest = np.divmod(top, bottom)
    return whole + (2 * rest + (whole & 1) > bottom)


def _names(prefix: str, numbers: np.ndarray, width: int) -> pa.Array:
    least = int(numbers.min(initial=0))
    values = pa.array([f"{prefix}{number:0{width}d}" for number in range(least, int(numbers.max(initial=0)) + 1)])
    return values.take(pa.array(numbers - least))


def _choice(first: np.ndarray, one: str, other: str) -> pa.Array:
    return pa.array([other, one]).take(pa.array(first.astype(np.int64)))


def _fixed(values: np.ndarray, digits: int, scale: int) -> pa.Array:
    from bolib.valuation import decimals

    return decimals(values.astype(np.int64) * 10 ** (scale - digits), pa.decimal128(18, scale))


def answer(folder: Path, memory: str) -> None:
    """Age and price what the folder holds; print cents, penalties and the number of late instructions by age."""
    import yaml

    from bolib import PROJECT
    from bolib.day import Day, filled
    from bolib.deadlines import penalties
    from bolib.engine import open_engine
    from bolib.rulebook import load_rulebook
    from bolib.views import prepare, views

    engine = filled(open_engine("duckdb", memory), SimpleNamespace(tables={}), AS_OF)
    for name in ("settlements", "settlement_events", "prices", "instruments"):
        engine.create(name, _reading(name, folder))
    settings = yaml.safe_load((PROJECT / "parameters" / "deadlines.yml").read_text(encoding="utf-8"))
    book = load_rulebook(PROJECT / "parameters" / "rulebook")
    loaded = SimpleNamespace(tables={})
    day = Day("deadlines", AS_OF, engine, loaded, settings, book, [], None, None, "", True)
    penalties.prepare(day)
    prepare(engine, views("deadlines"), {"fails"}, **day.bound)
    [sums] = engine.query(
        "select cast(sum(amount) as decimal(18,2)) as amount, count(*) as n from penalties_computed where cause is null"
    ).to_pylist()
    [aged] = engine.query("select count(*) as n, max(days_late) as oldest from fails").to_pylist()
    print(int(sums["amount"] * 100), sums["n"], aged["n"], aged["oldest"])


def _reading(name: str, folder: Path) -> str:
    """Return the SELECT that reads the files of a table, columns they do not have left empty."""
    from bolib.tables import PROVENANCE, TABLES

    present = set(pq.read_schema(folder / f"{name}-0.parquet").names)
    columns = [(column.name, column.sql_type) for column in (*TABLES[name].columns, *PROVENANCE)]
    drawn = [f'"{column}"' if column in present else f'cast(null as {kind}) as "{column}"' for column, kind in columns]
    return f"select {', '.join(drawn)} from read_parquet('{folder}/{name}-*.parquet')"


def measured(folder: Path, memory: str) -> tuple[list[int], float, float, float]:
    """Run the report's part in a process of its own; return its figures, wall and processor seconds, MB at most."""
    started = time.perf_counter()
    command = [sys.executable, __file__, "--answer", str(folder), "--memory", memory]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    figures = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"failed with status {status}")
    wall = time.perf_counter() - started
    return [int(word) for word in figures.split()], wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000, help="instructions")
    parser.add_argument("--memory", default="1GB", help="limit of DuckDB")
    parser.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.answer:
        return answer(chosen.answer, chosen.memory)
    with tempfile.TemporaryDirectory(prefix="bolib-benchmark-") as folder:
        wanted = make(Path(folder), chosen.rows)
        (cents, lines, late, oldest), wall, cpu, peak = measured(Path(folder), chosen.memory)
    if cents != wanted:
        sys.exit(f"expected penalties of {Decimal(wanted) / 100:,.2f}, found {Decimal(cents) / 100:,.2f}")
    print(f"{chosen.rows:,} instructions: {lines:,} penalties, {cents / 100:,.2f} EUR as expected; "
          f"{late:,} late this evening, {oldest} days at most")  # fmt: skip
    print(f"{wall:.1f} s, {cpu:.1f} s of processor, {peak:,.0f} MB at most (DuckDB limited to {chosen.memory})")
    return None


if __name__ == "__main__":
    main()
