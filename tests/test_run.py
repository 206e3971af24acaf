"""A run tells the truth about how it ended, and what was published before stays whole."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import nbformat
import pytest
import tiny_day
from tiny_day import notebook, request

from bolib.errors import BolibError, NotebookError, ParameterError, SourceError
from bolib.run import FAILED, PRODUCED, REPORTS, UNPROVEN, WRONG, Limits, Request, run_day
from bolib.run.notebook import Attempt, check_parameters, defaults, execute, read_notebook
from bolib.run.publish import fresh, only_writer, publish
from bolib.run.rerun import rerun
from bolib.run.series import missed

DAY = "2026-03-31"


@pytest.fixture(autouse=True)
def _without_data(monkeypatch):
    monkeypatch.setattr("bolib.load.load", tiny_day.load)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under `folder` with its bytes, the lock apart."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def failure_of(folder: Path, report: str, *cells: str, **settings):
    """Return the only failure of a day whose `report` holds these cells, and the outcome."""
    notebook(folder, report, *cells)
    outcome = run_day(request(folder, **settings))
    assert outcome.status == FAILED
    (failure,) = outcome.failures
    assert failure.name == report
    return failure, outcome


def ended(process: int) -> bool:
    """Return whether a process ends within ten seconds."""
    deadline = time.monotonic() + 10
    while Path(f"/proc/{process}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return not Path(f"/proc/{process}").exists()


def test_a_day_is_published_with_its_pages_notebooks_results_and_record(tmp_path):
    outcome = run_day(request(tmp_path))
    assert outcome.status == PRODUCED
    written = contents(tmp_path / "out" / DAY)
    assert {f"{name}.{kind}" for name in REPORTS for kind in ("html", "ipynb")} <= set(written)
    assert {"index.html", "run.json", "results/findings.csv", "results/findings.parquet"} <= set(written)
    record = json.loads(written["run.json"])
    assert (record["as_of"], record["proven"], record["previous"]) == (DAY, True, None)
    assert record["verdict"]["text"] == " ".join(f"{name} looked at {DAY}" for name in REPORTS)


def test_nothing_but_the_day_is_left_in_the_reports_folder(tmp_path):
    run_day(request(tmp_path))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".lock", DAY]


def test_an_executed_notebook_does_not_write_over_the_published_results(tmp_path):
    run_day(request(tmp_path))
    executed = nbformat.read(tmp_path / "out" / DAY / "pnl.ipynb", as_version=4)
    given = next(cell for cell in executed.cells if "injected-parameters" in cell.metadata.tags)
    assert 'results = ""' in given.source


def test_a_second_run_of_the_day_gives_the_same_results(tmp_path):
    given = request(tmp_path)
    assert run_day(given).summary["results"] == run_day(given).summary["results"]


def test_an_unproven_day_is_published_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("bolib.load.load", partial(tiny_day.load, proven=False))
    outcome = run_day(request(tmp_path))
    assert outcome.status == UNPROVEN
    assert outcome.summary["verdict"]["text"].startswith("NOT PROVEN. ")
    assert outcome.summary["verdict"]["level"] == "bad"


def test_a_report_that_is_not_proven_makes_the_day_unproven(tmp_path):
    notebook(tmp_path, "pnl", "unpriced = 1")
    outcome = run_day(request(tmp_path))
    assert (outcome.status, outcome.summary["proven"]) == (UNPROVEN, False)


def test_a_failing_cell_is_named_with_its_error(tmp_path):
    failure, outcome = failure_of(tmp_path, "deadlines", "1 + 1", "1 / 0", "2 + 2")
    assert (failure.cell, failure.cells_run, failure.cells) == (4, 3, 7)  # parameters, those given, 1 + 1, then it
    assert (failure.reason, failure.source) == ("ZeroDivisionError: division by zero", "1 / 0")
    page = (outcome.folder / "index.html").read_text()
    assert outcome.folder.name == f"{DAY}.failed"
    assert "ZeroDivisionError" in page
    assert "1 / 0" in page


def test_leaving_python_half_way_is_a_failure(tmp_path):
    failure, _ = failure_of(tmp_path, "pnl", "import sys; sys.exit(0)")
    assert (failure.kind, failure.cell) == ("SystemExit", 3)


def test_an_error_a_cell_does_not_show_is_a_failure_all_the_same(tmp_path):
    hidden = "get_ipython()._showtraceback = lambda *told: None\n1 / 0"
    failure, outcome = failure_of(tmp_path, "pnl", hidden)
    assert (failure.kind, failure.cell, failure.reason) == ("ZeroDivisionError", 3, "ZeroDivisionError: division by zero")
    assert "ZeroDivisionError" in (outcome.folder / "index.html").read_text()


def test_a_dead_kernel_is_a_failure_of_the_cell_that_ran(tmp_path):
    failure, outcome = failure_of(tmp_path, "anomalies", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert (failure.kind, failure.cell) == ("DeadKernelError", 3)
    executed = nbformat.read(outcome.folder / "anomalies.ipynb", as_version=4)
    states = [cell.metadata.papermill.status for cell in executed.cells if cell.cell_type == "code"]
    assert states == ["completed", "completed", "not run", "not run", "not run"]


def test_a_kernel_that_dies_before_it_answers_is_a_failure_told_at_once(tmp_path):
    begun = time.monotonic()
    attempt = execute(Attempt("pnl", tmp_path / "no folder to start in"), nbformat.v4.new_notebook(), {"as_of": DAY})
    assert attempt.failure.reason == "RuntimeError: the kernel died before it answered"
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("limits", [Limits(cell=2, notebook=60), Limits(cell=60, notebook=8)], ids=["cell", "notebook"])
def test_a_cell_is_stopped_at_the_limit(tmp_path, limits):
    begun = time.monotonic()
    failure, _ = failure_of(tmp_path, "pnl", "import time; time.sleep(50)", limits=limits, reports=("pnl",))
    assert (failure.kind, failure.cell) == ("CellTimeoutError", 3)
    assert time.monotonic() - begun < 30


def test_a_failed_run_touches_nothing_that_was_published(tmp_path):
    given = request(tmp_path)
    run_day(given)
    before = contents(tmp_path / "out" / DAY)
    failure_of(tmp_path, "pnl", "1 / 0")
    assert contents(tmp_path / "out" / DAY) == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".lock", DAY, f"{DAY}.failed"]


def test_a_good_run_clears_the_failure_of_its_day(tmp_path):
    failure_of(tmp_path, "pnl", "1 / 0")
    notebook(tmp_path, "pnl")
    run_day(request(tmp_path))
    assert not (tmp_path / "out" / f"{DAY}.failed").exists()


def test_a_source_that_cannot_be_read_is_told_once(tmp_path, monkeypatch):
    def unreadable(*_):
        raise SourceError("trades.csv", "a file", "none", "Ask the sender.")

    monkeypatch.setattr("bolib.load.load", unreadable)
    outcome = run_day(request(tmp_path))
    assert outcome.status == FAILED
    assert [(failure.name, failure.reason) for failure in outcome.failures] == [
        ("load", "trades.csv: expected a file, found none. Ask the sender.")
    ]
    assert "Ask the sender." in (outcome.folder / "index.html").read_text()


def test_a_parameter_refused_by_a_notebook_publishes_nothing(tmp_path):
    given = request(tmp_path)
    notebook(tmp_path, "pnl", "from bolib.errors import ParameterError", "raise ParameterError('a', 'b', 'c', 'd')")
    outcome = run_day(given)
    assert (outcome.status, outcome.failures[0].reason) == (WRONG, "a: expected b, found c. d")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [".lock"]


def test_unknown_and_mistyped_parameters_are_refused(tmp_path):
    request(tmp_path)
    found = read_notebook(tmp_path / "notebooks" / "pnl.ipynb")
    assert defaults(found, "pnl")["as_of"] == "2026-03-31"
    check_parameters(found, {"as_of": "2026-01-02", "thresholds": {"PNL-01": {}}}, "pnl")
    with pytest.raises(ParameterError, match="found .'bussiness_date'"):
        check_parameters(found, {"bussiness_date": "2026-01-02"}, "pnl")
    with pytest.raises(ParameterError, match=r"parameter as_of: expected a str, found 20260102 \(int\)"):
        check_parameters(found, {"as_of": 20260102}, "pnl")


def test_a_notebook_without_parameters_cell_is_refused(tmp_path):
    request(tmp_path)
    path = tmp_path / "notebooks" / "pnl.ipynb"
    path.write_text(path.read_text().replace('"parameters"', '"others"'))
    with pytest.raises(NotebookError, match="one cell tagged `parameters`"):
        run_day(request(tmp_path))


def test_fewer_reports_do_not_replace_a_published_day(tmp_path):
    given = request(tmp_path)
    run_day(given)
    with pytest.raises(ParameterError, match="expected the reports already published"):
        run_day(replace(given, reports=("pnl",)))


def test_a_second_run_at_the_same_time_is_refused(tmp_path):
    with only_writer(tmp_path), pytest.raises(BolibError, match="no other run, found process"), only_writer(tmp_path):
        pass
    with only_writer(tmp_path):
        pass


def test_a_run_killed_in_the_middle_leaves_the_published_day_whole_and_no_process(tmp_path):
    run_day(request(tmp_path))
    before = contents(tmp_path / "out")
    cell = "import os, time; open('processes', 'w').write(f'{os.getpid()} {os.getppid()}'); time.sleep(60)"
    killed = subprocess.Popen([sys.executable, tiny_day.__file__, str(tmp_path), cell])
    work = tmp_path / "out" / f".{DAY}.new" / "results" / "parts" / "anomalies.json"
    processes = tmp_path / "notebooks" / "processes"
    deadline = time.monotonic() + 60
    while not (work.exists() and processes.exists() and processes.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert work.exists()
    assert {name: text for name, text in contents(tmp_path / "out").items() if not name.startswith(".")} == before
    with only_writer(tmp_path / "out"):
        assert contents(tmp_path / "out") == before
    assert all(ended(int(process)) for process in processes.read_text().split())


def test_a_run_killed_between_the_two_renames_is_undone_by_the_next(tmp_path):
    (tmp_path / f".{DAY}.old").mkdir()
    (tmp_path / f".{DAY}.old" / "index.html").write_text("yesterday's")
    with only_writer(tmp_path):
        assert (tmp_path / DAY / "index.html").read_text() == "yesterday's"


def test_publishing_replaces_a_folder_of_the_same_name(tmp_path):
    for text in ("first", "second"):
        prepared = fresh(tmp_path, DAY)
        (prepared / "index.html").write_text(text)
        publish(prepared, tmp_path / DAY)
    assert [path.name for path in tmp_path.iterdir()] == [DAY]
    assert (tmp_path / DAY / "index.html").read_text() == "second"


def test_missed_days_are_the_business_days_since_the_last_proven_run(tmp_path):
    for name, proven in (("2026-03-26", True), ("2026-03-27", False)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.json").write_text(json.dumps({"proven": proven}))
    # 27 March 2026 is a Friday, produced but not proven.
    assert missed(tmp_path, date(2026, 3, 31)) == [date(2026, 3, day) for day in (27, 30, 31)]
    assert missed(tmp_path / "empty", date(2026, 3, 31)) == [date(2026, 3, 31)]


def test_what_a_kernel_leaves_on_the_disk_goes_with_it(tmp_path):
    notebook(tmp_path, "pnl", "import tempfile; left = tempfile.mkdtemp(); print('left', left)")
    executed = nbformat.read(run_day(request(tmp_path)).folder / "pnl.ipynb", as_version=4)
    printed = next(cell.outputs[0].text for cell in executed.cells if "mkdtemp" in cell.source)
    assert not Path(printed.split()[1]).exists()


def test_no_kernel_outlives_a_run(tmp_path):
    given = request(tmp_path)
    notebook(tmp_path, "pnl", "import os; print('kernel', os.getpid())")
    outcome = run_day(given)
    executed = nbformat.read(outcome.folder / "pnl.ipynb", as_version=4)
    printed = next(cell.outputs[0].text for cell in executed.cells if "getpid" in cell.source)
    with pytest.raises(ProcessLookupError):
        os.kill(int(printed.split()[1]), 0)


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Return the request and folder of a day published by the tiny notebooks, which `rerun` finds too."""
    given = request(tmp_path)
    (given.parameters / "pnl.yml").write_text("floor: 1000\n")
    monkeypatch.setattr("bolib.run.rerun.Request", partial(Request, notebooks=given.notebooks))
    return given, run_day(given).folder


def test_a_run_is_rebuilt_from_its_archive(published):
    given, folder = published
    (given.parameters / "pnl.yml").write_text("floor: 2000\n")  # what changed since does not matter
    found = rerun(folder, given.archive)
    assert (found.different, found.changed) == ([], {})
    assert found.compared == 6  # completeness, set_aside and findings, each as CSV and Parquet


def test_a_run_that_cannot_be_repeated_alike_names_the_results(published):
    given, folder = published
    record = json.loads((folder / "run.json").read_text())
    record["results"]["findings.csv"] = "0" * 64
    record["versions"]["duckdb"] = "1.0"
    (folder / "run.json").write_text(json.dumps(record))
    found = rerun(folder, given.archive)
    assert found.different == ["findings.csv"]
    assert found.changed["duckdb"][0] == "1.0"


def test_a_run_whose_archive_lost_a_file_says_which(published):
    given, folder = published
    for kept in (given.archive / "inputs").rglob("*.yml"):
        kept.unlink()
    with pytest.raises(BolibError, match=r"pnl.yml: expected its content at .* found none"):
        rerun(folder, given.archive)
