"""gz and zip, opened once for all formats."""

import gzip
import shutil
import zipfile
import zlib
from pathlib import Path

from bolib.errors import SourceError

PACKED = (".gz", ".zip")


def unpack(path: Path, folder: Path) -> list[tuple[str, Path]]:
    """Return (name, plain file) of each file in `path`; a file that is not packed is itself.

    Members are written under numbers, so that a name inside a zip cannot choose where it lands.
    """
    try:
        if path.suffix.lower() == ".gz":
            return [(path.name, _gunzip(path, folder / f"0{Path(path.stem).suffix}"))]
        return _unzip(path, folder) if path.suffix.lower() == ".zip" else [(path.name, path)]
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        raise SourceError(str(path), "a readable file", str(error), "Ask the sender for the file again.") from error


def _gunzip(path: Path, target: Path) -> Path:
    with gzip.open(path) as packed, open(target, "wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
    return target


def _unzip(path: Path, folder: Path) -> list[tuple[str, Path]]:
    with zipfile.ZipFile(path) as archive:
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
        return [_member(archive, path, member, folder, number) for number, member in enumerate(members)]


def _member(archive, path: Path, member, folder: Path, number: int) -> tuple[str, Path]:
    target = folder / f"{number}{Path(member.filename).suffix}"
    with archive.open(member) as packed, open(target, "wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
    return f"{path.name}/{member.filename}", target
