"""Loading trades, side by side: bolib, hand-written DuckDB, plain pandas, pandera, and only reading the file.

    python benchmarks/load_trades.py [--rows 5000000] [--repeat 1]

Each contender runs in a process of its own on the same generated CSV and prints how many rows it found
good and bad: the counts must agree. All apply the 18 rules of `RULES`; bolib applies the whole declaration
of `trades` (currency and identifier checks, every mandatory column, proof per file) and hashes the file.
pandera neither splits nor writes: it is timed up to its list of failures. It needs its own folder, as it is
no dependency of the project: `uv pip install --target build/pandera pandera`, then run with
`PYTHONPATH=build/pandera`; without it, its line says so.
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

RULES = """trade_id missing | version not a whole number | action unknown | side unknown | book unknown
isin unknown | counterparty unknown | quantity not a number | price not a number | an amount not a number
trade_date not a date | settlement_date not a date | traded_at not a time | a quantity or amount negative
settlement before trade | net is not gross + or - fees and taxes | gross is not quantity x price x multiplier
trade_id and version repeated"""
CONTENDERS = ("read", "bolib", "duckdb", "pandas", "pandera")
DEALT = ("trade_id", "version", "action", "book", "trader", "isin", "side", "quantity", "price", "currency")
BOOKED = ("gross_amount", "fees", "taxes", "net_amount", "trade_date", "traded_at", "settlement_date", "counterparty")
COLUMNS = (*DEALT, *BOOKED, "entered_by", "entered_at")
DECIMALS = {"quantity": 6, "price": 8, "gross_amount": 2, "fees": 2, "taxes": 2, "net_amount": 2}
AMOUNTS = ("gross_amount", "fees", "taxes", "net_amount")
MOMENTS = {"trade_date": "date", "settlement_date": "date", "traded_at": "timestamp"}
BOOKS, INSTRUMENTS, PARTIES = 200, 1000, 50

# One row in 119 is wrong, in one of 14 ways; 2 more in 10,000 repeat the key of the row before.
WRONG = {
    "trade_id": "null",
    "version": "'1.5'",
    "action": "'CORRECT'",
    "side": "'LONG'",
    "book": "'B999'",
    "isin": "'US0000000000'",
    "counterparty": "'XXXX'",
    "quantity": "'1e3'",
    "price": "'n/a'",
    "fees": "'0.005'",
    "trade_date": "'2025-02-30'",
    "settlement_date": "'2020-01-01'",
    "traded_at": "'noon'",
    "net_amount": "'1.00'",
}


def generate(folder: Path, rows: int) -> None:
    """Write books, instruments, counterparties and `rows` trades, the same every time."""
    import duckdb

    isins = [_isin(number) for number in range(INSTRUMENTS)]
    leis = [_lei(number) for number in range(PARTIES)]
    _write(
        folder / "instruments.csv", "isin,name,asset_class,currency,quotation,multiplier", isins, "x,EQUITY,EUR,UNIT,1"
    )
    _write(folder / "counterparties.csv", "lei,name,country,technical", leis, "x,FR,false")
    books = [f"B{number}" for number in range(BOOKS)]
    _write(folder / "books.csv", "book,desk,trader,currency,cost_method,fees_in_cost", books, "x,x,EUR,FIFO,false")
    wrong = {
        name: f"case when bad = {rank} then {value} else {{}} end" for rank, (name, value) in enumerate(WRONG.items())
    }
    values = {
        "trade_id": "'T' || lpad(cast(case when i % 10000 in (17, 4017) then i - 1 else i end as varchar), 9, '0')",
        "version": "'1'",
        "action": "'NEW'",
        "book": f"'B' || (i % {BOOKS})",
        "trader": "'trader' || (i % 40)",
        "isin": f"$isins[cast(1 + hash(i) % {INSTRUMENTS} as int)]",
        "side": "case when hash(i + 1) % 2 = 0 then 'BUY' else 'SELL' end",
        "quantity": "cast(q as varchar)",
        "price": "printf('%d.%02d', p // 100, p % 100)",
        "currency": "'EUR'",
        "gross_amount": "printf('%d.%02d', q * p // 100, q * p % 100)",
        "fees": "'2.50'",
        "taxes": "'0.00'",
        "net_amount": "printf('%d.%02d', n // 100, n % 100)",
        "trade_date": "cast(d as varchar)",
        "traded_at": "strftime(d + to_seconds(cast(28800 + hash(i) % 30000 as bigint)), '%Y-%m-%dT%H:%M:%S')",
        "settlement_date": "cast(d + 2 as varchar)",
        "counterparty": f"$leis[cast(1 + hash(i + 2) % {PARTIES} as int)]",
        "entered_by": "'bo.' || (i % 20)",
        "entered_at": "strftime(d + to_seconds(cast(60000 + hash(i) % 9000 as bigint)), '%Y-%m-%dT%H:%M:%S')",
    }
    select = ", ".join(f"{wrong.get(name, '{}').format(value)} as {name}" for name, value in values.items())
    base = (
        "select i, q, p, q * p + case when hash(i + 1) % 2 = 0 then 250 else -250 end as n, date '2025-01-01' +"
        f" cast(i * 250 // {rows} as int) as d, case when i % 119 = 0 then i // 119 % {len(WRONG)} else -1 end as bad"
        " from (select i, cast(100 + hash(i + 3) % 9900 as bigint) as q, cast(100 + hash(i + 4) % 90000 as bigint) as p"
        f" from range({rows}) t(i))"
    )
    target = folder / "trades.csv"
    duckdb.connect().execute(
        f"copy (select {select} from ({base})) to '{target}'", {"isins": isins, "leis": leis}
    ).fetchall()


def _write(path: Path, header: str, keys: list[str], rest: str) -> None:
    path.write_text("\n".join([header, *(f"{key},{rest}" for key in keys)]) + "\n")


def _isin(number: int) -> str:
    from stdnum.isin import calc_check_digit

    body = f"FR{number:09d}"
    return body + calc_check_digit(body)


def _lei(number: int) -> str:
    from stdnum.iso7064.mod_97_10 import calc_check_digits

    body = f"969500{number:012d}"
    return body + calc_check_digits(body)


def read(folder: Path, out: Path) -> tuple[int, int]:
    """Count the fields of the file, parsed as text: the bare cost of reading it."""
    import duckdb

    counted = ", ".join(f"count({name})" for name in COLUMNS)
    found = duckdb.connect().execute(f"select count(*), {counted} from {_csv(folder)}").fetchone()
    return found[0], 0


def _csv(folder: Path) -> str:
    columns = ", ".join(f"'{name}': 'varchar'" for name in COLUMNS)
    return f"read_csv('{folder}/trades.csv', auto_detect = false, header = true, delim = ',', columns = {{{columns}}})"


def bolib(folder: Path, out: Path) -> tuple[int, int]:
    """Load as a user does."""
    import pyarrow.parquet as pq

    from bolib.load import load

    found = load(folder, folder, date(2025, 12, 31))
    row = next(row for row in found.completeness.to_pylist() if row["source"] == "trades")
    assert found.proven and pq.ParquetFile(found.folder / "trades.parquet").metadata.num_rows == row["rows_accepted"]
    return row["rows_accepted"], row["rows_set_aside"]


def duckdb(folder: Path, out: Path) -> tuple[int, int]:
    """What a good engineer writes by hand: land as Parquet, one bit a rule, good rows typed, bad rows with reasons."""
    import duckdb as engine

    connection = engine.connect(config={"memory_limit": "600MB", "temp_directory": str(out)})
    connection.execute("set enable_progress_bar = false").fetchall()

    def run(sql: str) -> None:
        connection.execute(sql).fetchall()

    run(f"copy (select * from {_csv(folder)}) to '{out}/landing.parquet'")
    landing = (
        f"(select *, file_row_number + 2 as line from read_parquet('{out}/landing.parquet', file_row_number = true))"
    )
    for name in ("books", "instruments", "counterparties"):
        run(f"create table {name} as select * from read_csv('{folder}/{name}.csv', all_varchar = true)")
    run(f"create table again as select trade_id, version from {landing} group by all having count(*) > 1")
    number = (
        "case when regexp_full_match({0}, '-?[0-9]+([.][0-9]{{1,{1}}}0*)?') then try_cast({0} as decimal(18,{1})) end"
    )
    typed = {name: number.format(f"t.{name}", digits) for name, digits in DECIMALS.items()}
    typed["version"] = "case when regexp_full_match(t.version, '-?[0-9]+') then try_cast(t.version as bigint) end"
    typed |= {name: f"try_cast(t.{name} as {kind})" for name, kind in (*MOMENTS.items(), ("entered_at", "timestamp"))}
    values = ", ".join(f"{sql} as {name}" for name, sql in typed.items())
    joined = (
        "b.book is null as nobook, c.lei is null as noparty, i.isin is null as noisin,"
        " a.trade_id is not null as repeated, cast(i.multiplier as decimal(18,6)) as multiplier"
    )
    cast = (
        f"select t.* replace ({values}), {joined} from {landing} t left join books b on b.book = t.book"
        " left join instruments i on i.isin = t.isin left join counterparties c on c.lei = t.counterparty"
        " left join again a on a.trade_id = t.trade_id and a.version = t.version"
    )
    rules = [
        "trade_id is null",
        "version is null",
        "action not in ('NEW', 'AMEND', 'CANCEL')",
        "side not in ('BUY', 'SELL')",
        "nobook",
        "noisin",
        "noparty",
        "quantity is null",
        "price is null",
        " or ".join(f"{name} is null" for name in AMOUNTS),
        *(f"{name} is null" for name in MOMENTS),
        "quantity < 0 or gross_amount < 0 or fees < 0 or taxes < 0",
        "settlement_date < trade_date",
        "net_amount <> gross_amount + case side when 'BUY' then fees + taxes else -fees - taxes end",
        "abs(cast(quantity as decimal(38,6)) * price * multiplier - gross_amount) >= 0.01",
        "repeated",
    ]
    mask = " | ".join(f"case when {rule} then {1 << bit} else 0 end" for bit, rule in enumerate(rules))
    columns = ", ".join(COLUMNS)
    good = f"select {columns}, line from (select *, {mask} as mask from ({cast})) where mask = 0"
    run(f"copy ({good}) to '{out}/good.parquet'")
    run(f"create table good as select line from read_parquet('{out}/good.parquet')")
    bad = f"{landing} t where line not in (select line from good)"
    run(f"create table bad as select * exclude (file_row_number) from {bad}")
    masked = f"select line, {mask} as mask from ({cast.replace(landing, 'bad')})"
    reasons = ", ".join(
        f"case when mask & {1 << bit} > 0 then '{rule.replace(chr(39), '')}' end" for bit, rule in enumerate(rules)
    )
    listed = (
        f"select *, list_filter([{reasons}], lambda r: r is not null) as reasons from bad join ({masked}) using (line)"
    )
    run(f"copy ({listed}) to '{out}/bad.parquet'")
    good = connection.execute("select count(*) from good").fetchone()[0]
    return good, connection.execute("select count(*) from bad").fetchone()[0]


def pandas(folder: Path, out: Path) -> tuple[int, int]:
    """What an analyst writes: text in, a mask a rule, good rows typed, bad rows with their reasons."""
    frame, typed, known = _frames(folder)
    gross = typed["quantity"] * typed["price"] * frame["isin"].map(known["multiplier"])
    signed = (typed["fees"] + typed["taxes"]).where(frame["side"] == "BUY", -typed["fees"] - typed["taxes"])
    wrong = {
        "trade_id": frame["trade_id"].isna(),
        "version": typed["version"].isna(),
        "action": ~frame["action"].isin(["NEW", "AMEND", "CANCEL"]),
        "side": ~frame["side"].isin(["BUY", "SELL"]),
        "book": ~frame["book"].isin(known["books"]),
        "isin": ~frame["isin"].isin(known["multiplier"].index),
        "counterparty": ~frame["counterparty"].isin(known["parties"]),
        "quantity": typed["quantity"].isna(),
        "price": typed["price"].isna(),
        "amount": typed[list(AMOUNTS)].isna().any(axis=1),
        **{name: typed[name].isna() for name in MOMENTS},
        "negative": (typed[["quantity", "gross_amount", "fees", "taxes"]] < 0).any(axis=1),
        "order": typed["settlement_date"] < typed["trade_date"],
        "net": (typed["net_amount"] - typed["gross_amount"] - signed).abs() > 0.005,
        "gross": (gross - typed["gross_amount"]).abs() >= 0.01,
        "repeated": frame["trade_id"].notna() & frame.duplicated(["trade_id", "version"], keep=False),
    }
    bad = wrong["trade_id"].copy()
    for found in wrong.values():
        bad |= found
    reasons = frame[bad].copy()
    reasons["reasons"] = ""
    for name, found in wrong.items():
        reasons.loc[found[bad], "reasons"] += name + " "
    typed[~bad].to_parquet(out / "good.parquet")
    reasons.to_parquet(out / "bad.parquet")
    return int((~bad).sum()), int(bad.sum())


def _frames(folder: Path):
    import pandas as pd

    frame = pd.read_csv(folder / "trades.csv", dtype=str)
    typed = frame.copy()
    for name, digits in {**DECIMALS, "version": 0}.items():
        form = rf"-?[0-9]+([.][0-9]{{1,{digits}}}0*)?" if digits else "-?[0-9]+"
        typed[name] = pd.to_numeric(frame[name].where(frame[name].str.fullmatch(form)), errors="coerce")
    for name in (*MOMENTS, "entered_at"):
        form = "%Y-%m-%d" if name.endswith("_date") else "%Y-%m-%dT%H:%M:%S"
        typed[name] = pd.to_datetime(frame[name], format=form, errors="coerce")
    instruments = pd.read_csv(folder / "instruments.csv")
    known = {
        "multiplier": instruments.set_index("isin")["multiplier"],
        "books": pd.read_csv(folder / "books.csv")["book"],
        "parties": pd.read_csv(folder / "counterparties.csv", dtype=str)["lei"],
    }
    return frame, typed, known


def pandera(folder: Path, out: Path) -> tuple[int, int]:
    """The same rules as a pandera schema on pandas; it lists failures, and neither splits nor writes."""
    import pandera.pandas as pa
    from pandera.errors import SchemaErrors

    frame, typed, known = _frames(folder)
    del frame
    number = {name: pa.Column(float, pa.Check.ge(0)) for name in DECIMALS if name not in ("net_amount", "price")}
    schema = pa.DataFrameSchema(
        {
            "trade_id": pa.Column(str),
            "version": pa.Column(float),
            "action": pa.Column(str, pa.Check.isin(["NEW", "AMEND", "CANCEL"])),
            "side": pa.Column(str, pa.Check.isin(["BUY", "SELL"])),
            "book": pa.Column(str, pa.Check.isin(list(known["books"]))),
            "isin": pa.Column(str, pa.Check.isin(list(known["multiplier"].index))),
            "counterparty": pa.Column(str, pa.Check.isin(list(known["parties"]))),
            "price": pa.Column(float),
            "net_amount": pa.Column(float),
            **number,
            **{name: pa.Column("datetime64[us]", coerce=True) for name in MOMENTS},
        },
        checks=[
            pa.Check(lambda t: ~(t["settlement_date"] < t["trade_date"]), name="order", ignore_na=False),
            pa.Check(lambda t: ~((t["net_amount"] - t["gross_amount"] - _signed(t)).abs() > 0.005), name="net"),
            pa.Check(
                lambda t: (
                    ~(
                        (t["quantity"] * t["price"] * t["isin"].map(known["multiplier"]) - t["gross_amount"]).abs()
                        >= 0.01
                    )
                ),
                name="gross",
            ),
            pa.Check(
                lambda t: t["trade_id"].isna() | ~t.duplicated(["trade_id", "version"], keep=False), name="repeated"
            ),
        ],
    )
    try:
        schema.validate(typed, lazy=True)
        bad = 0
    except SchemaErrors as errors:
        bad = errors.failure_cases["index"].dropna().nunique()
    return len(typed) - bad, bad


def _signed(typed):
    return (typed["fees"] + typed["taxes"]).where(typed["side"] == "BUY", -typed["fees"] - typed["taxes"])


def measure(name: str, folder: Path) -> dict:
    """Run one contender in its own process; return its counts with seconds and peak memory."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-", dir=folder) as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, __file__, "--child", name, str(folder), out],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        said, complaint = process.stdout.read(), process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return {"name": name, "failed": complaint.decode().strip().splitlines()[-1]}
    good, bad = json.loads(said)
    cpu = usage.ru_utime + usage.ru_stime
    return {"name": name, "wall": wall, "cpu": cpu, "peak": usage.ru_maxrss / 1024, "good": good, "bad": bad}


def compare(rows: int, repeat: int, contenders=CONTENDERS) -> list[dict]:
    """Return the best of `repeat` runs of each contender, taken in turns, on one generated day."""
    with tempfile.TemporaryDirectory(prefix="bolib-bench-") as name:
        folder = Path(name)
        generate(folder, rows)
        size = (folder / "trades.csv").stat().st_size / 1e6
        print(f"{rows:,} trades, {size:,.0f} MB, {len(RULES.replace(chr(10), '|').split('|'))} rules", flush=True)
        runs = [measure(contender, folder) for _ in range(repeat) for contender in contenders]
    best = []
    for contender in contenders:
        own = [run for run in runs if run["name"] == contender]
        best.append(min((run for run in own if "failed" not in run), key=lambda run: run["wall"], default=own[0]))
    return best


def show(found: list[dict]) -> None:
    """Print each contender's cost, and how many times that of bolib it is."""
    own = next(run for run in found if run["name"] == "bolib")
    print(f"{'':10}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}{'wall/bolib':>12}{'good':>12}{'bad':>10}")
    for run in found:
        if "failed" in run:
            print(f"{run['name']:10}{run['failed']}")
            continue
        ratio = run["wall"] / own["wall"]
        print(
            f"{run['name']:10}{run['wall']:9.1f}{run['cpu']:9.1f}{run['peak']:9.0f}{ratio:12.2f}"
            f"{run['good']:12,}{run['bad']:10,}"
        )


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        name, folder, out = sys.argv[2:]
        print(json.dumps(globals()[name](Path(folder), Path(out))))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--repeat", type=int, default=1)
    arguments = parser.parse_args()
    show(compare(arguments.rows, arguments.repeat))


if __name__ == "__main__":
    main()
