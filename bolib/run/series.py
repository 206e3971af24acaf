"""The days missed since the last good run."""

import json
from datetime import date
from pathlib import Path

from bolib.calendars import calendar


def last_good(reports: Path, before: date) -> date | None:
    """Return the last day before `before` that was produced and proven, or None."""
    runs = [run for run in reports.glob("????-??-??/run.json") if run.parent.name < before.isoformat()]
    good = [run.parent.name for run in runs if json.loads(run.read_text(encoding="utf-8"))["proven"]]
    return date.fromisoformat(max(good)) if good else None


def missed(reports: Path, as_of: date) -> list[date]:
    """Return the TARGET business days after the last good run, then `as_of`; only `as_of` where none was good."""
    last = last_good(reports, as_of)
    if last is None:
        return [as_of]
    days = calendar("TARGET", last, as_of).to_pylist()
    return [day["date"] for day in days if day["open"] and last < day["date"] < as_of] + [as_of]
