"""The commands of the day: run it, check its files, rebuild it, look at it."""

import json
import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from bolib.cli.options import FAILED, PRODUCED, UNPROVEN, WRONG, IsoDate, data_folder, debug, folder
from bolib.errors import ParameterError

UNREADABLE = ("not a date", "not a number", "not a whole number", "not true or false")
"""How the reasons begin that all rows of a file share which writes its values another way."""


@click.command()
@click.option("--as-of", type=IsoDate(), required=True, help="Business day to run.")
@data_folder
@folder("--out", "Folder the reports are written to; by default reports/ in the project.")
@click.option("--report", "reports", multiple=True, help="Only this report; may be repeated. By default all three.")
@click.option("--catch-up", is_flag=True, help="First run the business days missed since the last good run, in order.")
@click.option("--engine", help="duckdb (the default), spark, or the URL of a Spark cluster.")
@click.option("--memory", help="Limit of the engine's memory, as in 2GB.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict for a scheduler.")
@debug
def run(as_of: date, catch_up: bool, as_json: bool, reports: tuple[str, ...], **given) -> int:
    """Run the day: load, prove, compute, control, render.

    Exit status: 0 produced and proven, 3 produced but NOT PROVEN, 2 wrong arguments or parameters,
    1 failed (the folder DATE.failed says why; nothing else is touched).
    """
    from bolib.warm import warm_up

    warm_up()  # it imports for a while, and so does this process
    from bolib.run import Request

    request = Request(as_of, **{name: value for name, value in given.items() if value} | known(reports))
    worst = PRODUCED
    for day in _missed(request.out, as_of) if catch_up else [as_of]:
        outcome = _watched(replace(request, as_of=day))
        click.echo(_as_json(outcome) if as_json else _as_text(outcome), err=not as_json and bool(outcome.failures))
        worst = worse(worst, outcome.status)
        if outcome.failures:
            break  # the next days build on this one
    return worst


def _missed(out: Path, as_of: date) -> list[date]:
    from bolib.run.series import missed  # the calendars, which a day alone does not need

    return missed(out, as_of)


def _watched(request):
    """Run one day, its progress shown on a terminal and gone when it ends."""
    from bolib.run import run_day
    from bolib.run.progress import on_terminal

    with on_terminal(f"bolib {request.name}") as progress:
        return run_day(request, progress)


def known(reports: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the reports asked for, in their usual order; an unknown name is refused."""
    from bolib.run import REPORTS

    unknown = sorted(set(reports) - set(REPORTS))
    if unknown:
        raise ParameterError("--report", f"names among {list(REPORTS)}", str(unknown), "Correct the name.")
    return {"reports": tuple(name for name in REPORTS if name in reports)} if reports else {}


def worse(one: int, other: int) -> int:
    """Return the exit status to keep of two days."""
    return max(one, other, key=(PRODUCED, UNPROVEN, FAILED, WRONG).index)


def _as_text(outcome) -> str:
    """Return what a person reads; the reasons of a failure go to stderr, one a line."""
    page = f" See {outcome.folder / 'index.html'}" if outcome.folder else ""
    if outcome.failures:
        return "\n".join(f"{failure.name}, {failure.sentence}{page}" for failure in outcome.failures)
    return f"{outcome.summary['as_of']}: {outcome.summary['verdict']['text']}\n{outcome.folder / 'index.html'}"


def _as_json(outcome) -> str:
    kept = {name: outcome.summary.get(name) for name in ("as_of", "proven", "verdict", "findings")}
    failures = [{"name": found.name, "cell": found.cell, "reason": found.reason} for found in outcome.failures]
    folder = str(outcome.folder) if outcome.folder else None
    return json.dumps({"status": outcome.status, **kept, "folder": folder, "failures": failures}, ensure_ascii=False)


@click.command()
@data_folder
@click.option("--as-of", type=IsoDate(), help="Business day the files are for; by default the sample's, or today.")
@debug
def check(data: Path | None, as_of: date | None) -> int:
    """Load and validate only: completeness of each file, and the rows set aside with their reasons.

    Exit status: 0 proven, 3 NOT PROVEN, 2 wrong arguments or parameters, 1 a file that cannot be read.
    """
    from bolib.load import load
    from bolib.run import Request

    request = Request(as_of or date.today(), **({"data": data} if data else {}))
    loaded = load(request.data, request.parameters, request.as_of)
    for row in loaded.completeness.to_pylist():
        click.echo(
            "{file}: {rows_read} rows read, {rows_accepted} accepted, {rows_set_aside} set aside, "
            "{rows_excluded} excluded. {reason}".format(**row)
        )
    for fault in loaded.findings:
        click.echo("{severity} {control}: {message}".format(**fault))
    for line in _set_aside(loaded.set_aside.to_pylist()):
        click.echo(line)
    click.echo("PROVEN" if loaded.proven else "NOT PROVEN")
    return PRODUCED if loaded.proven else UNPROVEN


def _set_aside(rows: list[dict]) -> list[str]:
    """Return a line a fault: where a column of a file breaks a rule often, its first row stands for them."""
    found: dict[tuple, list[dict]] = {}
    for row in rows:
        found.setdefault((row["file"], row["column"], row["reason"]), []).append(row)
    lines = []
    for (file, column, reason), alike in found.items():
        at = f", column {column}: {alike[0]['value']}" if column else ""
        more = f" and {len(alike) - 1:,} more" if len(alike) > 1 else ""
        hint = "; declare how the file writes it in sources.yml" if more and reason.startswith(UNREADABLE) else ""
        lines.append(f"{file}, line {alike[0]['line']}{more}{at}: {reason}{hint}")
    return lines


@click.command()
@click.argument("run")
@folder("--archive", "Folder the inputs were kept in; by default data/archive in the project.")
@debug
def rerun(run: str, archive: Path | None) -> int:
    """Rebuild the published day RUN (a date in reports/, or a folder) and compare every result.

    Exit status: 0 identical, 3 different, 1 it cannot be rebuilt.
    """
    from bolib import PROJECT
    from bolib.run.progress import on_terminal
    from bolib.run.rerun import rerun as repeated

    published = Path(run) if Path(run).is_dir() else PROJECT / "reports" / run
    with on_terminal(f"bolib rerun {published.name}") as progress:
        found = repeated(published.resolve(), archive or PROJECT / "data/archive", progress)
    for name in found.different:
        click.echo(f"{name}: different")
    for name, (before, now) in found.changed.items():
        click.echo(f"{name} was {before}, is {now}")
    click.echo(f"{found.compared - len(found.different)} of {found.compared} results identical")
    return UNPROVEN if found.different else PRODUCED


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@debug
def lab(options: tuple[str, ...]) -> int:
    """Open JupyterLab on the investigation notebook; OPTIONS are JupyterLab's own, as --no-browser."""
    from bolib import PROJECT

    command = [sys.executable, "-m", "jupyterlab", str(PROJECT / "notebooks/investigate.ipynb")]
    # No question to the outside: neither news nor updates.
    quiet = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    os.execv(sys.executable, [*command, f"--ServerApp.root_dir={PROJECT}", *quiet, *options])
