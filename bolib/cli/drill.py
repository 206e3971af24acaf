"""The command of the drill: known faults planted in a copy of the day, and who found them."""

import json
from datetime import date
from pathlib import Path

import click

from bolib.cli.options import FAILED, PRODUCED, SAMPLE_DAY, IsoDate, data_folder, debug, folder

TOLD = 12
"""Missed faults named on the terminal; the page has them all."""


@click.command()
@data_folder
@click.option(
    "--as-of", type=IsoDate(), help="Business day to drill; by default the sample's, or the last one before today."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Which of the rows that fit the faults are planted on."
)
@folder("--out", "Folder the page is written to; by default reports/drill/DATE in the project.")
@click.option("--list", "listed", is_flag=True, help="Print every fault: who found it, on which day, the field named.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for a scheduler.")
@debug
def drill(data: Path | None, as_of: date | None, seed: int, out: Path | None, listed: bool, as_json: bool) -> int:
    """Plant known faults in a copy of the day, and print which controls caught them.

    Nothing of the data is touched. Exit status: 0 enough was found and no control that was given a fault is blind,
    1 not so, or it did not run to its end, 2 wrong arguments or parameters.
    """
    from bolib import PROJECT
    from bolib.drill import Request
    from bolib.drill import drill as drilled
    from bolib.drill.certificate import certified
    from bolib.drill.record import record
    from bolib.rulebook import load_rulebook
    from bolib.run.progress import on_terminal

    day = as_of or (_last_business_day() if data else SAMPLE_DAY)
    request = Request(day, seed=seed, **({"data": data} if data else {}))
    with on_terminal(f"bolib drill {day}") as progress:
        found = drilled(request, progress)
    book = load_rulebook(request.parameters / "rulebook")
    result = certified(found, book)
    page = record(result, book, request.parameters, out or PROJECT / "reports" / "drill" / day.isoformat())
    click.echo(_as_json(result, page) if as_json else _as_text(result, page, listed))
    return PRODUCED if result.passed else FAILED


def _last_business_day() -> date:
    from bolib.calendars import calendar

    return calendar("TARGET", date.today(), date.today())["previous_open"][0].as_py()


def _as_text(result, page: Path, listed: bool) -> str:
    from bolib.drill.record import manner, sentence

    missed = [row for row in result.faults if row["planted"] and not row["decoy"] and not row["caught"]]
    lines = [f"missed: {row['title']} ({row['table']}, {row['key']})" for row in missed[:TOLD]]
    lines += [f"and {len(missed) - TOLD} more missed"] if len(missed) > TOLD else []
    lines += [f"blind: {row['control']} {row['why']}" for row in result.blind]
    lines += [f"false alarm: {row['day']} {row['control']} {row['message']}" for row in result.false_alarms[:TOLD]]
    every = [_fault(row) for row in result.faults if row["planted"] and not row["decoy"]] if listed else []
    return "\n".join([*every, f"{result.as_of}: {sentence(result)}", manner(result), *lines, str(page)])


def _fault(row: dict) -> str:
    if not row["caught"]:
        return f"{row['fault']} on {row['key']}: not found"
    named = "named" if row["field_named"] else "not named"
    return f"{row['fault']} on {row['key']}: {row['caught_by']} on {row['caught_on']}, {row['field']} {named}"


def _as_json(result, page: Path) -> str:
    from bolib.drill.record import shares

    told = {
        "status": PRODUCED if result.passed else FAILED,
        "as_of": result.as_of.isoformat(),
        "seed": result.seed,
        "shares": {one["label"]: [one["part"], one["whole"]] for one in shares(result)},
        "missed": [row["fault"] for row in result.faults if row["planted"] and not row["decoy"] and not row["caught"]],
        "blind": [row["control"] for row in result.blind],
        "not_proven": [row["control"] for row in result.controls if row["status"] == "NOT_PROVEN"],
        "false_alarms": len(result.false_alarms),
        "page": str(page),
    }
    return json.dumps(told, ensure_ascii=False)
