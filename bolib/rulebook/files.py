"""Reading the book: one file a subject, each entry one rule with its versions."""

from datetime import date, time
from pathlib import Path
from typing import Any

import yaml

from bolib.calendars import Delay
from bolib.errors import RuleError
from bolib.rulebook.book import Rulebook
from bolib.rulebook.checks import check_closing_days, check_periods, check_version
from bolib.rulebook.rule import Rule


def load_rulebook(folder: Path) -> Rulebook:
    """Return the rules of every .yml file of `folder`, the whole book checked."""
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise RuleError(str(folder), "files of rules (*.yml)", "none", "Restore them from the project.")
    rules: dict[str, list[Rule]] = {}
    closing_days: dict[str, tuple[date, ...]] = {}
    for path in paths:
        book = _read(path)
        closing_days |= {name: tuple(days) for name, days in (book.get("closing_days") or {}).items()}
        for entry in book.get("rules") or ():
            for rule in _versions(path, entry):
                rules.setdefault(rule.id, []).append(rule)
    versions = {name: tuple(sorted(found, key=lambda rule: rule.valid_from)) for name, found in rules.items()}
    check_periods(versions)
    check_closing_days(folder, closing_days)
    return Rulebook(versions, closing_days)


def _read(path: Path) -> dict:
    try:
        book = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        raise RuleError(str(path), "YAML", " ".join(str(error).split()), "Correct the file.") from error
    if not isinstance(book, dict) or set(book) - {"rules", "closing_days"}:
        raise RuleError(str(path), "rules and closing_days", str(list(book)), "Correct the file.")
    return book


def _versions(path: Path, entry: dict) -> list[Rule]:
    where = f"{path}, rule {entry.get('id', '(without id)')}"
    shared = {name: value for name, value in entry.items() if name != "versions"}
    given = [shared | version for version in entry.get("versions") or [{}]]
    # a version empties a shared field by null
    return [
        _version(where, path.stem, {name: value for name, value in each.items() if value is not None}) for each in given
    ]


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
