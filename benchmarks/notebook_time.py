"""How long the day's three notebooks take: `bolib run`, and papermill + jupyter nbconvert from the shell.

    .venv/bin/python benchmarks/notebook_time.py [--rounds 3]

Same notebooks, same parameters, same machine, one after the other, the archive warm for both. `bolib run` also
loads the day, proves it, merges the findings and publishes the folder. Prints both times, their ratio, and the
stages of the run. The whole command is timed, from its start to its end; the seconds of processors hold every process
it started. They are what to compare on a busy machine, where the run finds no second processor.
"""

import argparse
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORTS = ("pnl", "deadlines", "anomalies")
AS_OF = "2026-03-31"
WANTED = 1 / 6
ADOPT_ORPHANS = 36  # of prctl: what a command leaves running becomes our child


class Took(NamedTuple):
    """Seconds of the clock, and of all processors."""

    clock: float
    processors: float


def seconds(*commands: list) -> Took:
    """Return how long the commands take one after the other; a failing one ends the benchmark."""
    begun, before = perf_counter(), _of_children()
    for command in commands:
        done = subprocess.run(command, cwd=PROJECT / "notebooks", env=environment(), capture_output=True, text=True)
        if done.returncode not in (0, 3):
            sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    clock = perf_counter() - begun
    return Took(clock, _of_children() - before)


def _of_children() -> float:
    """Return the seconds of processors of all that was started and has ended, the last of it waited for."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime


def environment() -> dict[str, str]:
    """Return the user's environment with the project's commands first."""
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def with_shell(folder: Path) -> Took:
    """Return the seconds of papermill, then nbconvert, for each notebook."""
    commands = []
    for report in REPORTS:
        executed = folder / f"{report}.ipynb"
        given = {"as_of": AS_OF, "results": str(folder / "results"), "history": str(folder / "none")}
        parameters = [word for name, value in given.items() for word in ("-r", name, value)]
        commands.append([BIN / "papermill", f"{report}.ipynb", executed, *parameters])
        commands.append([BIN / "jupyter", "nbconvert", "--to", "html", executed])
    return seconds(*commands)


def with_bolib(folder: Path) -> Took:
    """Return the seconds of `bolib run`."""
    return seconds([BIN / "bolib", "run", "--as-of", AS_OF, "--out", folder / "reports"])


def stages(folder: Path) -> list[tuple[str, float]]:
    """Return where the time of the last run in `folder` went: name of the stage, seconds."""
    day = folder / "reports" / AS_OF
    durations = json.loads((day / "run.json").read_text(encoding="utf-8"))["durations"]
    found = [("load and prove, while the kernels start", durations["load"])]
    for report in REPORTS:
        cells = json.loads((day / f"{report}.ipynb").read_text(encoding="utf-8"))["cells"]
        timed = [(cell["metadata"].get("tags", []), cell["metadata"]["papermill"]) for cell in cells]
        setup = sum(spent["duration"] for tags, spent in timed if "setup" in tags)
        cells_took = sum(spent["duration"] for _, spent in timed)
        found += [
            (f"{report}: kernel starts, waits for the data, ends", durations[report] - cells_took),
            (f"{report}: setup cell (imports, computation)", setup),
            (f"{report}: all other cells", cells_took - setup),
        ]
    found.append(("pages and notebooks written", durations["pages"]))
    return [*found, ("all of it, without the imports of the command", durations["total"])]


def main() -> None:
    """Time both ways in turn and print the comparison."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=3)
    rounds = options.parse_args().rounds
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with_bolib(folder)  # warms the archive and the files both ways read
        pairs = [(with_bolib(folder), with_shell(folder)) for _ in range(rounds)]
        bolib, shell = (Took(*map(median, zip(*times, strict=True))) for times in zip(*pairs, strict=True))
        print(f"{datetime.now():%Y-%m-%d %H:%M}, {os.cpu_count()} processors, median of {rounds} rounds")
        print(f"{'':38} {'clock':>8} {'processors':>12}")
        print(f"{'papermill + nbconvert from the shell':38} {shell.clock:6.2f} s {shell.processors:10.2f} s")
        print(f"{'bolib run':38} {bolib.clock:6.2f} s {bolib.processors:10.2f} s")
        clock, processors = shell.clock / bolib.clock, shell.processors / bolib.processors
        print(f"{'ratio, wanted by the clock: 1/6':38} {f'1/{clock:.1f}':>8} {f'1/{processors:.1f}':>12}")
        for stage, spent in stages(folder):
            print(f"  {stage:<54} {spent:6.2f} s")
    sys.exit(bolib.clock / shell.clock > WANTED)


if __name__ == "__main__":
    main()
