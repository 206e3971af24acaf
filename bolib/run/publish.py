"""A folder of reports that is whole at every moment: one writer at a time, new folders put in place by renaming."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bolib.errors import BolibError


@contextmanager
def only_writer(reports: Path) -> Iterator[None]:
    """Hold `reports` for this run; refuse while another run holds it. What a dead run left behind is cleaned.

    The lock is the operating system's, so that it ends with the process that held it.
    """
    reports.mkdir(parents=True, exist_ok=True)
    with (reports / ".lock").open("a+") as lock:
        _take(lock, reports)
        try:
            _clean(reports)
            yield
        finally:
            lock.truncate(0)


def _take(lock, reports: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        other = lock.read() or "another run"
        raise BolibError(str(reports), "no other run", other, "Wait for its end, or choose another --out.") from None
    lock.truncate(0)
    lock.write(f"process {os.getpid()}, started {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    lock.flush()


def _clean(reports: Path) -> None:
    """Put back a report that was being replaced when its run died, and remove unfinished folders."""
    for aside in reports.glob(".*.old"):
        published = reports / aside.name[1 : -len(".old")]
        if not published.exists():
            aside.rename(published)
    for left in [*reports.glob(".*.old"), *reports.glob(".*.new")]:
        shutil.rmtree(left)


def fresh(reports: Path, name: str) -> Path:
    """Return the empty hidden folder in which `name` is prepared."""
    folder = reports / f".{name}.new"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def publish(prepared: Path, published: Path) -> None:
    """Rename a prepared folder into place once its bytes are on the disk; an earlier one of that name is replaced."""
    for path in [*prepared.rglob("*"), prepared]:
        _on_disk(path)
    aside = published.with_name(f".{published.name}.old")
    if published.exists():
        published.rename(aside)
    prepared.rename(published)
    _on_disk(published.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _on_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def kept_at(archive: Path, name: str, digest: str) -> Path:
    """Return where the archive keeps the content of a file, as `bolib.load` keeps inputs."""
    return archive / "inputs" / digest[:2] / f"{digest}{''.join(Path(name).suffixes[-2:])}"


def keep(folder: Path, archive: Path) -> dict[str, dict]:
    """Keep every file of `folder` by its content, each once and whole; return its SHA-256 and time by its name."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, digest = path.relative_to(folder).as_posix(), sha256(path)
        found[name] = {"sha256": digest, "modified": path.stat().st_mtime}
        target = kept_at(archive, name, digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as copy:
                pass
            shutil.copyfile(path, copy.name)
            os.replace(copy.name, target)
    return found


def restore(files: dict[str, dict], archive: Path, folder: Path) -> None:
    """Put kept files back into `folder`, under the names and times they had."""
    folder.mkdir()
    for name, was in files.items():
        source, target = kept_at(archive, name, was["sha256"]), folder / name
        if not source.exists():
            raise BolibError(name, f"its content at {source}", "none", "Restore the archive from a backup.")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        os.utime(target, (was["modified"], was["modified"]))


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
