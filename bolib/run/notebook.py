"""One notebook: its parameters checked, its cells executed within limits, and the truth about how it ended."""

import ast
import os
import tempfile
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from bolib.errors import BolibError, NotebookError, ParameterError


@dataclass(frozen=True)
class Limits:
    """How long a cell and a whole notebook may take, in seconds."""

    cell: float = 900
    notebook: float = 3600


@dataclass(frozen=True)
class Failure:
    """Why a step of the day did not reach its end; `cell` is counted from 1 among the code cells."""

    name: str
    reason: str
    kind: str = ""
    cell: int | None = None
    source: str = ""
    traceback: tuple[str, ...] = ()
    cells_run: int = 0
    cells: int = 0

    @property
    def sentence(self) -> str:
        """Return where and why in one line, ended by a full stop."""
        place = f"cell {self.cell} of {self.cells}, `{self.source.splitlines()[0]}`: " if self.cell else ""
        return f"{place}{self.reason.rstrip('.')}."


@dataclass
class Attempt:
    """A notebook being executed: what the engine asks for, and what it leaves behind."""

    name: str
    folder: Path
    limits: Limits = Limits()
    data_ready: Callable[[], Any] = lambda: None
    progress: Callable[[str, int], Any] = lambda name, cell: None
    notebook: NotebookNode | None = None
    failure: Failure | None = None
    seconds: float = 0
    environment: dict[str, str] = field(default_factory=dict)
    kernel: Any = None
    begun: float = field(default_factory=monotonic)
    done: set[int] = field(default_factory=set)
    stopped: threading.Event = field(default_factory=threading.Event)

    def started(self, kernel) -> None:
        """Remember the kernel, so that it can be stopped from outside; raise where it already was."""
        self.kernel = kernel
        if self.stopped.is_set():
            raise InterruptedError("the run was stopped")

    def seconds_left(self, cell) -> float:
        """Return how long the next cell may take: the cell's limit, or what is left of the notebook's."""
        return max(0.001, min(self.limits.cell, self.begun + self.limits.notebook - monotonic()))

    def cell_done(self, cell, cell_index, execute_reply) -> None:
        """Note that the kernel answered for a cell, and tell the terminal; an error it did not show is shown."""
        self.done.add(cell_index)
        answer = execute_reply["content"]
        if answer["status"] == "error" and not _raised(cell):
            told = {name: answer[name] for name in ("ename", "evalue", "traceback")}
            cell.outputs.append(nbformat.v4.new_output("error", **told))
        self.progress(self.name, cell_index)

    def stop(self) -> None:
        """Kill the kernel; the execution then ends by itself."""
        self.stopped.set()
        process = getattr(getattr(self.kernel, "provisioner", None), "process", None)
        if process is not None:
            process.kill()


def read_notebook(path: Path) -> NotebookNode:
    """Return the notebook at `path`."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(str(path), "a notebook", "no file", "Restore it from the project.") from None
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, KeyError) as error:
        raise NotebookError(str(path), "a notebook", str(error)[:80], "Restore it from the project.") from error


def defaults(notebook: NotebookNode, where: str) -> dict[str, Any]:
    """Return the parameters a notebook declares, with their default values, in order."""
    tagged = [cell for cell in code_cells(notebook) if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(where, "one cell tagged `parameters`", f"{len(tagged)}", "Restore the notebook.")
    found = {}
    for statement in ast.parse(tagged[0].source).body:
        try:
            found[statement.targets[0].id] = ast.literal_eval(statement.value)
        except (AttributeError, ValueError, TypeError):
            line, found_text = f"{where}, parameters cell, line {statement.lineno}", ast.unparse(statement)[:60]
            raise NotebookError(line, "`name = literal`", found_text, "Move it to another cell.") from None
    return found


def check_parameters(notebook: NotebookNode, given: dict[str, Any], where: str) -> None:
    """Refuse parameters the notebook does not declare, or of another type than their default.

    Papermill only warns about them and runs with the default.
    """
    declared = defaults(notebook, where)
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise ParameterError(where, f"parameters among {list(declared)}", str(unknown), "Correct the name.")
    for name, value in given.items():
        wanted = type(declared[name])
        if type(value) is not wanted and not (wanted is float and type(value) is int):
            found = f"{value!r} ({type(value).__name__})"
            raise ParameterError(f"{where}, parameter {name}", f"a {wanted.__name__}", found, "Correct the value.")


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells that hold anything."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def execute(attempt: Attempt, notebook: NotebookNode, parameters: dict[str, Any]) -> Attempt:
    """Execute a notebook with Papermill; return the attempt with its notebook and, where it failed, the reason."""
    from papermill.engines import papermill_engines
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    import bolib.run.kernel  # noqa: F401  registers the engine

    attempt.begun = monotonic()
    error = None
    with tempfile.TemporaryDirectory(prefix="bolib-kernel-") as private:
        # The user's own IPython start-up files must not change a report; a killed kernel cannot clean up itself.
        attempt.environment = {**os.environ, "IPYTHONDIR": f"{private}/ipython", "TMPDIR": private}
        try:
            # The steps of papermill.execute_notebook, but for the last: it writes all of it once more, to nowhere.
            kernel = {"engine_name": "bolib", "kernel_name": "python3"}
            given = parameterize_notebook(load_notebook_node(notebook), parameters, language="python", **kernel)
            papermill_engines.execute_notebook_with_engine(nb=given, **kernel, progress_bar=False, attempt=attempt)
        except Exception as raised:  # whatever stops a notebook is told in its page
            error = raised
    attempt.seconds = monotonic() - attempt.begun
    if attempt.notebook is not None:
        _truthful(attempt)
    attempt.failure = _failure(attempt, error)
    return attempt


def _truthful(attempt: Attempt) -> None:
    """Take out Papermill's false states after a dead kernel or a limit."""
    for index, cell in enumerate(attempt.notebook.cells):
        if cell.cell_type == "code" and index not in attempt.done and "papermill" in cell.metadata:
            cell.metadata.papermill["status"] = "not run"


def _failure(attempt: Attempt, error: Exception | None) -> Failure | None:
    cells = attempt.notebook.cells if attempt.notebook is not None else []
    numbered = [index for index, cell in enumerate(cells) if cell.cell_type == "code" and cell.source.strip()]
    at = next((index for index in numbered if index not in attempt.done or _raised(cells[index])), None)
    if error is None and at is None:
        return None
    if at is None or not attempt.done:
        return Failure(attempt.name, cells=len(numbered), **_told(attempt, error, None))
    run = numbered.index(at)
    place = {"cell": run + 1, "source": cells[at].source, "cells_run": run, "cells": len(numbered)}
    return Failure(attempt.name, **place, **_told(attempt, error, _raised(cells[at])))


def failure_of(name: str, error: Exception) -> Failure:
    """Return the failure of a step outside the notebooks; bolib's own errors need no traceback."""
    kind = type(error).__name__
    lines = () if isinstance(error, BolibError) else tuple(traceback.format_exception(error))
    return Failure(name, _line(kind, str(error)), kind, traceback=lines)


def _raised(cell: NotebookNode) -> NotebookNode | None:
    return next((output for output in cell.outputs if output.output_type == "error"), None)


def _told(attempt: Attempt, error: Exception | None, raised: NotebookNode | None) -> dict[str, Any]:
    """Return kind, reason and traceback of what stopped the notebook; `raised` is the error output of its cell."""
    if attempt.stopped.is_set():
        return {"kind": "Stopped", "reason": "the run was stopped"}
    if isinstance(error, DeadKernelError):
        return {"kind": "DeadKernelError", "reason": "the kernel died: out of memory, or killed from outside"}
    if isinstance(error, CellTimeoutError):
        return {"kind": "CellTimeoutError", "reason": f"stopped at its time limit, after {attempt.seconds:.0f} s"}
    if raised is None:
        return {"kind": type(error).__name__, "reason": _line(type(error).__name__, str(error))}
    reason = "sys.exit ended Python before the notebook's end" if raised.ename == "SystemExit" else None
    told = {"kind": raised.ename, "traceback": tuple(raised.traceback)}
    return {"reason": reason or _line(raised.ename, raised.evalue), **told}


def _line(kind: str, text: str) -> str:
    """Return an error in one line; bolib's own errors are sentences already."""
    own = kind in {found.__name__ for found in BolibError.__subclasses__()}
    return " ".join((text if own else f"{kind}: {text}").split())
