"""A limit of the bank's own, stricter than the law's, for the drill of a bank that has none: the control that watches
such limits has nothing to watch without one. What was lent is said where the drill tells what it found.
"""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from bolib.rulebook import load_rulebook

LIMIT = {"rule": "F-01.answer", "delay": 30, "unit": "days", "citation": "given by the drill"}
"""A complaint is answered within 30 days: half of the two months of the law, so that a complaint received thirty
business days ago (`complaint.beyond.own.limit`) is beyond this limit and within that of the law."""

IN_FORCE = timedelta(days=90)
"""Before the day drilled, how long it has been: longer ago than those thirty business days, since the rule in force
when a complaint is received is the one that counts."""


def with_own_limit(parameters: Path, as_of: date, scratch: Path) -> tuple[Path, str]:
    """Return a copy of the parameters with LIMIT, and what was lent in words.

    Where the bank has limits of its own these are the parameters themselves, and nothing was lent.
    """
    book = load_rulebook(parameters / "rulebook")
    if book.limits or LIMIT["rule"] not in book.versions:
        return parameters, ""
    copy = Path(shutil.copytree(parameters, scratch / "parameters"))
    path = copy / "rulebook" / "own.yml"
    own = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    limit = LIMIT | {"valid_from": as_of - IN_FORCE}
    own["stricter"] = [limit]
    path.write_text(yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    return copy, lent(limit)


def lent(limit: dict[str, Any]) -> str:
    """Return in words what a bank without limits of its own was lent."""
    return (
        f"The parameters hold no limit stricter than the law's, so the drill lent one: {limit['rule']} within "
        f"{limit['delay']} {limit['unit']}, from {limit['valid_from']}. DEADLINE-01 was tried on it; in the bank's own "
        "runs it has none to watch."
    )
