"""A day of any report, made of a few drawn tables, with the rules and thresholds the project ships."""

import datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import yaml
from drawn import drawn

from bolib.control import catalogue
from bolib.day import Day, filled
from bolib.engine import open_engine
from bolib.findings import with_thresholds
from bolib.rulebook import Rulebook, load_rulebook
from bolib.tables import TABLES
from bolib.tables.results import RESULTS
from bolib.views import complete

PARAMETERS = Path(__file__).parent.parent / "parameters"


@cache
def _as_shipped(report: str) -> tuple[str, Rulebook]:
    """Return the parameters file of a report and the rulebook, each read once."""
    return (PARAMETERS / f"{report}.yml").read_text(encoding="utf-8"), load_rulebook(PARAMETERS / "rulebook")


def drawn_day(
    report: str, as_of: str | datetime.date, thresholds: dict | None = None, faults: list[dict] | None = None, **tables: str
) -> Day:
    """Return the day of the drawn tables; `completeness` and `set_aside` may be drawn too, `faults` are of the load."""
    rows = {name: complete(TABLES[name], drawn(name, text)) for name, text in tables.items() if name in TABLES}
    proof = {name: _result(name, tables.get(name)) for name in ("completeness", "set_aside")}
    proven = all(proof["completeness"]["proven"].to_pylist())
    count = sum(map(len, rows.values()))
    loaded = SimpleNamespace(tables=rows, rows=count, proven=proven, findings=faults or [], heads=[], **proof)
    shipped, rulebook = _as_shipped(report)
    settings = yaml.load(shipped, yaml.CSafeLoader)
    changes = settings.pop("thresholds") | (thresholds or {})
    day = datetime.date.fromisoformat(str(as_of))
    return Day(
        report=report,
        as_of=day,
        engine=filled(open_engine(rows=loaded.rows), loaded, day),
        loaded=loaded,
        parameters=settings,
        rulebook=rulebook,
        controls=with_thresholds(catalogue(report, PARAMETERS), changes),
        results=None,
        history=None,
        notice="",
        proven=proven,
    )


def _result(name: str, text: str | None):
    rows = complete(RESULTS[name], drawn(name, text) if text else None)
    return rows.select([column.name for column in RESULTS[name].columns if column.name != "known_at"])


def found(result, control: str) -> list[str]:
    """Return the keys a control found."""
    rows = result.findings
    return rows.loc[rows["control"] == control, "key"].tolist()
