"""What the commands share: exit statuses, dates, folders."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bolib.errors import ParameterError

SAMPLE_DAY = date(2026, 3, 31)
"""The business day of data/sample."""

PRODUCED, FAILED, WRONG, UNPROVEN, STOPPED = 0, 1, 2, 3, 130


class IsoDate(click.ParamType):
    """A date in ISO form."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            raise ParameterError(param.opts[0], "a date as 2026-03-31", repr(value), "Correct the date.") from None


class IsoEvent(click.ParamType):
    """A date, or a moment, in ISO form; a moment without an offset is on the clocks of the rule's place."""

    name = "date or moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date | datetime:
        """Return the date, or the moment where an hour is given."""
        try:
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            wanted = "a date as 2026-03-31 or a moment as 2026-03-31T14:00"
            raise ParameterError(param.opts[0], wanted, repr(value), "Correct the date.") from None


def folder(name: str, meaning: str) -> Callable:
    """Return an option for a folder, relative to where the user stands."""
    return click.option(name, type=click.Path(path_type=Path, resolve_path=True), help=meaning)


debug = click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")
data_folder = folder("--data", "Folder with the operations; by default the sample day.")
