"""The flat FEC: a line an entry line, fields separated by a tab or a bar, in whatever characters it was written."""

import codecs
from collections.abc import Collection, Iterator
from pathlib import Path

from bolib.errors import SourceError
from bolib.formats import Broken, Dialect, check_header
from bolib.formats.fec.irregular import Irregularities

LAWFUL = ("\t", "|")
SEPARATORS = (*LAWFUL, ";", ",")
EITHER = ("montant", "sens")
"""In the place of Debit and Credit."""
ALIASES = {"compteauxnum": "compauxnum", "compteauxlib": "compauxlib"}
LETTERS = frozenset("éèêëàâäçùûüîïôöœæÉÈÊËÀÂÇÙÛÎÏÔŒÆ°€")
"""What French has beyond ASCII: the encoding that gives most of them is the one."""
SAMPLE = 1 << 22
"""Bytes read to tell an encoding that is not UTF-8."""
LOST = "\ufffd"


def flat_lines(
    path: Path, dialect: Dialect, known: Collection[str], told: Irregularities, broken: list[Broken], others: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, fields by name without capitals) of each line; `broken` takes those of another width,
    `others` the names of the fields beside the known ones."""
    lines = _lines(path, dialect, told)
    start, header = next(((at, text) for at, text in lines if at > dialect.skip and text.strip()), (1, ""))
    separator = dialect.separator if dialect.separator != "," else _separator(header, known, told)
    names = _names(path, header, separator, known, told)
    others += [name for name in names if name and name not in known and name not in EITHER]
    width = len(names)
    for at, text in lines:
        if not text.strip(" \t|\x1a"):
            continue
        fields = text.split(separator)
        if len(fields) == width + 1 and not fields[-1].strip():
            told.note("C-02", "a separator after the last field", at)
            fields.pop()
        if LOST in text:
            broken.append(Broken(at, "bytes that are not in the encoding", text))
        elif len(fields) != width:
            broken.append(Broken(at, f"{len(fields)} fields where the header has {width}", text))
        else:
            yield at, dict(zip(names, map(str.strip, fields), strict=True))
    if start > 1:
        told.note("C-02", "the header is not the first line", start)


def _lines(path: Path, dialect: Dialect, told: Irregularities) -> Iterator[tuple[int, str]]:
    """Yield (line, text); a line may end in CR, LF, CR LF, or CR CR LF, which is one end and not two."""
    encoding = _encoding(path, dialect.encoding, told)
    with open(path, "rb") as stream:
        doubled = b"\r\r\n" in stream.read(SAMPLE)
    if doubled:
        told.note("C-02", "lines end in CR CR LF")
    with open(path, encoding=encoding, errors="replace", newline="\n" if doubled else None) as stream:
        for at, text in enumerate(stream, 1):
            yield at, text.rstrip("\r\n")


def _encoding(path: Path, declared: str, told: Irregularities) -> str:
    """Return the declared encoding; where none is, UTF-8, or the one that makes the most French of the bytes."""
    if declared.lower().replace("-", "") not in ("utf8", "utf8sig"):
        return declared
    if _is_utf8(path):
        return "utf-8-sig"
    with open(path, "rb") as stream:
        start = stream.read(SAMPLE)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        told.note("C-03", "characters of UTF-16, not of ASCII, ISO 8859-15 or UTF-8")
        return "utf-16"
    found = max(("iso8859-15", "cp1252", "cp850", "mac-roman"), key=lambda name: _french(start, name))
    if found != "iso8859-15":
        told.note("C-03", f"characters of {found}, not of ASCII, ISO 8859-15 or UTF-8")
    return found


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open(path, "rb") as stream:
            while chunk := stream.read(SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _french(text: bytes, encoding: str) -> int:
    """Return letters of French less what is none: controls and odd signs."""
    high = [letter for letter in text.decode(encoding, "replace") if ord(letter) > 127]
    return sum(1 if letter in LETTERS else -1 for letter in high)


def _separator(header: str, known: Collection[str], told: Irregularities) -> str:
    """Return the separator that makes most known names of the header."""
    found = max(SEPARATORS, key=lambda one: sum(name in known for name in map(_name, header.split(one))))
    if found not in LAWFUL:
        told.note("C-02", f"fields are separated by {found!r}, not by a tab or a bar")
    return found


def _name(text: str) -> str:
    plain = text.strip().strip('"').lower().replace("_", "").replace(" ", "")
    return ALIASES.get(plain, plain)


def _names(path: Path, header: str, separator: str, known: Collection[str], told: Irregularities) -> list[str]:
    """Return the names of the fields; those the law wants must all be there."""
    names = [_name(text) for text in header.split(separator)]
    if names and not names[-1]:
        told.note("C-02", "a separator after the last name of the header")
        names.pop()
    check_header(path, names)
    signed = set(EITHER) <= set(names)
    wanted = [name for name in known if not (signed and name in ("debit", "credit"))]
    absent = [name for name in wanted if name not in names]
    if absent:
        found = " ".join(header.split())[:120] or "an empty file"
        remedy = "Ask for the file with its header, or say skip or separator in sources.yml."
        raise SourceError(f"{path}, header", f"the fields {', '.join(absent)}", found, remedy)
    if [name for name in names if name in known] != wanted:
        told.note("C-02", "fields are not in the order of the law")
    return names
