"""Reading the book: one file a subject, each entry one rule with its versions."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import yaml

from bolib.calendars import Delay
from bolib.errors import RuleError
from bolib.rulebook.book import Rulebook
from bolib.rulebook.checks import check_closing_days, check_periods, check_version
from bolib.rulebook.limits import check_stricter, internal_limit
from bolib.rulebook.rule import Rule

PARTS = {"rules", "stricter", "closing_days"}


def load_rulebook(folder: Path) -> Rulebook:
    """Return the rules of every .yml file of `folder`, the whole book checked."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise RuleError(str(folder), "files of rules (*.yml)", "none", "Restore them from the project.")
    files = {path: _read(path) for path in paths}
    law = _written(files)
    rules = {name: _in_order(path, name, given) for name, (path, given) in law.items()}
    for path, part in files.items():
        for entry in part.get("stricter") or ():
            name, given = internal_limit(f"{path}, stricter", entry, {name: found for name, (_, found) in law.items()})
            limits = _in_order(path, name, given)
            rules[name] = rules.get(name, ()) + tuple(replace(rule, stricter_than=entry["rule"]) for rule in limits)
    closing_days = {
        name: tuple(days) for part in files.values() for name, days in (part.get("closing_days") or {}).items()
    }
    check_periods(rules)
    check_closing_days(folder, closing_days)
    book = Rulebook(rules, closing_days)
    check_stricter(book)
    return book


def _read(path: Path) -> dict:
    try:
        book = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleError(str(path), "YAML", " ".join(str(error).split()), "Correct the file.") from error
    if not isinstance(book, dict) or set(book) - PARTS:
        raise RuleError(str(path), f"parts among {sorted(PARTS)}", str(list(book)), "Correct the file.")
    return book


def _written(files: dict[Path, dict]) -> dict[str, tuple[Path, list[dict]]]:
    """Return the versions of each rule as they are written, with their file; an id stands in one entry."""
    found: dict[str, tuple[Path, list[dict]]] = {}
    for path, part in files.items():
        for entry in part.get("rules") or ():
            if not isinstance(entry, dict):
                raise RuleError(f"{path}, rules", "entries with the fields of a rule", repr(entry), "Correct the file.")
            name = entry.get("id", "(without id)")
            if name in found:
                remedy = "Change one of the ids; a stricter limit of the bank's own goes under 'stricter'."
                raise RuleError(f"{path}, rule {name}", "an id of its own", f"the one of {found[name][0]}", remedy)
            shared = {field: value for field, value in entry.items() if field != "versions"}
            given = [shared | version for version in entry.get("versions") or [{}]]
            # a version empties a shared field by null
            found[name] = (path, [{key: each[key] for key in each if each[key] is not None} for each in given])
    return found


def _in_order(path: Path, name: str, given: list[dict]) -> tuple[Rule, ...]:
    versions = [_version(f"{path}, rule {name}", path.stem, each) for each in given]
    return tuple(sorted(versions, key=lambda rule: rule.valid_from))


def _version(where: str, subject: str, given: dict[str, Any]) -> Rule:
    check_version(where, given)
    rest = {name: value for name, value in given.items() if name != "text"}
    rest["escalation"] = tuple(given.get("escalation") or ())
    if "at" in rest:
        rest["at"] = time.fromisoformat(rest["at"])
    if "then" in rest:
        second = dict(rest["then"])
        rest["then"] = Delay(second.pop("delay"), **second)
    if "fixed_date" in rest:
        month, _, day = str(rest["fixed_date"]).partition("-")
        rest["fixed_date"] = (int(month), int(day))
    return Rule(subject=subject, text_en=given["text"]["en"], text_fr=given["text"]["fr"], **rest)
