"""The chart of accounts in force, as a table of the roots its accounts begin with."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from bolib.errors import ParameterError

CHART = pa.schema([(name, pa.string()) for name in ("root", "chart_label", "side", "kind")])
SIDES = ("DEBIT", "CREDIT", "EITHER")
KINDS = ("SUSPENSE", "TRANSFER", "RESULT", "CARRIED")
WORDS = ("name", "citation", "confidence", "kinds", "sides", "accounts")


def chart(parameters: Path, name: str) -> pa.Table:
    """Return root, label, side of the balance and kind of every root of `charts/<name>.yml`."""
    path = parameters / "charts" / f"{name}.yml"
    if not name or not path.exists():
        there = sorted(found.stem for found in (parameters / "charts").glob("*.yml"))
        where = "parameters/anomalies.yml, chart"
        raise ParameterError(where, f"one of {', '.join(there)}", name or "nothing", "Name a file of charts.")
    said = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    _check(path, said)
    sides, kinds = (_by_root(said[name]) for name in ("sides", "kinds"))
    roots = sorted({str(root) for root in said["accounts"]} | _finer(said["accounts"], sides, kinds))
    rows = [
        {
            "root": root,
            "chart_label": _closest(root, {str(key): str(label) for key, label in said["accounts"].items()}),
            "side": _closest(root, sides) or "EITHER",
            "kind": _closest(root, kinds),
        }
        for root in roots
    ]
    return pa.Table.from_pylist(rows, schema=CHART)


def _check(path: Path, said: Any) -> None:
    """Stop at a file that lacks a part, or names a side or a kind nobody knows."""
    if not isinstance(said, dict) or set(said) != set(WORDS):
        raise ParameterError(str(path), f"the words {', '.join(WORDS)}", str(list(said or ())), "Correct the file.")
    for part, known in (("sides", SIDES), ("kinds", KINDS)):
        unknown = sorted(set(said[part]) - set(known))
        if unknown:
            raise ParameterError(
                f"{path}, {part}", f"names among {', '.join(known)}", str(unknown), "Correct the file."
            )


def _by_root(said: dict[str, list]) -> dict[str, str]:
    return {str(root): word for word, roots in said.items() for root in roots}


def _finer(accounts: dict, *others: dict[str, str]) -> set[str]:
    """Return the roots that a side or a kind names inside an account of the chart."""
    return {root for other in others for root in other if any(root.startswith(str(account)) for account in accounts)}


def _closest(root: str, said: dict[str, str]) -> str | None:
    """Return what is said of the longest root that begins this one."""
    found = [name for name in said if root.startswith(name)]
    return said[max(found, key=len)] if found else None
