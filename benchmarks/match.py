"""Two files of trades compared, side by side: bolib, hand-written DuckDB SQL, plain pandas, datacompy.

    python benchmarks/match.py [--rows 5000000] [--repeat 1]

Both files are Parquet, the same every time; the right one is shuffled. Rows stand on one side only, stand twice,
differ in amount, quantity, date, text or several columns, or by a cent that is tolerated (only by those who can).
Each contender runs in a process of its own, finds the pairs that agree, the rows of each side without a partner and
how many values differ column by column, and writes the rows that break: the figures must be the same.

datacompy needs an older pandas and is installed into build/datacompy, an environment of its own, on the first run.
It keeps no class for a row that stands twice, which is among those "only in" one file; the figures allow for that.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ON, COMPARE = "trade_id", ("amount", "quantity", "settlement_date", "book", "isin", "side")
CONTENDERS = ("bolib", "bolib_600MB", "sql", "sql_600MB", "pandas", "datacompy_polars", "datacompy_pandas")
TARGETS = {"datacompy_pandas": 6.0, "datacompy_polars": 3.0}
"""At least so many times the CPU time of bolib."""
SQL_TARGET, CAP_TARGET, PEAK_TARGET = 1.5, 1.2, 1200
"""bolib against the SQL, bolib under the cap against bolib without, and megabytes."""
CAP = "600MB"
OWN = Path(__file__).parent.parent / "build/datacompy"

BASE = """select i, 'T' || lpad(cast(i as varchar), 9, '0') as trade_id, 'B' || (i % 200) as book,
    'FR' || lpad(cast(hash(i) % 1000 as varchar), 10, '0') as isin,
    case when hash(i + 1) % 2 = 0 then 'BUY' else 'SELL' end as side,
    cast(hash(i + 3) % 9900 + 100 as bigint) as quantity,
    cast(hash(i + 4) % 900000000 + 100 as bigint) as cents from range({rows}) t(i)"""
LEFT = """select trade_id, book, isin, side, quantity, cast(cents as decimal(18,0)) as cents,
    date '2025-01-01' + cast(i * 250 // {rows} as int) as settlement_date from ({base}) where i % 499 <> 3"""
BROKEN = "i % 503 = 0 or i % 1009 = 0 or i % 701 = 0 or i % 907 = 0 or i % 499 = 3 or i % 397 = 5"
RIGHT = """select trade_id, book, case when i % 907 = 0 then 'FRXXXXXXXXXX' else isin end as isin, side,
    case when i % 1009 = 0 then quantity + 1 else quantity end as quantity,
    cast(cents + case when i % 503 = 0 then 1250 else 0 end as decimal(18,0)) as cents,
    date '2025-01-01' + cast(i * 250 // {rows} as int) + case when i % 701 = 0 then 1 else 0 end as settlement_date
    from ({base}) where i % 397 <> 5 order by hash(i)"""


def generate(folder: Path, rows: int) -> None:
    """Write left.parquet and right.parquet."""
    import duckdb

    base = BASE.format(rows=rows)
    once = LEFT.format(rows=rows, base=base)
    twice = f"{once} and i % 2000 = 7 and not ({BROKEN})"
    columns = "trade_id, book, isin, side, quantity, cast(cents * 0.01 as decimal(18,2)) as amount, settlement_date"
    for name, rows_of in (("left", f"{once} union all {twice}"), ("right", RIGHT.format(rows=rows, base=base))):
        target = folder / f"{name}.parquet"
        duckdb.connect().execute(f"copy (select {columns} from ({rows_of})) to '{target}' (format parquet)").fetchall()


def bolib(folder: Path, out: Path, memory: str | None = None) -> dict:
    """Compare as `bolib match` does, under the memory it takes by default, up to its breaks."""
    from bolib.comparison import MEMORY, asked, compared
    from bolib.comparison.files import all_breaks
    from bolib.engine import open_engine

    engine = open_engine("duckdb", memory or MEMORY)
    question = asked(folder / "left.parquet", folder / "right.parquet", ON, ",".join(COMPARE))
    outcome = compared(question, out, engine)
    engine.write(all_breaks(outcome), out / "breaks.parquet")
    found = {(row["side"], row["class"]): row["rows"] for row in outcome.tallies}
    sql = "select " + ", ".join(
        f"count(*) filter (where (differs & {1 << n}) <> 0) as {c}" for n, c in enumerate(COMPARE)
    )
    [differ] = engine.query(f"{sql} from found").to_pylist()
    alone = [sum(found.get((side, name), 0) for name in ("MISSING_OURS", "MISSING_THEIRS", "DUPLICATE"))
             for side in ("LEFT", "RIGHT")]  # fmt: skip
    return {"matched": outcome.matched, "left": alone[0], "right": alone[1], **differ}


def sql(folder: Path, out: Path, memory: str | None = None) -> dict:
    """Compare by the SELECT an analyst writes for these two files: copies numbered, one full join, breaks written."""
    import duckdb

    connection = duckdb.connect(config={"temp_directory": str(out), **({"memory_limit": memory} if memory else {})})
    differ = [f"(l.{name} is distinct from r.{name})" for name in COMPARE]
    met = "l.trade_id is not null and r.trade_id is not null"
    flags = ", ".join(f"{met} and {one} as d_{name}" for one, name in zip(differ, COMPARE, strict=True))
    files = {name: f"(select * from read_parquet('{folder / name}.parquet'))" for name in ("left", "right")}
    for name, rows in files.items():
        connection.execute(
            f"create table twice_{name} as select trade_id, count(*) as n from {rows} group by 1 having n > 1"
        )
    once = {
        name: f"(select * from {rows} anti join twice_left using (trade_id) anti join twice_right using (trade_id))"
        for name, rows in files.items()
    }
    copies = {
        name: f"(select *, row_number() over (partition by trade_id order by {', '.join(COMPARE)}) as copy from {rows}"
        " where trade_id in (select trade_id from twice_left union select trade_id from twice_right))"
        for name, rows in files.items()
    }
    columns = f"l.trade_id as l_id, r.trade_id as r_id, {flags}, l.amount as l_amount, r.amount as r_amount"
    connection.execute(
        f"create table compared as select {columns} from {once['left']} l full join {once['right']} r using (trade_id)"
        f" union all select {columns} from {copies['left']} l full join {copies['right']} r using (trade_id, copy)"
    )
    wrong = " or ".join(f"d_{name}" for name in COMPARE)
    sums = ", ".join(f"count(*) filter (where d_{name}) as {name}" for name in COMPARE)
    said = connection.execute(
        f"select count(*) filter (where l_id is not null and r_id is not null and not ({wrong})) as matched,"
        f" count(*) filter (where r_id is null) as left, count(*) filter (where l_id is null) as right, {sums},"
        " sum(l_amount), sum(r_amount) from compared"
    ).fetchone()
    values = ", ".join(f"l.{name} as l_{name}, r.{name} as r_{name}" for name in COMPARE)
    connection.execute(
        f"copy (select c.*, {values} from (select * from compared where l_id is null or r_id is null or {wrong}) c"
        f" left join {files['left']} l on l.trade_id = c.l_id left join {files['right']} r on r.trade_id = c.r_id)"
        f" to '{out}/breaks.parquet' (format parquet)"
    ).fetchall()
    return dict(zip(("matched", "left", "right", *COMPARE), said, strict=False))


def pandas(folder: Path, out: Path) -> dict:
    """Compare as it is written in a notebook: copies numbered, an outer merge with its indicator."""
    import pandas as pd

    sides = [pd.read_parquet(folder / f"{name}.parquet", dtype_backend="pyarrow") for name in ("left", "right")]
    for side in sides:
        side["copy"] = side.groupby(ON).cumcount()
    merged = sides[0].merge(sides[1], on=[ON, "copy"], how="outer", suffixes=("_l", "_r"), indicator=True)
    both = merged["_merge"] == "both"
    differ = {name: both & (merged[f"{name}_l"] != merged[f"{name}_r"]).fillna(False) for name in COMPARE}
    wrong = pd.concat(differ, axis=1).any(axis=1)
    merged[~both | wrong].astype({"_merge": str}).to_parquet(out / "breaks.parquet")
    alone = {side: int((merged["_merge"] == f"{side}_only").sum()) for side in ("left", "right")}
    return {"matched": int((both & ~wrong).sum()), **alone, **{name: int(hit.sum()) for name, hit in differ.items()}}


def datacompy_pandas(folder: Path, out: Path) -> dict:
    """Compare by datacompy on pandas."""
    import datacompy
    import pandas as pd

    left, right = (pd.read_parquet(folder / f"{name}.parquet") for name in ("left", "right"))
    compare = datacompy.PandasCompare(left, right, join_columns=[ON])
    compare.all_mismatch().to_parquet(out / "breaks.parquet")
    return _datacompy(compare, len(compare.df1_unq_rows), len(compare.df2_unq_rows))


def datacompy_polars(folder: Path, out: Path) -> dict:
    """Compare by datacompy on polars."""
    import datacompy
    import polars as pl

    left, right = (pl.read_parquet(folder / f"{name}.parquet") for name in ("left", "right"))
    compare = datacompy.PolarsCompare(left, right, join_columns=[ON])
    compare.all_mismatch().write_parquet(out / "breaks.parquet")
    return _datacompy(compare, compare.df1_unq_rows.height, compare.df2_unq_rows.height)


def _datacompy(compare, left: int, right: int) -> dict:
    differ = {row["column"]: int(row["unequal_cnt"]) for row in compare.column_stats if row["column"] in COMPARE}
    return {"matched": int(compare.count_matching_rows()), "left": left, "right": right, **differ}


def prepared() -> str:
    """Return why datacompy cannot run, or nothing where its environment stands."""
    if (OWN / "ready").exists():
        return ""
    try:
        venv.create(OWN, with_pip=True)
        packages = ["datacompy==1.1.0", "polars", "pyarrow"]
        command = [str(OWN / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        lines = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
        return f"cannot be installed: {lines[-1]}"
    (OWN / "ready").touch()
    return ""


def measure(name: str, folder: Path) -> dict:
    """Run one contender in its own process; return its figures with seconds and peak memory."""
    lack = prepared() if name.startswith("datacompy") else ""
    if lack:
        return {"name": name, "failed": lack}
    python = str(OWN / "bin/python") if name.startswith("datacompy") else sys.executable
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-", dir=folder) as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            [python, __file__, "--child", name, str(folder), out], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        said, complaint = process.stdout.read(), process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return {"name": name, "failed": (complaint.decode().strip().splitlines() or [f"status {status}"])[-1]}
    cost = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}
    return {"name": name, **cost, "found": json.loads(said.decode().splitlines()[-1])}


def compare(rows: int, repeat: int, contenders=CONTENDERS) -> list[dict]:
    """Return the cheapest of `repeat` runs of each contender, taken in turns, on the same two files."""
    with tempfile.TemporaryDirectory(prefix="bolib-bench-") as name:
        folder = Path(name)
        generate(folder, rows)
        runs = [measure(contender, folder) for _ in range(repeat) for contender in contenders]
    own = {name: [run for run in runs if run["name"] == name] for name in contenders}
    return [min((run for run in ran if "failed" not in run), key=lambda run: run["cpu"], default=ran[0])
            for ran in own.values()]  # fmt: skip


def show(found: list[dict]) -> bool:
    """Print each contender's cost against bolib's, whether the targets are met, and whether all found the same."""
    ran = {run["name"]: run for run in found if "failed" not in run}
    own = ran["bolib"]
    print(f"{'':18}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}{'cpu/bolib':>11}  answer")
    for run in found:
        if "failed" in run:
            print(f"{run['name']:18}{run['failed']}")
            continue
        same = "the same" if run["found"] == own["found"] else f"DIFFERENT {run['found']}"
        ratio = run["cpu"] / own["cpu"]
        print(f"{run['name']:18}{run['wall']:8.1f}{run['cpu']:8.1f}{run['peak']:9.0f}{ratio:11.2f}  {same}")
    print(f"found: {own['found']}")
    targets = {f"{name} at least {least} times": ran[name]["cpu"] >= least * own["cpu"]
               for name, least in TARGETS.items() if name in ran}  # fmt: skip
    targets |= {
        f"at most {SQL_TARGET} times the SQL": own["cpu"] <= SQL_TARGET * ran["sql"]["cpu"],
        f"at most {CAP_TARGET} times under {CAP}": ran["bolib_600MB"]["cpu"] <= CAP_TARGET * own["cpu"],
        f"under {PEAK_TARGET} MB": own["peak"] < PEAK_TARGET,
    }
    for target, met in targets.items():
        print(f"{'met' if met else 'MISSED':7}{target}")
    return all(run["found"] == own["found"] for run in ran.values())


def main() -> int:
    """Measure, or be measured."""
    if sys.argv[1:2] == ["--child"]:
        name, folder, out = sys.argv[2:]
        contender, _, memory = name.partition("_600")
        given = {"memory": CAP} if memory else {}
        print(json.dumps(globals()[contender](Path(folder), Path(out), **given)))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--repeat", type=int, default=1)
    arguments = parser.parse_args()
    print(f"{arguments.rows:,} rows on either side, {len(COMPARE)} columns compared", flush=True)
    return 0 if show(compare(arguments.rows, arguments.repeat)) else 1


if __name__ == "__main__":
    sys.exit(main())
