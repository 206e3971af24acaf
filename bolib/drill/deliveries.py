"""Faults of whole files. The table arrives as numbered files of the day, each with a control file that declares its
rows, and something goes wrong on the way.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from bolib.drill.replica import write_file
from bolib.tables import TABLES

COMES, DUE = time(18, 0), time(20, 0)
"""When (UTC) the files of the drill come, and when they are due."""


@dataclass(frozen=True)
class Delivery:
    """The files of a table, the oldest first; the last is that of the day."""

    table: str
    files: list[Path]

    @property
    def of_the_day(self) -> Path:
        """Return the day's file."""
        return self.files[-1]


def file_name(name: str, day: date, number: int) -> str:
    """Return what the file of a table for a day is called."""
    return f"{name}_{day:%Y%m%d}_{number}.csv"


def names_of(name: str, days: list[date]) -> list[str]:
    """Return what findings about the files of a table, one for each of the days, may call them."""
    numbered = [file_name(name, day, number) for number, day in enumerate(days, start=1)]
    return [name, *numbered, file_name(name, days[-1], len(days) + 1), f"correction_of_{name}.csv"]


def deliver(folder: Path, name: str, rows: pa.Table, days: list[date]) -> tuple[Delivery, dict[str, Any]]:
    """Write a table as one file for each of the days; return it with its entry for sources.yml.

    Rows older than the first day stand in the first file.
    """
    moment = pc.utf8_slice_codeunits(rows[TABLES[name].dated], 0, len("2026-03-31"))
    files, before = [], pc.equal(moment, "")
    for number, day in enumerate(days, start=1):
        until = pc.less_equal(moment, day.isoformat()) if day != days[-1] else pc.is_valid(moment)
        path = folder / file_name(name, day, number)
        part = rows.filter(pc.and_(until, pc.invert(before)))
        write_file(path, part)
        path.with_suffix(".ctl").write_text(f"{part.num_rows}\n", encoding="utf-8")
        files.append(path)
        before = pc.or_(before, until)
        _came(path, day, COMES)
    pattern = name + "_{date:%Y%m%d}_{sequence}.csv"
    declared = {"files": pattern, "control": {"file": "{stem}.ctl", "rows": r"^(\d+)$"}}
    return Delivery(name, files), declared | {"expected": {"daily": "CALENDAR", "by": f"{DUE:%H:%M}"}}


def declare(folder: Path, sources: dict[str, Any]) -> None:
    """Write the sources.yml of a copy."""
    (folder / "sources.yml").write_text(yaml.safe_dump({"sources": sources}), encoding="utf-8")


def _came(path: Path, day: date, at: time) -> None:
    moment = datetime.combine(day, at, UTC).timestamp()
    os.utime(path, (moment, moment))


def _largest(delivery: Delivery) -> Path:
    return max(delivery.files, key=lambda path: path.stat().st_size)


def _dropped(delivery: Delivery, day: date) -> None:
    delivery.of_the_day.unlink()
    delivery.of_the_day.with_suffix(".ctl").unlink()


def _late(delivery: Delivery, day: date) -> None:
    _came(delivery.of_the_day, day, time(22, 15))


def _twice(delivery: Delivery, day: date) -> None:
    again = delivery.of_the_day.with_name(file_name(delivery.table, day, len(delivery.files) + 1))
    whole = _largest(delivery)
    again.write_bytes(whole.read_bytes())
    again.with_suffix(".ctl").write_bytes(whole.with_suffix(".ctl").read_bytes())
    _came(again, day, time(18, 30))


def _gap(delivery: Delivery, day: date) -> None:
    lost = delivery.files[1]
    lost.unlink()
    lost.with_suffix(".ctl").unlink()


def _truncated(delivery: Delivery, day: date) -> None:
    whole = _largest(delivery)
    was = whole.stat().st_mtime
    lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    whole.write_text("".join(lines[:-1]), encoding="utf-8")
    os.utime(whole, (was, was))


def _misnamed(delivery: Delivery, day: date) -> None:
    """A correction sent under a name nobody agreed on."""
    path = delivery.files[0]
    (path.parent / f"correction_of_{delivery.table}.csv").write_bytes(path.read_bytes())


def _swapped_columns(delivery: Delivery, day: date) -> None:
    """The first two columns of different types change places in the day's heading, not in its rows."""
    path = _largest(delivery)
    was = path.stat().st_mtime
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    names = [name.strip('"') for name in head.split(",")]
    kinds = [TABLES[delivery.table][name].type for name in names]
    one = next(place for place, kind in enumerate(kinds) if kind in ("date", "timestamp"))
    other = next(place for place, kind in enumerate(kinds) if kind in ("amount", "quantity", "price", "rate"))
    names[one], names[other] = names[other], names[one]
    path.write_text(",".join(names) + "\n" + rest, encoding="utf-8")
    os.utime(path, (was, was))


def _reordered(delivery: Delivery, day: date) -> None:
    """The same rows in another order: nothing is wrong."""
    path = delivery.files[0]
    was = path.stat().st_mtime
    head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *reversed(lines)]), encoding="utf-8")
    os.utime(path, (was, was))


MISHAPS: dict[str, Callable[[Delivery, date], None]] = {
    "dropped": _dropped,
    "late": _late,
    "twice": _twice,
    "gap": _gap,
    "truncated": _truncated,
    "misnamed": _misnamed,
    "swapped_columns": _swapped_columns,
    "reordered": _reordered,
}
"""What can happen to the files of a table on their way."""
