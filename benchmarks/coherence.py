"""Front office against back office, many deals: time, processor time and memory beside hand-written SQL and pandas.

    python benchmarks/coherence.py                    # 2 x 5 million deals, DuckDB limited to 1.5 GB
    python benchmarks/coherence.py --deals 100000
    python benchmarks/coherence.py --memory 500MB --only bolib,sql

One deal in 20 was amended, one in 1,000 is wrong in one of six ways. Each way's number of deals and their net amounts
are known from the making, and every answer must agree to the cent. Each competitor runs in a process of its own: it
reads the Parquet files into its tables, and then compares; the second is told apart. All keep the latest versions and
the wrong deals with both sides; the report also says field, class, owner, age and source row of each difference.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

AS_OF = date(2026, 3, 31)
PART = 500_000
WAYS = ("MISSING_BACK", "MISSING_FRONT", "VERSION", "PRICE", "QUANTITY", "OTHER")
FIELDS = {"price": "PRICE", "quantity": "QUANTITY", "pset_bic": "OTHER"}
COMPETITORS = ("bolib", "sql", "pandas")
READ_AFTER = 0.0
"""Processor seconds spent when the tables are read."""


def make(folder: Path, deals: int) -> dict[str, list[int]]:
    """Write trades and bookings; return for each way the number of deals and the cents of their net amounts."""
    random, wanted = np.random.default_rng(2026), {way: np.zeros(2, np.int64) for way in WAYS}
    for first in range(0, deals, PART):
        count = min(PART, deals - first)
        way = np.where(random.random(count) < 0.001, random.integers(0, len(WAYS), count), -1)
        rows = _rows(random, first, count)
        amended = (random.random(count) < 0.05) | (way == WAYS.index("VERSION"))
        _write(folder, "trades", first, rows, way != WAYS.index("MISSING_FRONT"), amended)
        _write(folder, "bookings", first, _booked(rows, way), way != WAYS.index("MISSING_BACK"),
               amended & (way != WAYS.index("VERSION")))  # fmt: skip
        for number, name in enumerate(WAYS):
            wanted[name] += np.array([np.sum(way == number), np.sum(rows["net_amount"][way == number])])
    return {name: found.tolist() for name, found in wanted.items()}


def _rows(random: np.random.Generator, first: int, count: int) -> dict[str, np.ndarray]:
    """Return the last versions of some deals, in whole numbers: cents, and names by number."""
    quantity, price = random.integers(1, 500, count) * 10, random.integers(500, 20_000, count)
    return {
        "trade_id": np.arange(first, first + count), "quantity": quantity, "price": price,
        "gross_amount": quantity * price, "net_amount": quantity * price, "isin": random.integers(0, 2_000, count),
        "book": random.integers(0, 50, count), "counterparty": random.integers(0, 300, count),
        "side": random.integers(0, 2, count), "pset_bic": np.zeros(count, np.int64),
        "minute": random.integers(0, 600, count), "back": random.integers(0, 90, count),
    }  # fmt: skip


def _booked(rows: dict[str, np.ndarray], way: np.ndarray) -> dict[str, np.ndarray]:
    """Return what the back office wrote: another price, quantity or place where that is the way to be wrong."""
    other = {"price": rows["price"] + (way == 3), "quantity": rows["quantity"] + 10 * (way == 4)}
    return rows | other | {"pset_bic": rows["pset_bic"] + (way == 5)}


def _write(folder: Path, table: str, first: int, rows: dict, kept: np.ndarray, amended: np.ndarray) -> None:
    """Write the deals kept, those amended with the version before, which cost a euro less."""
    earlier = {name: values[kept & amended] for name, values in rows.items()}
    earlier["net_amount"] = earlier["net_amount"] - 100
    latest, version = {name: values[kept] for name, values in rows.items()}, 1 + amended[kept]
    both = {name: np.concatenate([latest[name], earlier[name]]) for name in rows}
    columns = _columns(both, np.concatenate([version, np.ones(len(earlier["back"]), np.int64)]))
    pq.write_table(pa.table(columns), folder / f"{table}-{first}.parquet")


def _columns(rows: dict[str, np.ndarray], version: np.ndarray) -> dict[str, pa.Array]:
    """Return the columns of the declared table, in its types."""
    count = len(version)
    at = np.datetime64(AS_OF, "us") - rows["back"] * np.timedelta64(1, "D") + rows["minute"] * np.timedelta64(1, "m")
    at = at + np.timedelta64(8, "h")
    day = at.astype("datetime64[D]")
    columns = {"trade_id": _names("T", rows["trade_id"]), "version": version}
    columns |= {"action": _choice(version > 1, "AMEND", "NEW"), "book": _names("B", rows["book"])}
    columns |= {"trader": _names("p", rows["book"]), "isin": _names("FR", rows["isin"])}
    columns |= {"side": _choice(rows["side"] == 1, "BUY", "SELL"), "quantity": _fixed(rows["quantity"], 0, 6)}
    columns |= {"price": _fixed(rows["price"], 2, 8), "currency": pa.repeat("EUR", count)}
    columns |= {name: _fixed(rows[name], 2, 2) for name in ("gross_amount", "net_amount")}
    columns |= {name: _fixed(rows["side"] * 0, 2, 2) for name in ("fees", "taxes")}
    columns |= {"trade_date": day, "traded_at": at, "settlement_date": day + np.timedelta64(2, "D")}
    columns |= {"counterparty": _names("9999", rows["counterparty"]), "venue": pa.repeat("XPAR", count)}
    columns |= {"pset_bic": _choice(rows["pset_bic"] > 0, "DAKVDEFF", "SICVFRPP")}
    columns |= {"entered_by": pa.repeat("ann", count), "entered_at": at, "approved_by": pa.repeat("bob", count)}
    return columns | {"confirmed_at": at, "source_file": pa.repeat("deals.csv", count), "source_line": rows["trade_id"]}


def _names(prefix: str, numbers: np.ndarray) -> pa.Array:
    least = int(numbers.min(initial=0))
    names = pa.array([f"{prefix}{number:08d}" for number in range(least, int(numbers.max(initial=0)) + 1)])
    return names.take(pa.array(numbers - least))


def _choice(first: np.ndarray, one: str, other: str) -> pa.Array:
    return pa.array([other, one]).take(pa.array(first.astype(np.int64)))


def _fixed(values: np.ndarray, digits: int, scale: int) -> pa.Array:
    from bolib.valuation import decimals

    return decimals(values.astype(np.int64) * 10 ** (scale - digits), pa.decimal128(18, scale))


def started() -> None:
    """Note that the tables are read, and the comparison begins."""
    globals()["READ_AFTER"] = time.process_time()


def by_bolib(folder: Path, memory: str) -> dict[str, list[int]]:
    """Compare as the report does: its views and controls, the breaks, matches and sums, the differences it shows."""
    import yaml

    from bolib import PROJECT
    from bolib.anomalies import coherence
    from bolib.control import catalogue
    from bolib.day import Day, filled
    from bolib.engine import open_engine
    from bolib.findings import breaches_of
    from bolib.rulebook import load_rulebook
    from bolib.tables.results import RESULTS
    from bolib.views import prepare, result_schema, views

    tables = {"trades": None, "bookings": None}
    engine = filled(open_engine("duckdb", memory), SimpleNamespace(tables={}), AS_OF)
    for name in tables:
        engine.create(name, _reading(name, folder))
    engine.add("set_aside", result_schema(RESULTS["set_aside"]).empty_table())
    started()
    settings = yaml.safe_load((PROJECT / "parameters" / "anomalies.yml").read_text(encoding="utf-8"))
    book, controls = load_rulebook(PROJECT / "parameters" / "rulebook"), catalogue("anomalies")
    loaded = SimpleNamespace(tables=tables)
    day = Day("anomalies", AS_OF, engine, loaded, settings, book, controls, None, None, "", True)
    coherence.prepare(day)
    prepare(engine, views("anomalies"), {"trade_breaks", "trade_pairs", "trade_sums"}, **day.bound)
    compared = ("COH-01", "COH-02", "COH-03", "COH-04", "COH-10")
    found = {item.id: len(breaches_of(day, item)) for item in controls if item.id in compared}
    rows = engine.query("""
        select class, field, count(*) as deals, cast(sum(amount) as decimal(18,2)) as amount
        from differences where field in ('record', 'version', 'price', 'quantity', 'pset_bic') group by class, field
    """).to_pylist()
    answer = {FIELDS.get(row["field"], row["class"]): [row["deals"], int(row["amount"] * 100)] for row in rows}
    assert sum(found.values()) == sum(deals for deals, _ in answer.values()), found
    return answer


def _reading(name: str, folder: Path) -> str:
    """Return the SELECT that reads the files of a table, columns they do not have left empty."""
    from bolib.tables import PROVENANCE, TABLES

    present = set(pq.read_schema(folder / f"{name}-0.parquet").names)
    columns = [(column.name, column.sql_type) for column in (*TABLES[name].columns, *PROVENANCE)]
    drawn = [f'"{column}"' if column in present else f'cast(null as {kind}) as "{column}"' for column, kind in columns]
    return f"select {', '.join(drawn)} from read_parquet('{folder}/{name}-*.parquet')"


READ = "create table {table} as select * from read_parquet('{folder}/{table}-*.parquet')"
LATEST = """
create table {name} as select * from {table}
where cast(entered_at as date) <= date '{as_of}'
qualify row_number() over (partition by trade_id order by version desc) = 1
"""
COMPARE = """
create table wrong as
select * from (
    select f, b, case
        when b.trade_id is null then 'MISSING_BACK' when f.trade_id is null then 'MISSING_FRONT'
        when f.version <> b.version then 'VERSION' when f.price <> b.price then 'PRICE'
        when f.quantity <> b.quantity then 'QUANTITY'
        when f.action <> b.action or f.book <> b.book or f.isin <> b.isin or f.side <> b.side
            or f.currency <> b.currency or f.trade_date <> b.trade_date or f.settlement_date <> b.settlement_date
            or f.counterparty <> b.counterparty or abs(f.gross_amount - b.gross_amount) > 2
            or abs(f.net_amount - b.net_amount) > 2 then 'ECONOMIC'
        when f.pset_bic is distinct from b.pset_bic or f.venue is distinct from b.venue or f.trader <> b.trader
            or f.fees <> b.fees or f.taxes <> b.taxes or f.traded_at <> b.traded_at then 'OTHER'
        end as way
    from f full join b on b.trade_id = f.trade_id
) compared
where way is not null
"""
COUNT = """
select way, count(*) as deals, cast(sum(coalesce(f.net_amount, b.net_amount)) * 100 as bigint) as cents
from wrong group by way
"""


def by_sql(folder: Path, memory: str) -> dict[str, list[int]]:
    """Compare in SQL written for DuckDB alone; it keeps the latest versions, and both sides of the wrong deals."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(folder)})
    for table in ("trades", "bookings"):
        connection.execute(READ.format(table=table, folder=folder))
    started()
    for name, table in (("f", "trades"), ("b", "bookings")):
        connection.execute(LATEST.format(name=name, table=table, as_of=AS_OF))
    rows = connection.execute(COMPARE).execute(COUNT).fetchall()
    return {way: [deals, cents] for way, deals, cents in rows}


def by_pandas(folder: Path, memory: str) -> dict[str, list[int]]:
    """Compare with plain pandas, as a script on the desk would: amounts in floats of cents, names as text."""
    import pandas as pd

    names = ["trade_id", "version", "action", "book", "isin", "side", "quantity", "price", "currency", "gross_amount",
             "net_amount", "trade_date", "settlement_date", "counterparty", "pset_bic", "venue", "trader", "fees",
             "taxes", "traded_at"]  # fmt: skip

    def read(table: str) -> pd.DataFrame:
        parts = []
        for path in sorted(folder.glob(f"{table}-*.parquet")):
            rows = pq.read_table(path, columns=names)
            for name in ("quantity", "price", "gross_amount", "net_amount", "fees", "taxes"):
                rows = rows.set_column(names.index(name), name, rows[name].cast(pa.float64()))
            parts.append(rows.to_pandas())
        return pd.concat(parts)

    sides = [read(table) for table in ("trades", "bookings")]
    started()
    front, back = (side.sort_values("version").drop_duplicates("trade_id", keep="last") for side in sides)
    both = front.merge(back, on="trade_id", how="outer", suffixes=("", "_b"), indicator=True)
    way = pd.Series(None, index=both.index, dtype=object)
    for name in names[1:]:
        cause = {"version": "VERSION", "price": "PRICE", "quantity": "QUANTITY"}.get(name)
        cause = cause or ("OTHER" if name in names[14:] else "ECONOMIC")
        way[(both[name] != both[f"{name}_b"]) & way.isna()] = cause
    way[both["_merge"] == "left_only"], way[both["_merge"] == "right_only"] = "MISSING_BACK", "MISSING_FRONT"
    amount = (both["net_amount"].fillna(both["net_amount_b"]) * 100).round().astype("int64")
    grouped = amount.groupby(way)
    return {name: [int(rows.size), int(rows.sum())] for name, rows in grouped}


def measured(name: str, folder: Path, memory: str) -> tuple[dict, float, float, float, float]:
    """Run one competitor in a process of its own; return its answer, wall and processor seconds in all, processor
    seconds of the comparison alone, and MB at most."""
    begun = time.perf_counter()
    command = [sys.executable, __file__, "--answer", name, "--folder", str(folder), "--memory", memory]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{name} failed with status {status}")
    wall, (answer, comparison) = time.perf_counter() - begun, json.loads(said)
    return answer, wall, usage.ru_utime + usage.ru_stime, comparison, usage.ru_maxrss / 1024


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deals", type=int, default=5_000_000, help="deals of each office")
    parser.add_argument("--memory", default="1500MB", help="limit of DuckDB")
    parser.add_argument("--only", default=",".join(COMPETITORS), help="which of bolib, sql, pandas")
    parser.add_argument("--answer", choices=COMPETITORS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.answer:
        answer = globals()[f"by_{chosen.answer}"](chosen.folder, chosen.memory)
        print(json.dumps([answer, time.process_time() - READ_AFTER]))
        return
    with tempfile.TemporaryDirectory(prefix="bolib-benchmark-") as folder:
        wanted = make(Path(folder), chosen.deals)
        for name in chosen.only.split(","):
            answer, wall, cpu, comparison, peak = measured(name, Path(folder), chosen.memory)
            if answer != wanted:
                sys.exit(f"{name}: expected {wanted}, found {answer}")
            print(f"{name:7} {wall:6.1f} s  {cpu:6.1f} s of processor, {comparison:6.1f} s of them to compare  "
                  f"{peak:7,.0f} MB at most, as expected")  # fmt: skip
    wrong = sum(deals for deals, _ in wanted.values())
    print(f"{chosen.deals:,} deals of each office, {wrong:,} of them wrong (DuckDB limited to {chosen.memory})")


if __name__ == "__main__":
    main()
