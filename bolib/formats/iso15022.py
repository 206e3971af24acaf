"""SWIFT messages of ISO 15022: blocks inside one another, of fields with a qualifier; each knows its line.

Read here and not with swift-parser-py, which is not meant to validate, gives no line numbers and guards its regular
expressions with a timeout. What opens must close, in order; a message ends with `-}`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from bolib.formats.statements import check_size, refused

DEEPEST = 12
"""Blocks inside one another; the standard knows six."""

FIELD = re.compile(r":(?P<tag>\d\d[A-Z]?):(?P<content>.*)", re.ASCII)
GENERIC = re.compile(r":(?P<qualifier>[A-Z0-9]{4})/[A-Z0-9]{0,8}/(?P<value>.*)", re.DOTALL)
BLOCK = re.compile(r"[A-Z0-9]{1,16}")
KIND = re.compile(r"\{2:[IO](?P<kind>\d{3})", re.ASCII)
NUMBER = re.compile(r"N?\d{1,15}(,\d{0,14})?", re.ASCII)
MOMENT = re.compile(r"(\d{8})(?:(\d{6})(?:,\d{1,3})?(?:/(N?)(\d{2})(\d{2})?)?)?", re.ASCII)
"""Option A a date; C a time after it; E with decimals and the hours ahead of UTC, N = behind."""


@dataclass(frozen=True)
class Field:
    """One field: `:93B::AGGR//UNIT/100,` has the tag 93B, the qualifier AGGR and the value UNIT/100,."""

    place: int
    tag: str
    qualifier: str
    value: str


@dataclass
class Block:
    """What stands between :16R: and :16S: of one name."""

    name: str
    place: int
    fields: list[Field] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)

    def all(self, *names: str) -> Iterator["Block"]:
        """Yield the blocks of these names directly inside, in their order."""
        return (block for block in self.blocks if block.name in names)

    def anywhere(self, *names: str) -> Iterator["Block"]:
        """Yield the blocks of these names however deep inside, in their order."""
        for block in self.blocks:
            if block.name in names:
                yield block
            yield from block.anywhere(*names)

    def first(self, tag: str, *qualifiers: str) -> Field | None:
        """Return the first field of a tag (`98` for any option), by the qualifiers in order of preference."""
        said = [one for one in self.fields if one.tag.startswith(tag)]
        wanted = qualifiers or ("",)
        return next((one for name in wanted for one in said if one.qualifier == name), None)


@dataclass(frozen=True)
class Message:
    """One message; `kind` is its number, empty where it came without an envelope."""

    place: int
    kind: str
    body: Block

    def block(self, name: str) -> Block:
        """Return the first block of a name, an empty one where there is none."""
        return next(self.body.all(name), Block(name, self.place))


def messages(path: Path, encoding: str) -> list[Message]:
    """Return the messages of a file, in its order; a file without any is refused."""
    found = [_message(path, *part) for part in _bodies(path, encoding)]
    if not found:
        raise refused(path, 1, "a message: {4:, or :16R:GENL", "none")
    return found


def _bodies(path: Path, encoding: str) -> Iterator[tuple[int, str, list[tuple[int, str]]]]:
    """Yield (line, kind, lines) of each body: from {4: to -}, or from one :16R:GENL to the next without envelopes."""
    kind, start, enveloped, body = "", 0, False, None
    for place, line in enumerate(_text(path, encoding).split("\n"), 1):
        ends = line.startswith("-}") if enveloped else line.startswith("{") or line.strip() == ":16R:GENL"
        if body is not None and ends:
            yield start, kind, body
            kind, enveloped, body, line = "", False, None, line.removeprefix("-}")
        if body is None:
            before, opens, line = line.partition("{4:") if "{" in line else ("", "", line)
            kind = next((found["kind"] for found in [KIND.search(before)] if found), kind)
            enveloped = bool(opens)
            start, body = (place, []) if opens or line.startswith(":16R:") else (0, None)
        if body is not None and (body or line.strip()):
            body.append((place, line))
    if enveloped and body is not None:
        raise refused(path, start, "-}, the end of the message", "the end of the file")
    if body:
        yield start, kind, body


def _text(path: Path, encoding: str) -> str:
    check_size(path)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        place = raw.count(b"\n", 0, error.start) + 1
        raise refused(path, place, f"bytes of the encoding {encoding}", f"{raw[error.start]:#04x}") from error
    return text.replace("\r\n", "\n")


def _message(path: Path, place: int, kind: str, lines: list[tuple[int, str]]) -> Message:
    open_blocks = [Block("", place)]
    for one in _fields(path, lines):
        inside = open_blocks[-1]
        if one.tag in ("16R", "16S") and not BLOCK.fullmatch(one.value):
            raise refused(path, one.place, "the name of a block", repr(one.value))
        if one.tag == "16R":
            if len(open_blocks) > DEEPEST:
                raise refused(path, one.place, f"at most {DEEPEST} blocks inside one another", "more")
            inside.blocks.append(Block(one.value, one.place))
            open_blocks.append(inside.blocks[-1])
        elif one.tag == "16S":
            if one.value != inside.name:
                raise refused(path, one.place, f"the end of {inside.name or 'no block'}", f"that of {one.value}")
            open_blocks.pop()
        else:
            inside.fields.append(one)
    if len(open_blocks) > 1:
        raise refused(path, open_blocks[-1].place, f"the end of the block {open_blocks[-1].name}", "none")
    return Message(place, kind, open_blocks[0])


def _fields(path: Path, lines: list[tuple[int, str]]) -> Iterator[Field]:
    """Yield the fields of a body; a line that opens none belongs to the field before it."""
    current: tuple[int, str, list[str]] | None = None
    for place, line in lines:
        found = FIELD.fullmatch(line)
        if found:
            if current:
                yield _field(*current)
            current = (place, found["tag"], [found["content"]])
        elif current:
            current[2].append(line)
        elif line.strip():
            raise refused(path, place, "a field as :16R:GENL", repr(line[:40]))
    if current:
        yield _field(*current)


def _field(place: int, tag: str, lines: list[str]) -> Field:
    content = "\n".join(lines).rstrip()
    found = GENERIC.fullmatch(content)
    return Field(place, tag, found["qualifier"], found["value"]) if found else Field(place, tag, "", content)


def needed(path: Path, block: Block, tag: str, *qualifiers: str) -> Field:
    """Return the first field of a tag, by its qualifiers in order; a block without one is refused."""
    found = block.first(tag, *qualifiers)
    if found is None:
        wanted = "".join((f":{tag}a:" if len(tag) == 2 else f":{tag}:", f":{qualifiers[0]}" if qualifiers else ""))
        raise refused(path, block.place, f"{wanted} in {block.name}", "none")
    return found


def number(path: Path, place: int, text: str) -> Decimal:
    """Return a number with its comma; N before it = negative."""
    if not NUMBER.fullmatch(text):
        raise refused(path, place, "a number as 1250, or N1250,5", repr(text[:40]))
    size = Decimal(text.removeprefix("N").replace(",", ".").rstrip("."))
    return -size if text.startswith("N") else size


def quantity(path: Path, one: Field) -> Decimal:
    """Return the quantity of `UNIT/100,` or `UNIT/AVAI/N100,`."""
    return number(path, one.place, one.value.rpartition("/")[2])


def amount(path: Path, one: Field) -> tuple[str, Decimal]:
    """Return currency and amount of `NEUR12,50`; N = to be paid."""
    sign, text = ("N", one.value[1:]) if re.match(r"N[A-Z]{3}\d", one.value) else ("", one.value)
    if not re.match(r"[A-Z]{3}\d", text):
        raise refused(path, one.place, "an amount as EUR12,50", repr(one.value[:40]))
    return text[:3], number(path, one.place, sign + text[3:])


def day(path: Path, one: Field) -> date:
    """Return the date of a field 98a, whatever its option."""
    return _read(path, one)[0].date()


def moment(path: Path, one: Field) -> str:
    """Return the moment of a field 98a in the form of ISO 8601, with its offset where it says one."""
    at, offset = _read(path, one)
    return at.isoformat() + offset


def _read(path: Path, one: Field) -> tuple[datetime, str]:
    found = MOMENT.fullmatch(one.value)
    try:
        if not found:
            raise ValueError(one.value)
        at = datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S")
    except ValueError as error:
        raise refused(path, one.place, "a date YYYYMMDD, or with its time", repr(one.value[:40])) from error
    return at, f"{'-' if found[3] else '+'}{found[4]}:{found[5] or '00'}" if found[4] else ""


def isin(path: Path, block: Block) -> str:
    """Return the ISIN of the field 35B of a block."""
    one = needed(path, block, "35B")
    found = re.match(r"ISIN ([A-Z0-9]{12})(?:\n|\Z)", one.value)
    if not found:
        raise refused(path, one.place, "ISIN and twelve letters or digits", repr(one.value.split("\n")[0][:40]))
    return found[1]


def code(one: Field | None) -> str:
    """Return the code a field says, nothing where there is no field."""
    return one.value.strip() if one else ""
