"""All that stands behind one finding: its rule as it was that day, its figures, its records, what surrounds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bolib.errors import RuleError
from bolib.findings import shown
from bolib.rulebook import Rule, Rulebook
from bolib.workbench.neighbours import Neighbours, around_date, around_records

NOT_FIGURES = ("arithmetic", "_file", "_line")
"""Ends of columns shown elsewhere on the sheet."""


@dataclass(frozen=True)
class Detail:
    """One finding, opened. `sources` are its records, table by table; `figures` what the control
    says beyond them; `lost` are places no loaded row stands at."""

    finding: dict[str, Any]
    rule: Rule | None
    versions: list[Rule]
    arithmetic: str
    figures: dict[str, str]
    thresholds: dict[str, Any]
    sources: dict[str, pd.DataFrame]
    lost: list[str]
    neighbours: Neighbours | None


def opened(
    finding: dict[str, Any], tables: Mapping[str, pd.DataFrame], results: Mapping[str, pd.DataFrame], rulebook: Rulebook
) -> Detail:
    """Return the detail of a prepared finding, read from the tables loaded and the results of the day."""
    evidence = finding["evidence"]
    row = evidence.get("row", {})
    places = [(source["file"], source["line"]) for source in evidence.get("sources", [])]
    sources = records_at(places, tables)
    aside = records_at(places, {"set_aside": _as_source(results["set_aside"])}) if "set_aside" in results else {}
    rule, versions = _rule(rulebook, finding)
    return Detail(
        finding=finding,
        rule=rule,
        versions=versions,
        arithmetic=evidence.get("arithmetic") or row.get("arithmetic") or "",
        figures=_figures(row, sources),
        thresholds=evidence.get("thresholds") or {},
        sources=sources | aside,
        lost=[
            file if line is None else f"{file}, line {line}"
            for file, line in places
            if not _stands(sources | aside, file, line)
        ],
        neighbours=_neighbours(finding, row, sources, tables, results),
    )


def records_at(places: list[tuple[str, int]], tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the accepted rows that stand at (file, line), by table; a place may hold none."""
    found = {}
    for name, rows in tables.items():
        here = pd.Series(False, index=rows.index)
        for file, line in places:
            here |= ((rows["source_file"] == file) & (rows["source_line"] == line)).fillna(False).astype(bool)
        if here.any():
            found[name] = rows[here].reset_index(drop=True)
    return found


def _as_source(aside: pd.DataFrame) -> pd.DataFrame:
    return aside.rename(columns={"file": "source_file", "line": "source_line"})


def _stands(sources: dict[str, pd.DataFrame], file: str, line: int) -> bool:
    return any(((rows["source_file"] == file) & (rows["source_line"] == line)).any() for rows in sources.values())


def _rule(rulebook: Rulebook, finding: dict) -> tuple[Rule | None, list[Rule]]:
    try:
        rule = rulebook.at(finding["rule"], finding["business_date"])
    except RuleError:
        return None, []
    return rule, rulebook.rules(rule.id)


def _figures(row: dict[str, str], sources: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return what the control saw, less what the records beside it say in the same words."""
    told = {
        (name, shown(None if pd.isna(value) else value))
        for rows in sources.values()
        for record in rows.to_dict("records")
        for name, value in record.items()
    }
    return {name: value for name, value in row.items() if (name, value) not in told and not name.endswith(NOT_FIGURES)}


def _neighbours(finding: dict, row: dict, sources: dict, tables: Mapping, results: Mapping) -> Neighbours | None:
    for name, records in sources.items():
        if found := around_records(name, records, tables):
            return found
    return around_date(row, finding["business_date"], {**results, **tables})
