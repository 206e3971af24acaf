"""JSON lines: one object a line. Numbers keep the digits the sender wrote."""

import json
from pathlib import Path

from bolib.errors import SourceError
from bolib.formats import Broken, Dialect, Landed, land_rows


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the objects of the file as rows; the columns are the union of their names."""
    objects, broken = _objects(path, dialect.encoding)
    names = list(dict.fromkeys(name for _, one in objects for name in one))
    if not names:
        raise SourceError(str(path), "one JSON object a line", "none", "Send the file again.")
    return land_rows(path, names, ((line, [_text(one.get(n)) for n in names]) for line, one in objects), into, broken)


def _objects(path: Path, encoding: str) -> tuple[list[tuple[int, dict]], list[Broken]]:
    objects, broken = [], []
    with open(path, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                objects.append((number, _object(line)))
            except ValueError as error:
                broken.append(Broken(number, str(error), line.rstrip("\r\n")))
    return objects, broken


def _object(line: str) -> dict:
    if "\ufffd" in line:
        raise ValueError("bytes that are not in the declared encoding")
    try:
        found = json.loads(line, parse_float=str, parse_int=str)
    except ValueError as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    return found


def _text(value) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    return json.dumps(value, ensure_ascii=False)
