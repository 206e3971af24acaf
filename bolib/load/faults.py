"""What is wrong with the files themselves: twice, late, missing, out of sequence, not proven, set aside, unread."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pyarrow as pa

from bolib.errors import ParameterError
from bolib.formats import Irregularity
from bolib.load.arrivals import Arrival
from bolib.load.sources import Source


def _fault(control: str, severity: str, key: str, message: str, **evidence) -> dict:
    return {
        "control": control,
        "severity": severity,
        "key": key,
        "message": message,
        "evidence": json.dumps(evidence, default=str, sort_keys=True, ensure_ascii=False),
    }


def arrival_faults(sources: Iterable[Source], arrivals: list[Arrival], as_of: date) -> list[dict]:
    """Return what is late, missing or out of sequence among the files of each source."""
    of_source = defaultdict(list)
    for arrival in arrivals:
        of_source[arrival.source.name].append(arrival)
    faults = []
    for source in sources:
        found = of_source[source.name]
        faults += _expected(source, found, as_of) if source.expected else []
        faults += _gaps(source, found)
    return faults


def _expected(source: Source, found: list[Arrival], as_of: date) -> list[dict]:
    """Return LOAD-02 where the day's file is missing, or came after its hour (`by`, UTC)."""
    from bolib.calendars import calendar  # takes a while to import, for the few sources that need it

    name = source.expected.get("daily", "CALENDAR")
    [is_open] = calendar(name, as_of, as_of)["open"].to_pylist()
    if not is_open:
        return []
    of_day = [arrival for arrival in found if arrival.day in (None, as_of)]
    if not of_day:
        message = f"{source.name}: no file for {as_of}, a business day of {name}."
        return [_fault("LOAD-02", "MAJOR", f"{source.name} {as_of}", message, calendar=name, files=source.files)]
    limit = _limit(source, as_of)
    return [
        _fault(
            "LOAD-02", "MINOR", one.name, f"{one.name} came at {one.arrived_at:%Y-%m-%d %H:%M} UTC, due {limit} UTC."
        )
        for one in of_day
        if limit and one.day == as_of and one.arrived_at > limit
    ]


def _limit(source: Source, as_of: date) -> datetime | None:
    """Return the moment the day's file is due: `by` on that day, or, as `+1 07:30`, days later."""
    if "by" not in source.expected:
        return None
    later, _, hour = source.expected["by"].rpartition(" ")
    try:
        return datetime.strptime(f"{as_of} {hour}", "%Y-%m-%d %H:%M") + timedelta(days=int(later or 0))
    except ValueError as error:
        where = f"sources.yml, source {source.name}, expected by"
        raise ParameterError(where, "an hour as '18:30' or '+1 07:30'", source.expected["by"], "Correct it.") from error


def _gaps(source: Source, found: list[Arrival]) -> list[dict]:
    """Return LOAD-03 for each run of numbers missing between the first and the last received."""
    numbers = sorted({arrival.sequence for arrival in found if arrival.sequence is not None})
    pairs = zip(numbers, numbers[1:], strict=False)
    return [
        _fault(
            "LOAD-03",
            "MAJOR",
            f"{source.name} {low + 1}",
            f"{source.name}: nothing between {low} and {high}, missing files: {high - low - 1}.",
            first=low + 1,
            last=high - 1,
        )
        for low, high in pairs
        if high > low + 1
    ]


def duplicate_fault(name: str, first: str, sha256: str) -> dict:
    """Return LOAD-01: a file whose content came before under another name."""
    message = f"{name} has the content of {first}; its rows are not counted again."
    return _fault("LOAD-01", "MAJOR", name, message, first=first, sha256=sha256)


def unread_fault(name: str) -> dict:
    """Return LOAD-06: a file that looks like rows and belongs to no table."""
    message = f"{name} is read by no source: name it after its table, or declare it in sources.yml."
    return _fault("LOAD-06", "MINOR", name, message)


IRREGULAR = {"C-01": "LOAD-07", "C-02": "LOAD-08", "C-03": "LOAD-09", "C-04": "LOAD-10"}
"""Control of each rule a file of accounting entries may break and still be read."""


def irregular_fault(name: str, one: Irregularity) -> dict:
    """Return LOAD-07 to LOAD-10: what is not as the format wants it."""
    lines = "" if one.line is None else f", {one.count:,} in all, first in line {one.line:,}"
    message = f"{name}: {one.reason}{lines}."
    return _fault(IRREGULAR[one.rule], "MINOR", f"{name}: {one.reason}", message, rule=one.rule, line=one.line)


def proof_faults(completeness: pa.Table, set_aside: pa.Table) -> list[dict]:
    """Return LOAD-04 for each file that is not proven and LOAD-05 for each source with rows set aside."""
    files = completeness.to_pylist()
    wrong = {row["file"]: row for row in files if not row["proven"]}
    unproven = [
        _fault("LOAD-04", "CRITICAL", file, f"{file} is not proven: {row['reason']}.", source=row["source"])
        for file, row in wrong.items()
    ]
    aside, read, reasons = Counter(), Counter(), _reasons(set_aside)
    for row in files:
        aside[row["source"]] += row["rows_set_aside"]
        read[row["source"]] += row["rows_read"]
    said = {name: f"{name}: {aside[name]:,} of {read[name]:,} rows set aside." for name in sorted(aside) if aside[name]}
    return unproven + [_fault("LOAD-05", "MAJOR", name, text, reasons=reasons[name]) for name, text in said.items()]


def _reasons(set_aside: pa.Table) -> dict[str, Counter]:
    """Return by source how many rows each column and reason set aside."""
    found: dict[str, Counter] = defaultdict(Counter)
    by = ["source", "column", "reason"]
    for row in set_aside.select(by).group_by(by).aggregate([([], "count_all")]).to_pylist():
        found[row["source"]][f"{row['column'] or 'row'}: {row['reason']}"] += row["count_all"]
    return found
