"""The results of a report: kept together for the page, written for others, read again tomorrow."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bolib.engine.duck import write_csv
from bolib.rulebook import SEVERITIES
from bolib.tables.results import CARRIED, RESULTS

if TYPE_CHECKING:
    from bolib.day import Day

LEVELS = ("good", "warning", "bad")

READ_TOMORROW = frozenset(declared.name for declared in CARRIED.values())
"""Results that only the next evening's run reads: what was open or agreed, under the names their files gave it."""


@dataclass(frozen=True)
class Verdict:
    """The report in one sentence; `level` is one of LEVELS, `counts` the findings by severity."""

    text: str
    level: str
    counts: dict[str, int]


def judged(day: "Day", said: str, findings: pa.Table, checked: list[dict]) -> Verdict:
    """Return the verdict of a report: its own sentence, then how many controls ran and what they found."""
    counts = Counter(findings["severity"].to_pylist())
    ran = sum(item["status"] == "ran" for item in checked)
    found = ", ".join(f"{counts[name]:,} {name.lower()}" for name in SEVERITIES if counts[name]) or "nothing found"
    controls = f"{ran:,} control{'s' * (ran != 1)} ran: {found}." if ran else "No control ran, for want of tables."
    level = "bad" if counts["CRITICAL"] or not day.proven else "warning" if counts else "good"
    return Verdict(f"{said} {controls}", level, dict(counts))


@dataclass(frozen=True, eq=False)
class Result:
    """What a report found: result tables by name (pandas on Arrow), findings, controls, verdict."""

    report: str
    day: "Day"
    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    gone: pd.DataFrame
    checked: list[dict]
    verdict: Verdict
    headline: list[dict] = field(default_factory=list)


def frame(rows: pa.Table) -> pd.DataFrame:
    """Return `rows` in pandas, still on Arrow types, so that decimals and dates stay exact."""
    return rows.to_pandas(types_mapper=pd.ArrowDtype)


def save(result: Result) -> None:
    """Write the tables and findings of `result` under its day's results folder; nothing where there is none."""
    folder = result.day.results
    if folder is None:
        return
    (folder / "parts").mkdir(parents=True, exist_ok=True)
    for name, rows in result.tables.items():
        if name in RESULTS:
            write(folder, name, rows)
    findings = folder / "parts" / f"{result.report}.parquet"
    pq.write_table(pa.Table.from_pandas(result.findings, preserve_index=False), findings)
    part = {
        "proven": result.day.proven,
        "verdict": vars(result.verdict),
        "headline": result.headline,
        "checked": result.checked,
    }
    (folder / "parts" / f"{result.report}.json").write_text(json.dumps(part, indent=1, default=str), encoding="utf-8")


def write(folder: Path, name: str, rows: pd.DataFrame) -> None:
    """Write `<name>.parquet` and, where people read it, `<name>.csv`; rows in the order of the key.

    Without dictionaries: in sorted rows zstd finds what repeats better by itself, by a third. Without Arrow's own
    schema: the types of results are Parquet's, and small files are half made of it.
    """
    order = [*(column for column in RESULTS[name].key if column in rows.columns), *rows.columns]
    key = [(column, "ascending") for column in dict.fromkeys(order)]
    sorted_rows = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata().sort_by(key)
    packed = {"compression": "zstd", "compression_level": 9, "use_dictionary": False, "store_schema": False}
    pq.write_table(sorted_rows, folder / f"{name}.parquet", **packed)
    if name not in READ_TOMORROW:
        write_csv(sorted_rows, folder / f"{name}.csv")


def read(folder: Path, name: str) -> pa.Table | None:
    """Return a result written earlier, or None where that run has none."""
    path = folder / f"{name}.parquet"
    return pq.read_table(path) if path.exists() else None


def earlier(history: Path | None, as_of) -> Path | None:
    """Return the results folder of the last published day before `as_of`, or None."""
    found = earlier_days(history, as_of)
    return found[-1] if found else None


def earlier_days(history: Path | None, as_of) -> list[Path]:
    """Return the results folders of every published day before `as_of`, the oldest first."""
    if history is None or not history.is_dir():
        return []
    days = sorted(folder for folder in history.glob("????-??-??") if folder.name < as_of.isoformat())
    return [folder / "results" for folder in days if (folder / "results").is_dir()]
