"""A limit of the bank's own, stricter than the law's, for the drill of a bank that has none: the control that watches
such limits is off without one.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path

import yaml

from bolib.rulebook import load_rulebook

LIMIT = {"rule": "F-01.answer", "delay": 30, "unit": "days", "citation": "given by the drill"}
"""A complaint is answered within 30 days."""

IN_FORCE = timedelta(days=90)
"""Before the day drilled, how long it has been."""


def with_own_limit(parameters: Path, as_of: date, scratch: Path) -> Path:
    """Return a copy of the parameters with LIMIT, or the parameters themselves where the bank has limits of its own."""
    book = load_rulebook(parameters / "rulebook")
    if book.limits or LIMIT["rule"] not in book.versions:
        return parameters
    copy = Path(shutil.copytree(parameters, scratch / "parameters"))
    path = copy / "rulebook" / "own.yml"
    own = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    own["stricter"] = [LIMIT | {"valid_from": as_of - IN_FORCE}]
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    return copy
