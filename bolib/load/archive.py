"""Inputs kept by the hash of their content, and loads kept by the hash of what they read."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import bolib
from bolib.load.arrivals import Arrival, control_files, digest

SUMMARY = "loaded.json"
CODE = ("load", "formats", "tables")
"""Packages of bolib whose change makes earlier loads stale."""


def keep_inputs(archive: Path, arrivals: Iterable[Arrival]) -> None:
    """Copy each file to inputs/<first two of its hash>/<hash><suffixes>, once."""
    for arrival in arrivals:
        target = archive / "inputs" / arrival.sha256[:2] / f"{arrival.sha256}{''.join(arrival.path.suffixes[-2:])}"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
            os.close(handle)
            shutil.copyfile(arrival.path, draft)
            os.replace(draft, target)


def key(arrivals: list[Arrival], declaration: Path | None) -> str:
    """Return the hash of all that decides a load: the files and names, the declarations, the code."""
    said = hashlib.sha256(version("bolib").encode())
    for arrival in arrivals:
        said.update(f"{arrival.source.name}\t{arrival.name}\t{arrival.sha256}\n".encode())
    for path in filter(Path.is_file, control_files(arrivals)):
        said.update(path.read_bytes())
    said.update(declaration.read_bytes() if declaration else b"")
    root = Path(bolib.__file__).parent
    for path in sorted(path for folder in CODE for path in (root / folder).glob("*.py")):
        said.update(path.read_bytes())
    return said.hexdigest()


def read_load(folder: Path) -> dict | None:
    """Return the summary of a kept load, or None where there is none or a file of it has changed."""
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        sound = all(digest(folder / name) == sha256 for name, sha256 in summary["files"].items())
        return summary if sound else None
    except (OSError, ValueError, KeyError):
        return None


def write_summary(folder: Path, summary: dict) -> None:
    """Write the summary of a load, with the hash of each file beside it."""
    files = {path.name: digest(path) for path in sorted(folder.glob("*.parquet"))}
    text = json.dumps({**summary, "files": files}, ensure_ascii=False, sort_keys=True)
    (folder / SUMMARY).write_text(text, encoding="utf-8")


def publish(draft: Path, folder: Path) -> None:
    """Give a finished load its name; where another process was first with a sound one, keep that."""
    if folder.exists() and read_load(folder) is None:
        discarded = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".stale-"))
        os.replace(folder, discarded)
        shutil.rmtree(discarded, ignore_errors=True)
    try:
        os.rename(draft, folder)
    except OSError:
        if read_load(folder) is None:
            raise
        shutil.rmtree(draft, ignore_errors=True)
