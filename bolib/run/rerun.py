"""A past run once more, from the inputs and parameters it was made from: are the results the same?"""

import json
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bolib.errors import BolibError, ParameterError
from bolib.run import Outcome, Progress, Request, run_day, silent
from bolib.run.publish import restore
from bolib.run.record import versions


@dataclass(frozen=True)
class Comparison:
    """The results of a run and of its repetition: files that differ, and versions that changed meanwhile."""

    different: list[str]
    compared: int
    changed: dict[str, tuple[str, str]]


def rerun(folder: Path, archive: Path, progress: Progress = silent) -> Comparison:
    """Repeat the run published in `folder` in a temporary place; return how its results compare."""
    record = _record(folder)
    with tempfile.TemporaryDirectory(prefix="bolib-rerun-") as place:
        for name in ("data", "parameters"):
            restore(record["kept"][name], archive, Path(place) / name)
        outcome = run_day(_request(record, folder, archive, Path(place)), progress)
        if outcome.failures:
            raise _stopped(folder, outcome)
    found, before = outcome.summary["results"], record["results"]
    now = versions()
    changed = {name: (old, now.get(name, "none")) for name, old in record["versions"].items() if now.get(name) != old}
    different = sorted(name for name in {*found, *before} if found.get(name) != before.get(name))
    return Comparison(different, len({*found, *before}), changed)


def _record(folder: Path) -> dict[str, Any]:
    path = folder / "run.json"
    if not path.exists():
        raise ParameterError(str(folder), "the folder of a published day, with run.json", "none", "Correct RUN.")
    return json.loads(path.read_text(encoding="utf-8"))


def _request(record: dict[str, Any], folder: Path, archive: Path, place: Path) -> Request:
    given = record["parameters"]
    return Request(
        date.fromisoformat(record["as_of"]),
        data=place / "data",
        parameters=place / "parameters",
        out=place / "reports",
        history=folder.parent,
        archive=archive,
        reports=tuple(record["reports"]),
        thresholds=given["thresholds"],
        engine=given["engine"],
        memory=given["memory"],
    )


def _stopped(folder: Path, outcome: Outcome) -> BolibError:
    first = outcome.failures[0]
    return BolibError(f"{folder.name}, run again", "a run that ends", f"{first.name}, {first.sentence}", "See --debug.")
