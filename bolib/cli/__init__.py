"""The commands. Every error is one line that says what to do next; `--debug` shows where it comes from."""

import atexit
import gc
import os
import signal
import sys

import click

from bolib import __version__
from bolib.cli import day, match, rules
from bolib.cli.drill import drill
from bolib.cli.options import FAILED, PRODUCED, STOPPED, WRONG
from bolib.errors import BolibError, CalendarError, ParameterError, RuleError

RARELY = 100_000
"""Objects made before Python looks for those that can go: most of what a command makes, it imports, and that stays."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="bolib %(version)s")
def commands() -> None:
    """Prove a back office's day: daily P&L, deadlines and anomalies, from the operations up."""


for command in (day.run, day.check, rules.due, rules.rules, rules.impact, match.match, day.rerun, drill, day.lab):
    commands.add_command(command)


def main() -> None:
    """Run the command line and leave with the exit status of the contract."""
    gc.set_threshold(RARELY)
    signal.signal(signal.SIGTERM, _interrupted)
    code = FAILED
    atexit.register(lambda: _leave(code))  # the first of them is the last to be called
    try:
        code = status(sys.argv[1:])
    except SystemExit as left:  # of click, which completes a command line in a shell
        code = left.code
    sys.exit(code)


def _leave(code: int) -> None:
    """End the process as it stands: Python would take apart all that was imported, for a quarter of a second."""
    if sys.stdout and isinstance(code, int):
        sys.stdout.flush()
        os._exit(code)


def _interrupted(*_signal) -> None:
    raise KeyboardInterrupt


def status(arguments: list[str]) -> int:
    """Run one command; return its exit status, having told an error in one line."""
    try:
        return commands.main(arguments, prog_name="bolib", standalone_mode=False) or PRODUCED
    except click.exceptions.Exit as left:
        return left.exit_code
    except (Exception, KeyboardInterrupt) as error:
        if "--debug" in arguments:
            raise
        sentence, code = told(error)
        click.echo(" ".join(sentence.split()), err=True)
        return code


def told(error: BaseException) -> tuple[str, int]:
    """Return an error in one sentence with its exit status."""
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        return "Stopped; nothing was published.", STOPPED
    if isinstance(error, click.ClickException):
        where = error.ctx.command_path if getattr(error, "ctx", None) else "bolib"
        return f"{where}: {error.format_message()} See {where} --help.", WRONG
    if isinstance(error, (ParameterError, RuleError, CalendarError)):
        return str(error), WRONG
    if isinstance(error, BolibError):
        return str(error), FAILED
    if isinstance(error, OSError) and error.filename and error.strerror:
        wanted = "a file or folder that can be read and written"
        remedy = "Correct its name or its rights, or make room."
        return str(BolibError(error.filename, wanted, error.strerror.lower(), remedy)), FAILED
    return f"{type(error).__name__}: {error}. Run it again with --debug to see where.", FAILED
