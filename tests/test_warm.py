"""Kernels that are forked: whole, themselves, stopped like any other, and started otherwise where none can be."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import forkserver
from pathlib import Path

import nbformat
import pytest
import tiny_day
from tiny_day import notebook, request

from bolib.run import PRODUCED, run_day
from bolib.warm import FORKS, Fork, warm_up

pytestmark = pytest.mark.skipif(not FORKS, reason=f"kernels are not forked on {sys.platform}")


@pytest.fixture(autouse=True)
def _without_data(monkeypatch):
    monkeypatch.setattr("bolib.load.load", tiny_day.load)


SCRIPT = """
import os, sys, time
from bolib.warm import Fork

print("begun", flush=True)
kernel = Fork(["-f", sys.argv[1]], os.path.dirname(sys.argv[1]), dict(os.environ))
while kernel.poll() is None and not os.path.exists(sys.argv[1]):
    time.sleep(0.1)
print("a kernel" if kernel.poll() is None else "none", flush=True)
kernel.kill()
kernel.wait()
"""


def _refused():
    raise OSError("no socket can be bound")


def printed(folder: Path, expression: str) -> str:
    """Return what a kernel prints of an expression, in a day that is produced."""
    notebook(folder, "pnl", f"import os, sys; print({expression})")
    outcome = run_day(request(folder, reports=("pnl",)))
    assert outcome.status == PRODUCED
    executed = nbformat.read(outcome.folder / "pnl.ipynb", as_version=4)
    return next(cell.outputs[0].text.strip() for cell in executed.cells if "print(" in cell.source)


def test_the_process_that_is_forked_has_one_thread_and_everything_imported(tmp_path):
    wanted = {"bolib.deadlines", "bolib.report", "duckdb", "exchange_calendars", "pandas"}
    missing, parent = printed(tmp_path, f"len({wanted} - set(sys.modules)), os.getppid()").split()
    assert (missing, int(parent)) == ("0", forkserver._forkserver._forkserver_pid)
    assert len(os.listdir(f"/proc/{parent}/task")) == 1


def test_a_kernel_leads_its_group_in_its_folder_with_its_own_environment(tmp_path, monkeypatch):
    warm_up()
    monkeypatch.setenv("TOLD_LATER", "yes")  # the process it is a fork of was started before
    told = "os.getpgid(0) == os.getpid(), os.getcwd(), os.environ['TOLD_LATER'], 'OPENBLAS_NUM_THREADS' in os.environ"
    assert printed(tmp_path, told).split() == ["True", str(tmp_path / "notebooks"), "yes", "False"]


def test_a_fork_is_stopped_and_asked_like_any_process(tmp_path):
    kernel = Fork(["-f", str(tmp_path / "kernel.json")], str(tmp_path), dict(os.environ))
    assert kernel.poll() is None
    kernel.kill()
    assert kernel.wait() == kernel.poll() == -signal.SIGKILL
    kernel.send_signal(signal.SIGINT)  # to one that has ended, nothing


def test_only_that_process_is_prepared():
    """Another one that imports the module, as a test run does for its examples, keeps its exit status."""
    command = [sys.executable, "-c", "import sys, bolib.warm.imports; sys.exit(3 + ('numpy' in sys.modules))"]
    assert subprocess.run(command).returncode == 3


def test_a_script_that_guards_nothing_is_not_run_again_by_its_kernels(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, script, tmp_path / "kernel.json"]
    assert subprocess.run(command, capture_output=True, text=True).stdout.split("\n") == ["begun", "a kernel", ""]


def test_the_process_that_died_is_started_again(tmp_path):
    warm_up()
    first = forkserver._forkserver._forkserver_pid
    os.kill(first, signal.SIGKILL)
    time.sleep(0.2)
    assert int(printed(tmp_path, "os.getppid()")) not in (first, os.getpid())


@pytest.mark.parametrize("forks", [False, True], ids=["another system", "no server"])
def test_where_no_kernel_can_be_forked_it_starts_from_nothing(tmp_path, monkeypatch, forks):
    monkeypatch.setattr("bolib.warm.FORKS", forks)
    monkeypatch.setattr("bolib.warm.forkserver.ensure_running", _refused)
    warm_up()  # as `bolib run` does before anything else
    assert int(printed(tmp_path, "os.getppid()")) == os.getpid()
