"""One day: its data loaded once, its notebooks executed side by side, its pages and results published whole.

A run writes `<out>/<as_of>/`, or `<out>/<as_of>.failed/` with the page that says why, and touches nothing else.
"""

import logging
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from bolib import PROJECT
from bolib.errors import ParameterError
from bolib.run.notebook import Attempt, Failure, Limits, check_parameters, execute, failure_of, read_notebook
from bolib.run.publish import fresh, only_writer, publish

if TYPE_CHECKING:
    from bolib.run.record import Record

REPORTS = ("pnl", "deadlines", "anomalies")
PRODUCED, FAILED, WRONG, UNPROVEN = 0, 1, 2, 3

Progress = Callable[[str, int, int], Any]


@dataclass(frozen=True)
class Request:
    """What to run: a day, where its data and settings are, and where its reports go. Every path is absolute."""

    as_of: date
    data: Path = PROJECT / "data/sample"
    out: Path = PROJECT / "reports"
    parameters: Path = PROJECT / "parameters"
    archive: Path = PROJECT / "data/archive"
    history: Path | None = None
    notebooks: Path = PROJECT / "notebooks"
    reports: tuple[str, ...] = REPORTS
    thresholds: dict[str, dict] = field(default_factory=dict)
    engine: str = "duckdb"
    memory: str = ""
    limits: Limits = Limits()

    @property
    def name(self) -> str:
        """Return the name of the day's folder."""
        return self.as_of.isoformat()

    def for_notebooks(self, results: Path) -> dict[str, Any]:
        """Return the value of every parameter of the notebooks, which write their tables to `results`."""
        return {
            "as_of": self.name,
            "data": str(self.data),
            "parameters": str(self.parameters),
            "thresholds": self.thresholds,
            "results": str(results),
            "history": str(self.history or self.out),
            "archive": str(self.archive),
            "engine": self.engine,
            "memory": self.memory,
        }


@dataclass(frozen=True)
class Proof:
    """Whether every row and cent received is accounted for, and the files it stands on (name: SHA-256)."""

    proven: bool
    inputs: dict[str, str]
    seconds: float


@dataclass(frozen=True)
class Start:
    """What is to be run, where its folder is prepared, and when it began."""

    request: Request
    prepared: Path
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    clock: float = field(default_factory=monotonic)

    def record(self) -> "Record":
        """Return what writes the folder. It draws pages and reads tables, of which the kernels need not wait."""
        from bolib.run.record import Record

        return Record(self)


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its exit status, the folder it wrote, what `run.json` says, and what failed."""

    status: int
    folder: Path | None
    summary: dict[str, Any]
    failures: tuple[Failure, ...] = ()


def silent(name: str, done: int, cells: int) -> None:
    """Show no progress."""


def run_day(request: Request, progress: Progress = silent) -> Outcome:
    """Run one day and publish it; return how it ended. A wrong parameter or a second writer is refused before."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # tasks left by a dead kernel
    notebooks = _checked(request)
    with only_writer(request.out):
        prepared = fresh(request.out, request.name)
        try:
            return _published(request, notebooks, prepared, progress)
        finally:
            shutil.rmtree(prepared, ignore_errors=True)


def _checked(request: Request) -> dict[str, NotebookNode]:
    if not request.data.is_dir():
        raise ParameterError(str(request.data), "a folder with the operations", "none", "Correct --data.")
    published = request.out / request.name
    there = {name for name in REPORTS if (published / f"{name}.html").exists()}
    if there - set(request.reports):
        expected, found = f"the reports already published {sorted(there)}", str(list(request.reports))
        raise ParameterError(str(published), expected, found, "Run all of them, or choose another --out.")
    notebooks = {}
    for name in request.reports:
        path = request.notebooks / f"{name}.ipynb"
        notebooks[name] = read_notebook(path)
        check_parameters(notebooks[name], request.for_notebooks(published), path.name)
    return notebooks


def _published(request: Request, notebooks: dict[str, NotebookNode], prepared: Path, progress: Progress) -> Outcome:
    start = Start(request, prepared)
    try:
        proof, attempts = _executed(request, notebooks, prepared, progress)
    except ParameterError:
        raise
    except Exception as error:
        return _failed(start.record(), [failure_of("load", error)], [])
    failures = [attempt.failure for attempt in attempts if attempt.failure]
    wrong = [failure for failure in failures if failure.kind == "ParameterError"]
    if wrong:  # said once: the notebooks were given the same
        return Outcome(WRONG, None, {}, tuple(wrong[:1]))
    if failures:
        return _failed(start.record(), failures, attempts)
    try:
        summary = start.record().complete(proof, attempts)
    except Exception as error:
        return _failed(start.record(), [failure_of("report", error)], attempts)
    publish(prepared, request.out / request.name)
    shutil.rmtree(request.out / f"{request.name}.failed", ignore_errors=True)
    return Outcome(PRODUCED if summary["proven"] else UNPROVEN, request.out / request.name, summary)


def _executed(
    request: Request, notebooks: dict[str, NotebookNode], prepared: Path, progress: Progress
) -> tuple[Proof, list[Attempt]]:
    """Load the day while the kernels start, then let the notebooks run; return the proof and how each ended.

    All run at once, on however few processors: one after another, the last would have one of them to itself.
    """
    ready: Future = Future()
    given = request.for_notebooks(prepared / "results")
    attempts = [_attempt(request, name, notebook, ready, progress) for name, notebook in notebooks.items()]
    with ThreadPoolExecutor(len(attempts)) as pool:
        running = [pool.submit(execute, of, notebooks[of.name], given) for of in attempts]
        try:
            proof = _proof(request, prepared)
            ready.set_result(proof)
            import bolib.run.record  # noqa: F401  which draws the pages, while the notebooks run

            return proof, [attempt.result() for attempt in running]
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error if isinstance(error, Exception) else InterruptedError())
            for attempt in attempts:
                attempt.stop()
            pool.shutdown(cancel_futures=True)
            raise


def _attempt(request: Request, name: str, notebook: NotebookNode, ready: Future, progress: Progress) -> Attempt:
    cells = len(notebook.cells) + 1  # Papermill adds the cell with the parameters given
    return Attempt(
        name,
        request.notebooks,
        request.limits,
        data_ready=ready.result,
        progress=lambda report, index: progress(report, index + 1, cells),
    )


def _proof(request: Request, prepared: Path) -> Proof:
    """Load the day into the archive, where the notebooks find it, and write the proof of completeness."""
    from bolib.load import load  # here, while the kernels start
    from bolib.results import frame, write

    begun = monotonic()
    loaded = load(request.data, request.parameters, request.as_of, request.archive)
    results = prepared / "results"
    results.mkdir()
    write(results, "completeness", frame(loaded.completeness))
    write(results, "set_aside", frame(loaded.set_aside))
    return Proof(loaded.proven, loaded.inputs, monotonic() - begun)


def _failed(record: "Record", failures: list[Failure], attempts: list[Attempt]) -> Outcome:
    """Publish the page that says which cell failed and why, beside the published days, none of which is touched."""
    request = record.request
    shutil.rmtree(record.prepared / "results", ignore_errors=True)
    summary = record.failed(failures, attempts)
    folder = request.out / f"{request.name}.failed"
    publish(record.prepared, folder)
    return Outcome(FAILED, folder, summary, tuple(failures))
