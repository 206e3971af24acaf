"""The command that compares any two files."""

import json
import tempfile
from pathlib import Path

import click

from bolib.cli.options import FAILED, PRODUCED, UNPROVEN, debug, folder

SHOWN = 400
"""Rows of each table drawn in the page."""


def _listed(context, option, values: tuple[str, ...]) -> str:
    """Return the columns of an option that may be given once with commas, or again for each."""
    return ",".join(values)


@click.command()
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@click.option(
    "--on",
    required=True,
    multiple=True,
    callback=_listed,
    help="Columns that tell one row from another: id, or id,date; id=ID where named otherwise on the right.",
)
@click.option(
    "--compare",
    multiple=True,
    callback=_listed,
    help="Columns that must agree: amount,value_date=Valeur; may be repeated, as --on.",
)
@click.option(
    "--tolerance",
    "tolerances",
    multiple=True,
    help="amount=0.01, amount=0.01:rounding, value_date=2d; may be repeated.",
)
@click.option("--amount", help="The column of which sums are shown; by default the first number of --compare.")
@click.option("--decimal", type=click.Choice([",", "."]), help="Decimal mark, where the numbers of a file do not tell.")
@click.option("--date", help="How dates are written, as %d/%m/%Y, where they do not tell.")
@folder("--out", "Folder for the page match.html, and matches, breaks and differences as Parquet and CSV.")
@click.option("--memory", help="Limit of the engine's memory, as in 2GB; by default 800MB, the rest goes to disk.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict for a scheduler.")
@debug
def match(left: Path, right: Path, out: Path | None, memory: str | None, as_json: bool, **asked) -> int:
    """Compare any two files: CSV, Parquet, Excel, JSON lines, bank statements, packed or not.

    Exit status: 0 every row matched, 3 breaks, 2 wrong arguments, 1 a file that cannot be read.
    """
    from bolib.comparison import MEMORY, compared
    from bolib.comparison import asked as question_of
    from bolib.comparison.files import PAGE, shown, whole, write
    from bolib.engine import open_engine
    from bolib.report import comparison as report
    from bolib.run.progress import on_terminal

    question = question_of(left, right, **asked)
    engine = open_engine("duckdb", memory or MEMORY)
    try:
        with tempfile.TemporaryDirectory(prefix="bolib-match-") as scratch, on_terminal("bolib match") as progress:
            outcome = compared(question, Path(scratch), engine, progress)
            if out:
                with whole(out) as place:
                    page = report.render(outcome, shown(outcome, engine, SHOWN), write(outcome, place, engine))
                    (place / PAGE).write_text(page, encoding="utf-8")
    finally:
        engine.close()
    status = FAILED if not outcome.proven else UNPROVEN if outcome.broken else PRODUCED
    click.echo(_as_json(outcome, report.classes(outcome), status, out) if as_json else "\n".join(report.lines(outcome)))
    if out and not as_json:
        click.echo(out / PAGE)
    return status


def _as_json(outcome, classes: list[dict], status: int, out: Path | None) -> str:
    plain = ("class", "currency", "LEFT", "RIGHT", "LEFT_amount", "RIGHT_amount")
    rows = [{name.lower(): row.get(name) for name in plain} for row in classes]
    told = {"status": status, "proven": outcome.proven, "matched": outcome.matched, "breaks": outcome.broken}
    accepted = [{**row, "total": str(row["total"]), "gross": str(row["gross"])} for row in outcome.accepted]
    told |= {"classes": rows, "accepted": accepted, "folder": str(out) if out else None}
    return json.dumps(told, ensure_ascii=False, default=str)
