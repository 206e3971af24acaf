"""Days past due of many loans: our kernel beside hand-written DuckDB SQL and a pandas groupby.

    python benchmarks/arrears.py                     # 10 million instalments, 9 million payments
    python benchmarks/arrears.py --loans 4000
    python benchmarks/arrears.py --memory 400MB      # a limit on DuckDB, under our kernel and in the SQL

Every competitor reads the same Parquet files in a process of its own, one after the other, and must give the same
answer for every loan: since when it is overdue, for how many days, by how much, in which bucket, and on how many
days its arrears, or those of its borrower, have been material. Wall and processor time hold everything: start,
imports, reading. Processor time is what to compare where a machine is shared, and what a bill counts.

The SQL and pandas know that nothing is paused, corrected, named by the borrower or in probation; the kernel, which
does not, takes the rows through the views of the deadlines report.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

AS_OF = date(2026, 3, 31)
EPOCH = date(1970, 1, 1)
EVENING = (AS_OF - EPOCH).days
TERM = 25
"""Instalments a loan, all due by the evening."""
BOUNDS = (0, 1, 30, 60, 90, 180, 360)
"""First day of each bucket."""
RETAIL, OTHER = 100_00, 500_00
"""Cents that arrears must exceed, beside one percent of the exposure."""
NAMES = ("kernel", "sql", "pandas")


def make_loans(folder: Path, loans: int) -> None:
    """Write the tables: three quarters of the loans have a private borrower each, the others share one by three."""
    import pyarrow as pa

    random = np.random.default_rng(2026)
    company = np.arange(loans) >= loans * 3 // 4
    customer = np.where(company, loans + np.arange(loans) // 3, np.arange(loans))
    due = _dates(EVENING - 30 * TERM - random.integers(0, 30, loans), TERM)
    amount = random.integers(50, 900, loans) * 100 + random.integers(0, 100, loans)
    names = pa.array([f"L{number:08d}" for number in range(loans)])
    people = pa.array([f"C{number:08d}" for number in np.unique(customer)])
    of_loan = people.take(pa.array(np.unique(customer, return_inverse=True)[1]))
    _write_loans(folder, names, of_loan, due[:, 0] - 30, amount)
    kinds = np.where(np.unique(customer) >= loans, "OTHER", "RETAIL")
    _write(folder, "customers", customer_id=people, kind=pa.array(kinds))
    lent = {"on_balance": _money(np.tile(random.integers(2_000, 40_000, len(people)) * 100, 2))}
    lent |= {"date": _days(np.repeat([EVENING - 90, EVENING], len(people)))}
    lent |= {"currency": pa.repeat("EUR", 2 * len(people))}
    _write(folder, "exposures", customer_id=pa.concat_arrays([people, people]), **lent)
    row = np.repeat(np.arange(loans), TERM)
    owed = {"principal": amount[row] - amount[row] // 10, "interest": amount[row] // 10, "fees": row * 0}
    dues = {name: _money(cents) for name, cents in owed.items()} | {"due_date": _days(due.ravel())}
    dues |= {"rate": pa.nulls(len(row), pa.decimal128(18, 8)), "known_at": pa.nulls(len(row), pa.timestamp("us"))}
    number = np.tile(np.arange(1, TERM + 1), loans)
    _write(folder, "instalments", loan_id=names.take(pa.array(row)), instalment_no=number, **dues)
    _write_payments(folder, random, names, row, due.ravel(), amount[row])


def _write_loans(folder: Path, names, of_loan, granted: np.ndarray, amount: np.ndarray) -> None:
    import pyarrow as pa

    loans = len(names)
    same = {"product": "PERSONAL", "secured": "NONE", "currency": "EUR", "periodicity": "MONTHLY"}
    columns = {name: pa.repeat(word, loans) for name, word in {**same, "source_file": "loans.csv"}.items()}
    columns |= {"consumer": pa.repeat(True, loans), "source_line": np.arange(loans), "granted_on": _days(granted)}
    columns |= {"principal": _money(amount * TERM), "outstanding": _money(amount * TERM // 2)}
    columns |= {"rate": _money(amount * 0).cast(pa.decimal128(18, 8))}
    columns |= {name: pa.nulls(loans, pa.date32()) for name in ("terminated_on", "forborne_on")}
    _write(folder, "loans", loan_id=names, customer_id=of_loan, **columns)


def _write_payments(folder, random, names, row, due, amount) -> None:
    """One in twelve borrowers stops; of the others one in seven pays late, some pay half or two instalments at once."""
    import pyarrow as pa

    loans, place = len(names), np.arange(len(row)) % TERM
    stops = np.where(random.random(loans) < 1 / 12, random.integers(0, TERM, loans), TERM)
    skips = (random.random(len(row)) < 0.055) & (place < TERM - 1)
    paid = np.flatnonzero((place < stops[row]) & ~skips)
    late = np.where(random.random(len(paid)) < 1 / 7, random.integers(1, 25, len(paid)), 0)
    value = due[paid] + late
    twice = np.append(False, skips[:-1] & (row[:-1] == row[1:]))[paid]
    halves = np.where(random.random(len(paid)) < 0.004, 1, 2) * np.where(twice, 2, 1)
    kept = value <= EVENING
    paid, value, halves = paid[kept], value[kept], halves[kept]
    returned = np.where(random.random(len(paid)) < 0.002, value + 4, EVENING + 1)
    order = random.permutation(len(paid))
    kept = paid[order]
    columns = {"value_date": _days(value[order]), "received_on": _days(value[order])}
    columns |= {"amount": _money((amount[paid] * halves // 2)[order])}
    columns |= {"reversed_on": _days(np.where(returned <= EVENING, returned, -1)[order], none=-1)}
    columns |= {"designated_to": pa.nulls(len(paid), pa.int64()), "known_at": pa.nulls(len(paid), pa.timestamp("us"))}
    numbers = pa.array([f"P{number:09d}" for number in range(len(paid))])
    _write(folder, "payments", payment_id=numbers, loan_id=names.take(pa.array(row[kept])), **columns)


def _dates(first: np.ndarray, count: int) -> np.ndarray:
    return first[:, None] + 30 * np.arange(count)


def _days(numbers: np.ndarray, none: int | None = None):
    import pyarrow as pa

    return pa.array(numbers.astype(np.int32), mask=None if none is None else numbers == none).cast(pa.date32())


def _money(cents: np.ndarray):
    import pyarrow as pa

    from bolib.valuation import decimals

    return decimals(cents, pa.decimal128(18, 2))


def _write(folder: Path, name: str, **columns) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), folder / f"{name}.parquet")


def kernel(folder: Path, memory: str | None) -> np.ndarray:
    """The kernel of the deadlines report, on its own views, in the buckets of the engine."""
    from functools import partial

    from bolib.arrears import Materiality, Terms, count_days
    from bolib.engine import open_engine

    materiality = tuple(
        Materiality(kind, 0, EVENING + 1, cents, 100) for kind, cents in (("RETAIL", RETAIL), ("OTHER", OTHER))
    )
    count = partial(count_days, evenings=(EVENING,), terms=Terms(materiality, frozenset(["RETAIL"]), 90, 3, 12))
    engine = open_engine("duckdb", memory)
    engine.create("euro_rates", "select '' as currency, cast(null as decimal(18,8)) as per_euro where false")
    engine.create("arrears_loans", _view("arrears_loans", folder))
    engine.create("instalment_horizon", f"select date '{AS_OF}' as last_day")
    others = (_view(f"arrears_{name}", folder) for name in ("dues", "receipts", "pauses", "exposures"))
    engine.run(count, "arrears_loans", *others, key="obligor", into="counted")
    rows = engine.query("select * from counted order by loan")
    since = rows["overdue_since"].cast("int32").fill_null(-1).to_numpy()
    late = rows["days_past_due"].to_numpy()
    bucket = np.searchsorted(BOUNDS, late, side="right") - 1
    return np.stack([since, late, _cents(rows["amount_past_due"]), bucket, rows["days_material"].to_numpy()])


def _view(name: str, folder: Path) -> str:
    """Return the SELECT of a view of the deadlines report, on the files themselves."""
    from bolib.views import views

    text = views("deadlines")[name].replace("$as_of", f"date '{AS_OF}'")
    none = (
        "(select null::varchar loan_id, null::date from_date, null::date to_date, null::timestamp known_at where false)"
    )
    for table in ("loans", "customers", "instalments", "payments", "exposures", "pauses"):
        rows = none if table == "pauses" else f"read_parquet('{folder}/{table}.parquet')"
        text = re.sub(rf"\b(from|join) {table}\b", rf"\1 {rows}", text)
    return text


def _cents(column) -> np.ndarray:
    from bolib.valuation.exact import integers

    return integers(column)


SQL = """
with loans as (
    select l.loan_id, l.customer_id, c.kind, case when c.kind = 'RETAIL' then l.loan_id else l.customer_id end as unit,
           cast(l.outstanding * 100 as bigint) as own
    from '{folder}/loans.parquet' l join '{folder}/customers.parquet' c using (customer_id)),
dues as (
    select loan_id, due_date, cast((principal + interest + fees) * 100 as bigint) as cents
    from '{folder}/instalments.parquet' where due_date < date '{as_of}'),
receipts as (
    select loan_id, value_date, cast(amount * 100 as bigint) as cents from '{folder}/payments.parquet'
    where greatest(value_date, received_on) <= date '{as_of}'
    and (reversed_on is null or reversed_on > date '{as_of}')),
paid as (select loan_id, sum(cents) as paid from receipts group by loan_id),
aged as (
    select d.loan_id, d.due_date, sum(d.cents) over (partition by d.loan_id order by d.due_date) as owed,
           coalesce(paid, 0) as paid
    from dues d left join paid p using (loan_id)),
contractual as (
    select loan_id, min(due_date) filter (owed > paid) as since, greatest(max(owed) - max(paid), 0) as cents
    from aged group by loan_id),
moves as (
    select loan_id, day, sum(cents) as cents from (
        select loan_id, due_date + 1 as day, cents from dues union all select loan_id, value_date, -cents from receipts)
    group by loan_id, day),
levels as (
    select loan_id, day, greatest(sum(cents) over (partition by loan_id order by day), 0) as cents from moves),
changes as (
    select loan_id, day, cents - lag(cents, 1, 0) over (partition by loan_id order by day) as change from levels),
limits as (
    select unit, case when rank = 1 then date '1970-01-01' else date end as day,
           greatest(case kind when 'RETAIL' then {retail} else {other} end,
                    case kind when 'RETAIL' then least(lent, own) else lent end // 100) as cents
    from (select distinct l.unit, l.kind, e.date, cast(e.on_balance * 100 as bigint) as lent,
                 case when l.kind = 'RETAIL' then l.own end as own,
                 dense_rank() over (partition by l.unit order by e.date) as rank
          from '{folder}/exposures.parquet' e join loans l using (customer_id))),
steps as (
    select unit, day, sum(change) as change, max(cents) as cents from (
        select l.unit, c.day, c.change, null as cents from changes c join loans l using (loan_id) where c.change <> 0
        union all
        select unit, day, 0, cents from limits where unit in (
            select l.unit from changes c join loans l using (loan_id) where c.change <> 0))
    group by unit, day),
states as (
    select unit, day, sum(change) over w > last_value(cents ignore nulls) over w as exceeds
    from steps window w as (partition by unit order by day)),
lasting as (
    select unit, min(day) as first from (
        select unit, day, max(day) filter (not exceeds) over (partition by unit) as good from states)
    where day > good group by unit)
select coalesce(since - date '1970-01-01', -1) as since, coalesce(date '{as_of}' - since, 0) as late,
       coalesce(cents, 0) as cents,
       (late >= 1)::int + (late >= 30)::int + (late >= 60)::int + (late >= 90)::int + (late >= 180)::int
       + (late >= 360)::int as bucket,
       coalesce(date '{as_of}' - first + 1, 0) as material
from loans left join contractual using (loan_id) left join lasting using (unit)
order by loans.customer_id, loans.loan_id
"""


def sql(folder: Path, memory: str | None) -> np.ndarray:
    """One statement of DuckDB."""
    import duckdb

    connection = duckdb.connect(
        config={"memory_limit": memory, "temp_directory": str(folder / "spill")} if memory else {}
    )
    connection.execute(SQL.format(folder=folder, as_of=AS_OF, retail=RETAIL, other=OTHER))
    return np.stack([values.astype(np.int64) for values in connection.fetchnumpy().values()])


def pandas(folder: Path, memory: str | None) -> np.ndarray:
    """Sorts, cumulated sums and groupbys, as an analyst writes them, on whole cents."""
    import pandas as pd

    loans = _frame(folder, "loans", "loan_id", "customer_id", "outstanding").merge(
        _frame(folder, "customers", "customer_id", "kind"), on="customer_id"
    )
    loans["unit"] = loans["loan_id"].where(loans["kind"] == "RETAIL", loans["customer_id"])
    dues = _frame(folder, "instalments", "loan_id", "due_date", "principal", "interest", "fees")
    dues["cents"] = dues["principal"] + dues["interest"] + dues["fees"]
    dues = dues.loc[dues["due_date"] < EVENING, ["loan_id", "due_date", "cents"]].sort_values(["loan_id", "due_date"])
    receipts = _frame(folder, "payments", "loan_id", "value_date", "amount", "reversed_on")
    receipts = receipts[(receipts["value_date"] <= EVENING) & ~(receipts["reversed_on"] <= EVENING)]
    paid = receipts.groupby("loan_id")["amount"].sum()
    dues["owed"] = dues.groupby("loan_id")["cents"].cumsum()
    dues["paid"] = dues["loan_id"].map(paid).fillna(0)
    since = dues[dues["owed"] > dues["paid"]].groupby("loan_id")["due_date"].min()
    left = dues.groupby("loan_id")[["owed", "paid"]].max()
    moves = pd.concat([
        pd.DataFrame({"loan_id": dues["loan_id"], "day": dues["due_date"] + 1, "cents": dues["cents"]}),
        pd.DataFrame({"loan_id": receipts["loan_id"], "day": receipts["value_date"], "cents": -receipts["amount"]}),
    ])  # fmt: skip
    moves = moves.groupby(["loan_id", "day"], as_index=False)["cents"].sum()
    moves["level"] = moves.groupby("loan_id")["cents"].cumsum().clip(lower=0)
    moves["change"] = moves["level"] - moves.groupby("loan_id")["level"].shift(fill_value=0)
    moves = moves[moves["change"] != 0].merge(loans[["loan_id", "unit"]], on="loan_id")
    lent = _frame(folder, "exposures", "date", "customer_id", "on_balance").merge(loans, on="customer_id")
    own = lent["outstanding"].where(lent["kind"] == "RETAIL", lent["on_balance"])
    floor = lent["kind"].map({"RETAIL": RETAIL, "OTHER": OTHER})
    lent["limit"] = np.maximum(floor, np.minimum(lent["on_balance"], own) // 100)
    lent = lent.loc[lent["unit"].isin(moves["unit"]), ["unit", "date", "limit"]].drop_duplicates()
    lent["day"] = lent["date"].where(lent["date"] > lent.groupby("unit")["date"].transform("min"), 0)
    steps = pd.concat([moves[["unit", "day", "change"]], lent[["unit", "day", "limit"]]])
    steps = steps.groupby(["unit", "day"], as_index=False).agg({"change": "sum", "limit": "max"})
    steps["limit"] = steps.groupby("unit")["limit"].ffill()
    steps["exceeds"] = steps.groupby("unit")["change"].cumsum() > steps["limit"]
    good = steps["day"].where(~steps["exceeds"]).groupby(steps["unit"]).transform("max")
    first = steps[steps["day"] > good].groupby("unit")["day"].min()
    loans = loans.sort_values(["customer_id", "loan_id"])
    overdue = loans["loan_id"].map(since).fillna(-1).to_numpy().astype(np.int64)
    late = np.where(overdue < 0, 0, EVENING - overdue)
    cents = loans["loan_id"].map((left["owed"] - left["paid"]).clip(lower=0)).fillna(0).to_numpy().astype(np.int64)
    bucket = pd.cut(late, [*BOUNDS, np.inf], right=False, labels=False)
    material = EVENING + 1 - loans["unit"].map(first).fillna(EVENING + 1).to_numpy().astype(np.int64)
    return np.stack([overdue, late, cents, bucket, material])


def _frame(folder: Path, name: str, *columns: str):
    """Return columns as pandas: whole cents, days as numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(folder / f"{name}.parquet", columns=list(columns))
    for place, column in enumerate(table.columns):
        if pa.types.is_decimal(column.type):
            table = table.set_column(place, columns[place], pa.array(_cents(column)))
        elif pa.types.is_date(column.type):
            table = table.set_column(place, columns[place], column.cast(pa.int32()))
    return table.to_pandas()


@dataclass
class Run:
    """What one competitor cost."""

    name: str
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MB of resident memory


def run(name: str, folder: Path, memory: str) -> Run:
    """Run a competitor in its own process; its answer stays in the folder."""
    started = time.perf_counter()
    child = subprocess.Popen([sys.executable, __file__, "--only", name, "--folder", folder, "--memory", memory])
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{name} failed with status {status}")
    return Run(name, time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(folder: Path, memory: str, names: tuple[str, ...] = NAMES) -> list[Run]:
    """Run the competitors and print them; stop if two answers differ."""
    print(f"{'':8} {'wall s':>7} {'cpu s':>7} {'peak MB':>8}   cpu against the kernel")
    runs = []
    for name in names:
        runs.append(run(name, folder, memory))
        one, ours = runs[-1], runs[0]
        print(f"{name:8} {one.wall:7.2f} {one.cpu:7.2f} {one.peak:8.0f}   {one.cpu / ours.cpu:8.2f}", flush=True)
        mine, its = (np.load(folder / f"{answer}.npy") for answer in (names[0], name))
        if not np.array_equal(mine, its):
            wrong = np.flatnonzero((mine != its).any(axis=0))
            first = f"first {wrong[0]}: {mine[:, wrong[0]]}, {its[:, wrong[0]]}"
            sys.exit(f"{name} differs for {len(wrong)} of {mine.shape[1]} loans, {first}")
    return runs


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loans", type=int, default=400_000, help=f"loans, of {TERM} instalments each")
    parser.add_argument("--memory", default="", help="limit of DuckDB, under our kernel and in SQL; empty = none")
    parser.add_argument("--only", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        answer = globals()[chosen.only](chosen.folder, chosen.memory or None)
        np.save(chosen.folder / f"{chosen.only}.npy", answer)
        return
    if chosen.folder:  # in a process of its own: what it takes would count as the competitors'
        make_loans(chosen.folder, chosen.loans)
        return
    with tempfile.TemporaryDirectory(prefix="bolib-benchmark-") as folder:
        subprocess.run([sys.executable, __file__, "--loans", str(chosen.loans), "--folder", folder], check=True)
        compare(Path(folder), chosen.memory)


if __name__ == "__main__":
    main()
