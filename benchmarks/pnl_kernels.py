"""Lots and attribution of many trades: our kernels beside hand-written DuckDB SQL and numba loops.

    python benchmarks/pnl_kernels.py                 # 5 million trades, 250 days, 200 books, 1,000 instruments
    python benchmarks/pnl_kernels.py --rows 50000
    python benchmarks/pnl_kernels.py --growth        # 10^5 to 10^7 trades: a table, and a figure in benchmarks/results/

Every competitor loads the same Parquet files in a process of its own, one after the other, and must give
the same answer to the last cent. Wall and processor time hold everything: start, imports, loading,
compilation. Processor time is what to compare where a machine is shared, and what a bill counts.
numba is in the extra `pip install -e .[bench]`; another interpreter that has numba, numpy and pyarrow
can run the loops: `--numba /path/to/python`. Without one they are left out, and the table says so.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
JOBS = {
    "lots, FIFO and PMP": ("lots_kernel", "lots_sql", "lots_numba"),
    "attribution by book and day": ("attribution_kernel", "attribution_sql", "attribution_numba"),
}
ALONE = "lots_trail"
"""Shown beside: every match, lot and position written out as rows."""


@dataclass
class Run:
    """What one competitor cost."""

    name: str
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MB of resident memory


def run(name: str, folder: Path, python: str, memory: str) -> Run:
    """Run a competitor in its own process; its answer stays in the folder."""
    started = time.perf_counter()
    child = subprocess.Popen([python, HERE / "pnl_competitors.py", name, folder, folder / f"{name}.npy", memory])
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{name} failed with status {status}")
    return Run(name, time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(folder: Path, numba: str | None, memory: str) -> list[Run]:
    """Run all competitors and print them; stop if two answers differ."""
    runs = []
    for job, names in JOBS.items():
        print(f"\n{job:28} {'wall s':>7} {'cpu s':>7} {'peak MB':>8}   cpu against ours")
        ours = None
        for name in names:
            python = numba if name.endswith("numba") else sys.executable
            if python is None:
                print(f"  {name:26} left out: no numba here, see --numba")
                continue
            runs.append(run(name, folder, python, memory))
            ours = ours or runs[-1]
            _show(runs[-1], ours)
            _same(folder, ours.name, name)
    print()
    runs.append(run(ALONE, folder, sys.executable, memory))
    _show(runs[-1], runs[-1])
    return runs


def _show(one: Run, ours: Run) -> None:
    ratio = f"{one.cpu / ours.cpu:8.2f}" if one is not ours else ""
    print(f"  {one.name:26} {one.wall:7.2f} {one.cpu:7.2f} {one.peak:8.0f}   {ratio}", flush=True)


def _same(folder: Path, ours: str, other: str) -> None:
    mine, its = (np.load(folder / f"{name}.npy") for name in (ours, other))
    if not np.array_equal(mine, its):
        sys.exit(f"{other} differs from {ours} in {np.count_nonzero(mine != its)} of {mine.size} figures")


def growth(numba: str | None, memory: str) -> None:
    """Run everything on 10^5 to 10^7 trades and draw processor time against trades."""
    import plotly.graph_objects as go

    sizes, lines = [100_000, 300_000, 1_000_000, 3_000_000, 10_000_000], {}
    for rows in sizes:
        print(f"\n{rows:,} trades")
        for one in _measured(rows, numba, memory):
            lines.setdefault(one.name, []).append(one.cpu)
    figure = go.Figure([go.Scatter(x=sizes, y=cpu, name=name, mode="lines+markers") for name, cpu in lines.items()])
    figure.update_layout(title="Processor time against trades", xaxis_title="trades", yaxis_title="seconds")
    figure.update_xaxes(type="log")
    figure.update_yaxes(type="log")
    (HERE / "results").mkdir(exist_ok=True)
    figure.write_html(HERE / "results" / "growth.html", include_plotlyjs=True)
    print(f"\n{HERE / 'results' / 'growth.html'}")


def _measured(rows: int, numba: str | None, memory: str) -> list[Run]:
    with tempfile.TemporaryDirectory(prefix="bolib-benchmark-") as folder:
        subprocess.run([sys.executable, HERE / "pnl_deals.py", folder, str(rows)], check=True)
        return compare(Path(folder), numba, memory)


def main() -> None:
    """Read the command line and run."""
    here = sys.executable if find_spec("numba") else None
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000, help="trades")
    parser.add_argument("--growth", action="store_true", help="from 10^5 to 10^7 trades")
    parser.add_argument("--numba", default=here, help="an interpreter that has numba, numpy and pyarrow")
    parser.add_argument("--memory", default="", help="limit of DuckDB, under our kernels and in SQL, as in 150MB")
    chosen = parser.parse_args()
    if chosen.growth:
        growth(chosen.numba, chosen.memory)
    else:
        _measured(chosen.rows, chosen.numba, chosen.memory)


if __name__ == "__main__":
    main()
