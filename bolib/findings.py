"""One row a breach, with the same id every day, so that it has a first day, an age and an owner."""

import datetime
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from bolib.control import Control, changed
from bolib.errors import ParameterError, RuleError
from bolib.results import Result, Verdict, earlier, frame, read, save
from bolib.tables.results import RESULTS
from bolib.views import prepare, result_schema, views

if TYPE_CHECKING:
    from bolib.day import Day

MISSING = "—"
CURRENCY = re.compile("[A-Z]{3}")
"""A control's header may name a currency instead of a column: debit and credit have none beside them."""

ALERTS = "alerts"
"""The table of what is unusual, judged beside what the controls found."""


@dataclass(frozen=True)
class Breach:
    """A row a control returned, before it is given an identity and an age."""

    control: Control
    row: dict[str, Any]

    @property
    def key(self) -> str:
        """Return the object concerned, in the words of the bank."""
        return " ".join(shown(self.row[name]) for name in self.control.keys)

    @property
    def sources(self) -> list[dict]:
        """Return file and line of every record the row was drawn from: `source_file` and `<other>_file` columns."""
        files = [name for name in self.row if name.endswith("_file") and self.row[name] is not None]
        return [{"file": self.row[name], "line": self.row.get(name[:-4] + "line")} for name in files]


Judge = Callable[["Day", list[Breach]], None]


def shown(value: Any) -> str:
    """Return a value as a reader expects it: 1,234.50 for amounts, no trailing zeros for quantities."""
    if value is None:
        return MISSING
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        whole, _, part = text.partition(".")
        return whole if not part.strip("0") and len(part) != 2 else f"{whole}.{part.rstrip('0').ljust(2, '0')}"
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    return str(value)


def run_controls(day: "Day", judge: Judge | None = None) -> tuple[pa.Table, list[dict]]:
    """Return the findings of the day's report, and what was checked: each control with what it found.

    `judge` is called with what the others found before the controls run that read `alerts`, which it makes.
    """
    last = [item for item in day.controls if judge and ALERTS in item.tables]
    breaches, found = [], {}
    for item in [*(item for item in day.controls if item not in last), *last]:
        if judge and last and item is last[0]:
            judge(day, list(breaches))
        found[item.id] = breaches_of(day, item)
        breaches += found[item.id] or []
    return identified(day, breaches), [_account(day, item, found[item.id]) for item in day.controls]


def breaches_of(day: "Day", item: Control) -> list[Breach] | None:
    """Return the breaches of one control on the day's tables; None where what it needs is absent."""
    if day.lacking(item):
        return None
    bound = {**day.bound, **item.thresholds}
    prepare(day.engine, views(item.report), item.tables, **bound)
    unknown = sorted(item.tables - day.engine.names())
    if unknown:
        raise RuleError(str(item.path), "tables and views that exist", str(unknown), "Correct the SELECT.")
    try:
        found = day.engine.query(item.sql, **bound)
    except RuleError as error:
        raise RuleError(str(item.path), error.expected, error.found, "Correct the SELECT.") from error
    return [Breach(item, row) for row in found.to_pylist()]


def _account(day: "Day", item: Control, found: list[Breach] | None) -> dict:
    rule = day.rulebook.rules(item.rule)[-1]
    return {
        "control": item.id,
        "title": item.title,
        "rule": item.rule,
        "rule_text": rule.text_en,
        "citation": rule.citation,
        "confidence": rule.confidence,
        "severity": item.severity,
        "thresholds": item.thresholds,
        "status": "off" if found is None else "ran",
        "missing": day.lacking(item),
        "findings": len(found or []),
        "sql": item.sql,
    }


def identified(day: "Day", breaches: list[Breach]) -> pa.Table:
    """Return breaches as the table `findings`: each with its id, first day, age, owner and rule."""
    before = _first_seen(day)
    owners = _owners(day)
    occurrences: Counter = Counter()
    rows = []
    for breach in sorted(breaches, key=lambda found: (found.control.id, found.key, _content(found))):
        occurrences[breach.control.id, breach.key] += 1
        identity = finding_id(breach.control.id, breach.key, occurrences[breach.control.id, breach.key])
        rows.append(_finding(day, breach, identity, before.get(identity), owners))
    return pa.Table.from_pylist(rows, schema=result_schema(RESULTS["findings"]))


def finding_id(control: str, key: str, occurrence: int) -> str:
    """Return the id of the n-th breach of a control by an object: the same on every day it lasts."""
    return hashlib.sha256(f"{control}|{key}|{occurrence}".encode()).hexdigest()[:16]


def _content(breach: Breach) -> str:
    return json.dumps(breach.row, default=str, sort_keys=True)


def _finding(day: "Day", breach: Breach, identity: str, first_seen: datetime.date | None, owners: dict) -> dict:
    item, row = breach.control, breach.row
    business_date = _date(row.get(item.date)) or day.as_of
    rule = day.rulebook.closest(item.rule, business_date)
    owner, team = _owner(item, row, owners)
    return {
        "finding_id": identity,
        "control": item.id,
        "report": item.report,
        "severity": item.severity,
        "key": breach.key,
        "business_date": business_date,
        "first_seen": first_seen or day.as_of,
        "age_days": day.business_days(business_date, day.as_of),
        "amount": row.get(item.amount),
        "currency": _currency(item, row),
        "message": _sentence(item, row),
        "rule": item.rule,
        "citation": rule.cited,
        "owner": owner,
        "team": team,
        "status": "OPEN" if first_seen else "NEW",
        "evidence": _evidence(breach),
    }


def _currency(item: Control, row: dict) -> str | None:
    """Return the currency of a breach's amount: a column of the row, or one the header names, as the ledger's EUR."""
    said = item.currency or "currency"
    return said if CURRENCY.fullmatch(said) else row.get(said)


def _date(value: Any) -> datetime.date | None:
    return value.date() if isinstance(value, datetime.datetime) else value


COUNTED = re.compile(r"(?<![\w.,])(\d[\d,]*) (\w+)\(s\)")
ONE_DAY = re.compile(r"(?<![\w.,-])(1 (?:business |calendar )?day)s\b")
"""How many of a thing a message of a control says, to be put in the singular or the plural."""


def _sentence(item: Control, row: dict) -> str:
    try:
        said = item.message.format_map({name: shown(value) for name, value in row.items()})
        said = COUNTED.sub(lambda found: f"{found[1]} {found[2]}{'' if found[1] == '1' else 's'}", said)
        return ONE_DAY.sub(r"\1", said)
    except KeyError as error:
        raise RuleError(
            f"{item.path}, message", f"columns among {sorted(row)}", str(error), "Correct the message."
        ) from error


def _evidence(breach: Breach) -> str:
    row = {name: shown(value) for name, value in breach.row.items() if not name.startswith("source_")}
    content = {"row": row, "sources": breach.sources, "thresholds": breach.control.thresholds}
    return json.dumps(content, ensure_ascii=False, default=str)


def _owners(day: "Day") -> dict[tuple[str, str], tuple[str, str]]:
    return {(row["object_type"], row["match"]): (row["owner"], row["team"]) for row in day.rows("owners")}


def _owner(item: Control, row: dict, owners: dict) -> tuple[str | None, str | None]:
    kind = item.owner
    candidates = [(kind, str(row.get(kind)))] if kind else []
    candidates += [("control", item.id), (kind, "*"), ("control", "*")]
    return next((owners[candidate] for candidate in candidates if candidate in owners), (None, None))


def _first_seen(day: "Day") -> dict[str, datetime.date]:
    before = _before(day)
    if before is None:
        return {}
    return dict(zip(before["finding_id"].to_pylist(), before["first_seen"].to_pylist(), strict=True))


def _before(day: "Day") -> pa.Table | None:
    folder = earlier(day.history, day.as_of)
    return read(folder, "findings") if folder else None


def gone(day: "Day", findings: pa.Table, checked: list[dict]) -> pa.Table:
    """Return the findings of the last published day that today's controls, run again, no longer show."""
    before = _before(day)
    if before is None:
        return findings.slice(0, 0)
    ran = {item["control"] for item in checked if item["status"] == "ran"}
    now = set(findings["finding_id"].to_pylist())
    pairs = zip(before["finding_id"].to_pylist(), before["control"].to_pylist(), strict=True)
    return before.filter(pa.array([identity not in now and item in ran for identity, item in pairs], pa.bool_()))


def concluded(
    day: "Day",
    tables: dict[str, pa.Table],
    findings: pa.Table,
    checked: list[dict],
    verdict: Verdict,
    headline: list[dict],
) -> Result:
    """Return the result of the day's report, written where the day says."""
    result = Result(
        report=day.report,
        day=day,
        tables={name: frame(rows) for name, rows in tables.items()},
        findings=frame(findings),
        gone=frame(gone(day, findings, checked)),
        checked=checked,
        verdict=verdict,
        headline=headline,
    )
    save(result)
    return result


def with_thresholds(controls: list[Control], thresholds: dict[str, dict]) -> list[Control]:
    """Return the controls with the thresholds of a parameters file; an unknown control stops the run."""
    unknown = sorted(set(thresholds) - {item.id for item in controls})
    if unknown:
        expected = f"controls among {[item.id for item in controls]}"
        raise ParameterError("thresholds", expected, str(unknown), "Correct the parameters file.")
    return [changed(item, thresholds.get(item.id) or {}) for item in controls]
