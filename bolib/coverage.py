"""Which rules something watches, and which nothing does.

A control watches the rule its header names; a clock, and the code that hands a rule's data to SQL, watch the rules they
name, or those `having` the parameters they name. A rule is also watched through the one it replaced, and a limit of the
bank's own through the rule beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa

from bolib.calendars import described
from bolib.control import REPORTS
from bolib.rulebook import Rulebook
from bolib.tables.results import RESULTS
from bolib.views import PACKAGE, result_schema, split

WORDS = re.compile(r"""'([^'\n]+)'|"([^"\n]+)\"""")
HAVING = re.compile(r"\.having\(([^)]*)\)")
SHORTEST = 3
"""Letters of the shortest word taken for ids: 'F' alone says nothing."""


def watchers(book: Rulebook, parameters: Path) -> dict[str, list[str]]:
    """Return, for every rule, the controls, clocks and preparations that act on it; none: nothing watches it.

    Controls go by their id, others by report, subject and file.
    """
    found: dict[str, set[str]] = {rule_id: set() for rule_id in book.ids}
    for name, rule_id in _named(book, parameters):
        found[rule_id].add(name)
    for rule_id in book.ids:
        for successor in book.timeline(rule_id):
            found[successor.id] |= found[rule_id]
    for limit, law in book.limits.items():
        found[limit] |= found[law]
    return {rule_id: sorted(names) for rule_id, names in found.items()}


def register(book: Rulebook, parameters: Path, on: date) -> pa.Table:
    """Return the table `rules`: every version of every rule, whether it is in force on a day, and who watches it."""
    watched = watchers(book, parameters)
    rows = [
        {
            **{name: getattr(version, name) for name in ("subject", "citation", "confidence", "verified", "severity")},
            **{name: getattr(version, name) for name in ("text_en", "text_fr", "valid_from", "valid_to", "trigger")},
            "rule": rule_id,
            "in_force": version.valid_from <= on and (version.valid_to is None or on <= version.valid_to),
            "ends": described(version.clock) if version.clock else None,
            "watched_by": ", ".join(watched[rule_id]) or None,
            "lacking": version.lacking,
        }
        for rule_id in book.ids
        for version in book.rules(rule_id)
    ]
    return pa.Table.from_pylist(rows, schema=result_schema(RESULTS["rules"]))


def _named(book: Rulebook, parameters: Path) -> Iterator[tuple[str, str]]:
    """Yield who names which rule, in the SELECTs and modules of the reports and in the bank's own controls."""
    meant = _meant(book)
    folders = [*(PACKAGE / report for report in REPORTS), *(parameters / "controls" / report for report in REPORTS)]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix == ".sql":
            head, text = split(path)
            yield from ((head.get("id") or _place(path), rule_id) for rule_id in _ids(meant, text))
            if head.get("rule") in book.versions:
                yield head["id"], head["rule"]
        elif path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
            yield from ((_place(path), rule_id) for rule_id in _ids(meant, text) | _having(book, text))


def _place(path: Path) -> str:
    """Return where a file stands, as deadlines/settlement/purges; what a folder is, its __init__ is."""
    parts = [part for part in path.relative_to(PACKAGE).with_suffix("").parts if part not in ("clocks", "__init__")]
    return "/".join(parts)


def _meant(book: Rulebook) -> dict[str, set[str]]:
    """Return the rules meant by each word: an id, or what ids begin with up to a dot."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule_id in book.ids:
        parts = rule_id.split(".")
        for length in range(1, len(parts) + 1):
            word = ".".join(parts[:length])
            if len(word) >= SHORTEST:
                found[word].add(rule_id)
    return found


def _ids(meant: dict[str, set[str]], text: str) -> set[str]:
    """Return the rules a text names in quotes."""
    return set().union(*(meant.get(word.rstrip("."), ()) for word in _words(text)))


def _having(book: Rulebook, text: str) -> set[str]:
    """Return the rules a module takes by their parameters."""
    return set().union(*(book.having(*_words(asked)) for asked in HAVING.findall(text)))


def _words(text: str) -> list[str]:
    return [one or other for one, other in WORDS.findall(text)]
