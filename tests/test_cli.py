"""Commands: exit statuses of the contract, and errors in one line that says what to do next."""

import json
import signal
import subprocess
import sys
import time
from functools import partial

import pytest
import tiny_day
from tiny_day import notebook, request

from bolib.cli import FAILED, PRODUCED, STOPPED, UNPROVEN, WRONG, commands, status, worse

RUN = ["run", "--as-of", "2026-03-31"]


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Let `bolib run` run the tiny day of this folder."""
    monkeypatch.setattr("bolib.load.load", tiny_day.load)
    monkeypatch.setattr("bolib.run.Request", lambda as_of, **given: request(tmp_path, as_of=as_of, **given))
    return tmp_path


def test_a_good_day_prints_its_verdict_and_its_page(tiny, capsys):
    assert status(RUN) == PRODUCED
    printed = capsys.readouterr()
    assert printed.out.startswith("2026-03-31: pnl looked at 2026-03-31")
    assert printed.out.endswith(f"{tiny}/out/2026-03-31/index.html\n")
    assert printed.err == ""  # silent in a pipe


def test_an_unproven_day_leaves_with_3(tiny, monkeypatch):
    monkeypatch.setattr("bolib.load.load", partial(tiny_day.load, proven=False))
    assert status(RUN) == UNPROVEN


def test_a_failed_day_leaves_with_1_and_names_the_cell(tiny, capsys):
    notebook(tiny, "pnl", "1 / 0")
    assert status(RUN) == FAILED
    (line, *_) = capsys.readouterr().err.splitlines()
    assert line.startswith("pnl, cell 3 of 5, `1 / 0`: ZeroDivisionError: division by zero.")
    assert line.endswith(f"See {tiny}/out/2026-03-31.failed/index.html")


def test_the_scheduler_gets_json(tiny, capsys):
    status([*RUN, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["proven"], told["as_of"]) == (0, True, "2026-03-31")
    assert told["findings"] == {"CRITICAL": 0, "MAJOR": 0, "MINOR": 0}
    notebook(tiny, "pnl", "1 / 0")
    status([*RUN, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["failures"][0]["cell"]) == (1, 3)


def test_missed_days_are_caught_up_in_order(tiny, capsys):
    status(["run", "--as-of", "2026-03-27"])
    assert status([*RUN, "--catch-up"]) == PRODUCED
    assert sorted(path.name for path in (tiny / "out").glob("2026*")) == ["2026-03-27", "2026-03-30", "2026-03-31"]


def test_catching_up_ends_at_the_day_that_fails(tiny, capsys):
    status(["run", "--as-of", "2026-03-27"])
    notebook(tiny, "pnl", "assert as_of != '2026-03-30'")
    assert status([*RUN, "--catch-up"]) == FAILED
    assert sorted(path.name for path in (tiny / "out").glob("2026*")) == ["2026-03-27", "2026-03-30.failed"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["run"], "bolib run: Missing option '--as-of'. See bolib run --help."),
        (["run", "--as-of", "31/3"], "--as-of: expected a date as 2026-03-31, found '31/3'. Correct the date."),
        ([*RUN, "--report", "pln"], "--report: expected names among ['pnl', 'deadlines', 'anomalies'], found ['pln']."),
        ([*RUN, "--data", "/nowhere"], "/nowhere: expected a folder with the operations, found none. Correct --data."),
        (["rum"], "bolib: No such command 'rum'. Did you mean 'run'? See bolib --help."),
        (["due", "NONE-01", "--from", "2026-03-31"], "rule NONE-01: expected one of "),
    ],
)  # fmt: skip
def test_wrong_arguments_leave_with_2_and_one_line(arguments, line, capsys):
    assert status(arguments) == WRONG
    printed = capsys.readouterr()
    assert printed.err.startswith(line)
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_debug_shows_where_an_error_comes_from():
    with pytest.raises(Exception, match="expected a folder"):
        status([*RUN, "--data", "/nowhere", "--debug"])


def test_a_due_date_comes_with_its_arithmetic_and_citation(capsys):
    assert status(["due", "F-02.answer", "--from", "2026-12-21"]) == PRODUCED
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "2027-01-13"
    assert printed[1] == "15 PSP business days from 21 Dec 2026, 25 Dec, 1 Jan excluded → 13 Jan 2027"
    assert printed[3] == "Code monétaire et financier L133-45 (read in the legal text itself)"


def test_the_worst_of_several_days_is_the_status():
    assert worse(PRODUCED, UNPROVEN) == UNPROVEN
    assert worse(UNPROVEN, FAILED) == FAILED
    assert worse(FAILED, PRODUCED) == FAILED


def test_every_command_and_option_says_what_it_does():
    for name, command in commands.commands.items():
        assert command.help, name
        assert [found.opts for found in command.params if found.param_type_name == "option" and not found.help] == []


def test_a_stopped_run_leaves_nothing(tmp_path):
    stopped = subprocess.Popen([sys.executable, tiny_day.__file__, str(tmp_path), "import time; time.sleep(60)"])
    prepared = tmp_path / "out" / ".2026-03-31.new" / "results" / "parts" / "anomalies.json"
    deadline = time.monotonic() + 60
    while not prepared.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait(20) == STOPPED
    assert [path.name for path in (tmp_path / "out").iterdir()] == [".lock"]
