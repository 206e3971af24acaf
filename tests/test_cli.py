"""Commands: exit statuses of the contract, and errors in one line that says what to do next."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import tiny_day
from drawn_day import drawn_day
from tiny_day import notebook, request

from bolib.cli import commands, status
from bolib.cli.day import worse
from bolib.cli.options import FAILED, PRODUCED, SAMPLE_DAY, STOPPED, UNPROVEN, WRONG
from bolib.drill import Drilled, Fault
from bolib.drill.judgement import Verdict
from bolib.drill.planting import Planted
from bolib.drill.replay import Alert, Replay

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
        (["due", "NONE-01", "--from", "2026-03-31"], "rule NONE-01: expected one of the "),
        (["due", "F-01", "--from", "31/3"], "--from: expected a date as 2026-03-31 or a moment as 2026-03-31T14:00, found"),
        (["due", "H-07", "--from", "2026-03-31"], "rule H-07: expected a rule with a clock, found one without."),
        (["due", "F-02.final", "--from", "2017-01-01"], "rule F-02.final: expected an event from 2018-01-13 to now"),
        (["due", "F-03.ack", "--from", "2026-03-31", "--calendar", "MOON"], "calendar MOON: expected one of CALENDAR"),
        (["impact"], "bolib impact: Missing option '--on'. See bolib impact --help."),
        (["impact", "--on", "11/10/2027"], "--on: expected a date as 2026-03-31, found '11/10/2027'. Correct the date."),
        (["impact", "--on", "2027-10-11", "--as-of", "2026-04-05"], "as_of: expected a TARGET business day, found Sunday"),
        (["rules", "Z-01"], "rule Z-01: expected one of the "),
    ],
)  # fmt: skip
def test_wrong_arguments_leave_with_2_and_one_line(arguments, line, capsys):
    assert status(arguments) == WRONG
    printed = capsys.readouterr()
    assert printed.err.startswith(line)
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_a_folder_that_cannot_be_written_is_named_in_one_line(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert status([*RUN, "--out", str(tmp_path / "file")]) == FAILED
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{tmp_path}/file: expected a file or folder that can be read and written, found file exists.")


def test_a_fault_of_many_rows_is_one_line(tmp_path, capsys):
    days = [f"{day:02}/03/2026,USD,1.1498" for day in (30, 31)]
    (tmp_path / "fx_rates.csv").write_text("\n".join(["date,currency,rate", *days, "2026-03-31,EURO,1.0"]) + "\n")
    assert status(["check", "--data", str(tmp_path)]) == PRODUCED
    printed = capsys.readouterr().out.splitlines()
    many = "fx_rates.csv, line 2 and 1 more, column date: 30/03/2026: not a date; declare how the file writes it in"
    assert f"{many} sources.yml" in printed
    assert "MAJOR LOAD-05: fx_rates: 3 of 3 rows set aside." in printed
    assert any(line.startswith("fx_rates.csv, line 4, column currency: EURO: ") for line in printed)


def test_debug_shows_where_an_error_comes_from():
    with pytest.raises(Exception, match="expected a folder"):
        status([*RUN, "--data", "/nowhere", "--debug"])


def test_a_due_date_comes_with_its_arithmetic_and_citation(capsys):
    assert status(["due", "F-02.answer", "--from", "2026-12-21"]) == PRODUCED
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "2027-01-13"
    assert printed[1] == "15 PSP business days from 21 Dec 2026, 25 Dec, 1 Jan excluded → 13 Jan 2027"
    assert printed[3] == "Code monétaire et financier L133-45 (read in the legal text itself)"


def printed(arguments, capsys):
    assert status(arguments) == PRODUCED
    return capsys.readouterr().out.splitlines()


def test_a_word_prints_all_the_clocks_it_begins(capsys):
    lines = printed(["due", "F-01", "--from", "2026-03-31"], capsys)
    assert [line for line in lines if not line.startswith(" ")] == ["F-01.ack: 2026-04-13", "F-01.answer: 2026-05-31"]
    assert lines[1] == "  10 jours ouvrables from 31 Mar 2026, 6 Apr excluded → 13 Apr 2026"


def test_one_of_several_clocks_that_was_not_in_force_says_so(capsys):
    lines = printed(["due", "E-17", "--from", "2018-06-01"], capsys)
    assert lines[0] == "E-17.answer: expected an event from 2019-11-17 to now, found one of 2018-06-01"


def test_another_calendar_is_counted_on_when_asked(capsys):
    # Good Friday 3 April 2026 is a holiday in Alsace-Moselle alone, Easter Monday in all France
    assert printed(["due", "E-41.declare", "--from", "2026-04-01"], capsys)[0] == "2026-04-03"
    lines = printed(["due", "E-41.declare", "--from", "2026-04-01", "--calendar", "OUVRE-57"], capsys)
    assert lines[:2] == [
        "2026-04-07",
        "2 jours ouvrés (Alsace-Moselle) from 1 Apr 2026, 3 and 6 Apr excluded → 7 Apr 2026",
    ]


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2026-03-27", "2026-03-30T12:00+02:00"),  # a Friday; summer time begins on Sunday
        ("2026-03-26T23:30", "2026-03-27T12:00+01:00"),  # on the clocks of Paris
        ("2026-03-26T23:30+00:00", "2026-03-30T12:00+02:00"),  # Friday 0:30 in Paris
    ],
)
def test_a_rule_with_an_hour_prints_the_moment(moment, end, capsys):
    lines = printed(["due", "C-25.actual", "--from", moment], capsys)
    assert lines[0] == end
    assert lines[1].endswith(", 12:00 Europe/Paris")
    assert lines[3].endswith("(from memory, fairly sure; to be verified)")


def test_a_rule_in_hours_needs_the_moment_and_counts_through_summer_time(capsys):
    lines = printed(["due", "H-06.intermediate.relief", "--from", "2026-03-27T14:00"], capsys)
    assert lines[0] == "2026-03-30T15:00+02:00"
    assert lines[1].startswith("72 hours from 27 Mar 2026 14:00, the clocks change → 30 Mar 2026 15:00")
    assert status(["due", "H-06.intermediate.relief", "--from", "2026-03-27"]) == WRONG
    assert "expected the moment of the event, found only its day. Give the hour too." in capsys.readouterr().err


def test_rules_are_listed_with_their_confidence_and_who_watches_them(capsys):
    lines = printed(["rules"], capsys)
    [line] = [line for line in lines if line.startswith("F-02.answer ")]
    assert line.split()[1] == "V1" and line.endswith("[COMPL-03, deadlines/complaints/complaints]")
    alone = printed(["rules", "--unwatched"], capsys)
    assert all(re.search(r"\[nothing watches it(: no table holds .+)?\]$", line) for line in alone[:-1])
    assert lines[-1].split(", ")[-1].startswith(f"{len(alone) - 1} that no control")


def test_a_rule_is_said_with_its_versions_its_clock_and_its_law(capsys):
    lines = printed(["rules", "A-01"], capsys)
    assert lines[0] == "A-01, from 2015-01-01 to 2027-10-10, MAJOR"
    assert "  Starts: trade_date. Ends: 2 TARGET days from the event." in lines
    assert "  Replaced by A-02." in lines
    assert "(read in a secondary source)" in lines[3]


TRADES = """
    trade_id | version | action | venue | trade_date | settlement_date | entered_at       | net_amount | currency
    Paris    | 1       | NEW    | XPAR  | 2026-03-30 | 2026-04-01      | 2026-03-30 09:00 | 1100.00    | EUR
    Milan    | 1       | NEW    | XMIL  | 2026-03-30 | 2026-04-01      | 2026-03-30 09:00 | 20.00      | USD
"""


def test_the_impact_of_other_rules_is_counted_and_written(tmp_path, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(
        "bolib.day.open_day", lambda *given: asked.append(given) or drawn_day(*given[:2], trades=TRADES)
    )
    lines = printed(["impact", "--on", "2027-10-11", "--out", str(tmp_path / "new")], capsys)
    assert lines[0] == "A-02: 2 trades (1,100.00 EUR, 20.00 USD), as Milan: 2026-04-01 → 2026-03-31"
    assert lines[1].endswith("Regulation (EU) 2025/2075 article 1, OJ L 14.10.2025")
    assert lines[2] == "2 objects of 2026-03-31 would have another date or amount under the rules of 2027-10-11."
    assert lines[3] == f"{tmp_path}/new/impact.csv"
    assert (tmp_path / "new" / "impact.csv").read_text(encoding="utf-8").splitlines() == [
        "object_type,key,rule,before,after,amount,currency",
        "trade,Milan,A-02,2026-04-01,2026-03-31,20.00,USD",
        "trade,Paris,A-02,2026-04-01,2026-03-31,1100.00,EUR",
    ]
    assert printed(["impact", "--on", "2026-03-31"], capsys) == ["Nothing would change under the rules of 2026-03-31."]
    assert [str(day) for _, day, _ in asked] == ["2026-03-31"] * 2


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


@pytest.fixture
def small_drill(monkeypatch, tmp_path):
    """Let `bolib drill` have planted one fault, which the controls named by `caught` found."""

    def planted(*caught: str) -> list[str]:
        fault = Fault("x", "A fault", "wrong side", "trades", field="side", caught_by=("COH-03",))
        heard = Verdict(Planted(fault, SAMPLE_DAY, "T1", frozenset({"T1"})))
        for name in caught:
            heard.hear(Alert(name, "anomalies", "MAJOR", "T1", "said", frozenset({"T1"}), frozenset()), SAMPLE_DAY)
        check = {"control": "COH-03", "title": "Differs?", "severity": "CRITICAL", "rule": "C-24", "missing": []}
        clean = {SAMPLE_DAY: Replay(SAMPLE_DAY, [], {"anomalies": [check | {"status": "ran"}]})}
        monkeypatch.setattr(
            "bolib.drill.drill",
            lambda request, progress: Drilled(request, [heard], [], [], clean, 1, [request.as_of]),
        )
        return ["drill", "--out", str(tmp_path / "drill")]

    return planted


def test_a_drill_that_found_enough_leaves_with_0_and_names_its_page(small_drill, capsys, tmp_path):
    assert status(small_drill("COH-03")) == PRODUCED
    first, manner, page = capsys.readouterr().out.splitlines()
    assert first.startswith("2026-03-31: 1 of 1 planted faults of 1 kinds were found. 1 of 1 controls are proven")
    assert manner.startswith("Of 1 faults found 1 were on the day they happened, and 0 with the field")
    assert page == str(tmp_path / "drill" / "drill.html") and (tmp_path / "drill" / "drill.html").exists()


def test_every_fault_is_listed_on_request_with_who_found_it_and_when(small_drill, capsys):
    assert status([*small_drill("COH-03"), "--list"]) == PRODUCED
    assert capsys.readouterr().out.splitlines()[0] == "x on T1: COH-03 on 2026-03-31, side not named"
    assert status([*small_drill(), "--list"]) == FAILED
    assert capsys.readouterr().out.splitlines()[0] == "x on T1: not found"


def test_a_blind_control_leaves_with_1_and_is_named(small_drill, capsys):
    assert status(small_drill()) == FAILED
    printed = capsys.readouterr().out
    assert "missed: A fault (trades, T1)" in printed and "blind: COH-03 did not find x" in printed


def test_the_scheduler_gets_the_drill_as_json(small_drill, capsys):
    assert status([*small_drill(), "--json"]) == FAILED
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["missed"], told["blind"]) == (1, ["x"], ["COH-03"])
    assert told["shares"]["Controls proven"] == [0, 1]


def test_what_completes_a_command_line_leaves_with_0():
    asked = {**os.environ, "_BOLIB_COMPLETE": "bash_source"}
    done = subprocess.run([Path(sys.executable).parent / "bolib"], env=asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "") and "_bolib_completion" in done.stdout
