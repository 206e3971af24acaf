"""The drill: known faults planted in a copy of the day and the months before it, and what the controls say of them.

    copy ─► faults, each on a row of the day ─► groups that do not meet ─► days replayed ─► who caught what

The data are copied as they were accepted, replayed once as they are (what is said then does not count), and once for
each group of faults. Nothing outside a temporary folder is written before the result is there.
"""

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from bolib import PROJECT
from bolib.drill.deliveries import MISHAPS, declare, deliver
from bolib.drill.entries_file import ENTRIES, deliver_entries
from bolib.drill.faults import Fault, catalogue
from bolib.drill.groups import Group, NotPlanted, arranged
from bolib.drill.judgement import Stray, Verdict, judged
from bolib.drill.own_limit import with_own_limit
from bolib.drill.planting import Planted, candidates, changed_texts, days_of, delivered_on
from bolib.drill.replay import KEPT, REPORTS, Replay, replay
from bolib.drill.replica import Replica, write_table
from bolib.load import load
from bolib.rulebook import load_rulebook
from bolib.tables.results import RESULTS
from bolib.views import result_schema

__all__ = ["Drilled", "Fault", "Request", "drill"]

Progress = Callable[[str, int, int], Any]


@dataclass(frozen=True)
class Request:
    """What to drill: the day and where its data and settings are. `faults` None is the whole catalogue."""

    as_of: date
    data: Path = PROJECT / "data/sample"
    parameters: Path = PROJECT / "parameters"
    seed: int = 1
    faults: tuple[Fault, ...] | None = None
    reports: tuple[str, ...] = tuple(REPORTS)


@dataclass(frozen=True)
class Drilled:
    """What came out: a verdict for each fault planted, alerts nothing explains, faults not planted and why.

    `baseline` is what the clean copy said, by day; `copies` the number of copies with faults; `lent` says what the bank
    was given for the drill and does not have.
    """

    request: Request
    verdicts: list[Verdict]
    strays: list[Stray]
    left: list[NotPlanted]
    baseline: dict[date, Replay]
    copies: int
    days: list[date] = field(default_factory=list)
    lent: str = ""


def drill(request: Request, progress: Progress = lambda *_: None) -> Drilled:
    """Plant the faults, replay the days, and return what was caught."""
    faults = catalogue(request.parameters) if request.faults is None else request.faults
    loaded = load(request.data, request.parameters, request.as_of)
    replica = Replica(loaded, request.as_of)
    with tempfile.TemporaryDirectory(prefix="bolib-drill-") as scratch:
        try:
            given, lent = with_own_limit(request.parameters, request.as_of, Path(scratch))
            found = _drilled(replace(request, parameters=given), list(faults), replica, Path(scratch), progress)
            return replace(found, request=request, lent=lent)
        finally:
            replica.close()


def _drilled(request: Request, faults: list[Fault], replica: Replica, scratch: Path, progress: Progress) -> Drilled:
    clean = scratch / "clean"
    replica.write(clean)
    days = sorted({day for one in faults for day in _lived(request.as_of, one)} | {request.as_of})
    progress("the clean copy", 0, 1)
    baseline = {one.day: one for one in replay(clean, request.parameters, days, request.reports)}
    _remember(replica, baseline, request.as_of)
    barred = partial(_barred, replica.present, _to_come(request, baseline[request.as_of]))
    groups, left = arranged(faults, partial(candidates, replica, seed=request.seed), barred, _known(baseline))
    found = Drilled(request, [], [], left, baseline, len(groups), days)
    for number, group in enumerate(groups):
        progress("copies with faults", number, len(groups))
        folder = _copy(replica, group, clean, scratch / f"group{number}", days)
        first = min(one.day for one in group.planted)
        since = [day for day in days if day >= first]
        replays = replay(folder, request.parameters, since, request.reports, group.blind_to, baseline.values())
        verdicts, strays = judged(group.planted, replays, baseline)
        found.verdicts.extend(verdicts)
        found.strays.extend(replace(stray, copy=number) for stray in strays)
        shutil.rmtree(folder)
    progress("copies with faults", len(groups), len(groups))
    return found


def _lived(as_of: date, fault: Fault) -> set[date]:
    """Return the days to replay for a fault: when it happens and, where it is about what that published, before."""
    days = days_of(as_of, fault.days_before)
    return {days["day"], days["d1"]} if fault.published else {days["day"]}


def _remember(replica: Replica, baseline: dict[date, Replay], as_of: date) -> None:
    """Let faults be planted on what the clean copy published the evening before; empty where none was replayed."""
    before = max((day for day in baseline if day < as_of), default=None)
    for name in KEPT:
        rows = baseline[before].published.get(name) if before else None
        given = pa.Table.from_pandas(rows, preserve_index=False) if rows is not None else None
        replica.publish(name, given if given is not None else result_schema(RESULTS[name]).empty_table())


def _to_come(request: Request, clean: Replay) -> dict[str, date]:
    """Return the controls whose rule is not in force yet, and since when it will be."""
    book = load_rulebook(request.parameters / "rulebook")
    starts = {name: book.rules(item["rule"])[0].valid_from for name, item in clean.controls.items()}
    return {name: start for name, start in starts.items() if start > request.as_of}


def _barred(present: set[str], to_come: dict[str, date], fault: Fault) -> str:
    """Return why a fault cannot be planted at all in this data on this day, or nothing."""
    missing = [] if fault.file else sorted(fault.tables - present)
    if missing:
        return f"the table {', '.join(missing)} was not received"
    if fault.caught_by and set(fault.caught_by) <= set(to_come):
        return f"the rule of {', '.join(fault.caught_by)} is in force from {to_come[fault.caught_by[0]]}"
    return ""


def _known(baseline: dict[date, Replay]) -> Callable[[Planted], bool]:
    """Return what tells whether a row is a breach already, of a control that should find the fault, or of any."""
    said: dict[str, set[str]] = defaultdict(set)
    keys: list[set[str]] = []
    for found in baseline.values():
        for alert in found.alerts:
            said[alert.control] |= alert.names
            keys.append(alert.key_words)

    def known(one: Planted) -> bool:
        if one.fault.decoy or one.fault.fresh:
            return any(one.marks & words or one.own and one.own <= words for words in keys)
        return any(one.marks & said[control] for control in one.fault.caught_by)

    return known


def _copy(replica: Replica, group: Group, clean: Path, folder: Path, days: list[date]) -> Path:
    """Write a copy of the day with the faults of a group; return its folder."""
    shutil.copytree(clean, folder)
    changed = {name for one in group.planted if not one.fault.file for name in one.fault.tables}
    for name in sorted(changed):
        _remove(folder, name)
        write_table(folder, name, changed_texts(replica.texts(name), name, group.planted))
    sources = {}
    for one in (one for one in group.planted if one.fault.file):
        _remove(folder, one.fault.table)
        sources |= _delivered(replica, one, folder)
    declare(folder, sources)
    return folder


def _delivered(replica: Replica, one: Planted, folder: Path) -> dict[str, Any]:
    """Deliver the table of a fault of files, with what goes wrong on its way; return how the copy declares it."""
    name, rows = one.fault.table, replica.texts(one.fault.table)
    if one.fault.file in ENTRIES:
        path, sources = deliver_entries(folder, rows, one.day)
        ENTRIES[one.fault.file](path, one.day)
        return sources
    delivery, source = deliver(folder, name, rows, delivered_on(days_of(one.day, 0)))
    MISHAPS[one.fault.file](delivery, one.day)
    return {name: source}


def _remove(folder: Path, name: str) -> None:
    (folder / f"{name}.csv").unlink(missing_ok=True)
    shutil.rmtree(folder / name, ignore_errors=True)
