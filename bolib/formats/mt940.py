"""SWIFT MT940, MT942 and MT950: customer statements, interim reports and statements, page by page.

Read here and not with the library mt-940, which gives no line numbers, puts the balances of
several pages into one and stops at some banks' dialects; the tests compare the two.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.statements import Balance, Movement, Statement, land_statements, refused

TAG = re.compile(r":(\d\d[A-Z]?):")
START = re.compile(r":20:|\{4:|:25P?:")
BALANCE = re.compile(r"(?P<sign>[CD])(?P<day>\d{6})(?P<currency>[A-Z]{3})(?P<amount>[\d ]*[\d,][\d,]*)\s*\Z")
LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?\s*(?P<sign>R?[CD])(?P<funds>[A-Z])?(?P<amount>\d[\d ]*(?:,\d*)?)"
    r"(?P<kind>[A-Z][A-Z0-9 ]{3})(?P<ours>[^\n]*?)(?://(?P<theirs>[^\n]*))?(?:\n(?P<more>.*))?\Z",
    re.DOTALL,
)
NUMBER = re.compile(r"(?P<number>[^/\s]+)(?:/(?P<page>\d+))?")
INTERIM = ("13", "13D", "34F", "90C", "90D")
"""Tags only an interim report (MT942) has: it carries no balances."""

END_TO_END = re.compile(r"(?:EREF[+:]\s*|/EREF/)(?P<id>[^?/\n]+?)(?=\s*(?:\?|/|\n|[A-Z]{4}\+|\Z))")
PARTY = re.compile(r"\?32(?P<name>[^?\n]+)(?:\?33(?P<more>[^?\n]+))?|/NAME/(?P<sepa>[^/\n]+)")


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the statements of the file, or their lines, landed as text."""
    return land_statements(path, dialect, into, read)


def read(path: Path, encoding: str) -> Iterator[Statement]:
    """Yield the pages of the file, in its order."""
    fields = list(_fields(path, encoding))
    starts = [number for number, (_, tag, _) in enumerate(fields) if tag == "20"]
    if not fields or not starts:
        raise refused(path, fields[0][0] if fields else 1, ":20:, which opens a statement", "none")
    if starts[0]:
        raise refused(path, fields[0][0], ":20:, which opens a statement", f":{fields[0][1]}:")
    for first, after in zip(starts, [*starts[1:], len(fields)], strict=True):
        yield _page(path, fields[first:after])


def _fields(path: Path, encoding: str) -> Iterator[tuple[int, str, str]]:
    """Yield (line, tag, content) of each field; lines that follow belong to it, envelopes to none."""
    current: tuple[int, str, list[str]] | None = None
    for number, line in enumerate(_text(path, encoding).splitlines(), 1):
        found = TAG.match(line)
        if found:
            if current:
                yield current[0], current[1], "\n".join(current[2])
            current = (number, found[1], [line[found.end() :]])
        elif current and (line.startswith(("-", "{")) and line.strip(" -}") == "" or line.startswith(("-}", "{1:"))):
            yield current[0], current[1], "\n".join(current[2])
            current = None
        elif current:
            current[2].append(line)
    if current:
        yield current[0], current[1], "\n".join(current[2])


def _text(path: Path, encoding: str) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        place = raw.count(b"\n", 0, error.start) + 1
        raise refused(path, place, f"bytes of the encoding {encoding}", f"{raw[error.start]:#04x}") from error


def _page(path: Path, fields: list[tuple[int, str, str]]) -> Statement:
    by_tag: dict[str, tuple[int, str]] = {}
    for place, tag, content in fields:
        if tag in by_tag and tag not in ("61", "86", "34F", "65"):
            raise refused(path, place, f"one field :{tag}: a page", "another")
        by_tag.setdefault(tag.removesuffix("P") if tag == "25P" else tag, (place, content))
    place = fields[0][0]
    number, page = _number(path, place, by_tag)
    if "25" not in by_tag:
        raise refused(path, place, ":25:, the account", "none")
    currency, balances = _balances(path, place, by_tag)
    unnumbered = not number.strip("0") and balances[1]
    return Statement(
        place=place,
        account=by_tag["25"][1].strip(),
        number=balances[1].day.isoformat() if unnumbered else number,
        opening=balances[0],
        closing=balances[1],
        movements=tuple(_movements(path, fields, currency)),
        page=page,
        first="60M" not in by_tag or page == 1,  # some banks open the first page with an interim balance too
        last="62M" not in by_tag,
    )


def _number(path: Path, place: int, by_tag: dict) -> tuple[str, int | None]:
    place, content = by_tag.get("28C") or by_tag.get("28") or (place, "")
    found = NUMBER.match(content.strip())
    if not found:
        raise refused(path, place, ":28C:, the number of the statement", repr(content))
    return found["number"], int(found["page"]) if found["page"] else None


def _balances(path: Path, place: int, by_tag: dict) -> tuple[str, tuple[Balance | None, Balance | None]]:
    """Return the currency of the page, and its two balances; an interim report has none."""
    opening, closing = (by_tag.get(f"{tag}F") or by_tag.get(f"{tag}M") for tag in ("60", "62"))
    if opening and closing:
        pair = _balance(path, *opening), _balance(path, *closing)
        return pair[0].currency, pair
    if not opening and not closing and any(tag in by_tag for tag in INTERIM):
        floor = by_tag.get("34F", (place, ""))
        if not re.match(r"[A-Z]{3}", floor[1]):
            raise refused(path, floor[0], ":34F:, which gives the currency of an interim report", repr(floor[1]))
        return floor[1][:3], (None, None)
    missing = ":60F:, the opening balance" if not opening else ":62F:, the closing balance"
    raise refused(path, place, missing, "none")


def _balance(path: Path, place: int, content: str) -> Balance:
    found = BALANCE.match(content.strip())
    if not found:
        raise refused(path, place, "a balance as C260331EUR1234,56", repr(content.strip()))
    amount = _amount(found["amount"])
    return Balance(_day(path, place, found["day"]), amount if found["sign"] == "C" else -amount, found["currency"])


def _movements(path: Path, fields: list[tuple[int, str, str]], currency: str) -> Iterator[Movement]:
    for (place, tag, content), (_, next_tag, told) in zip(fields, [*fields[1:], (0, "", "")], strict=True):
        if tag == "61":
            yield _movement(path, place, content, told if next_tag == "86" else "", currency)


def _movement(path: Path, place: int, content: str, told: str, currency: str) -> Movement:
    found = LINE.match(content.strip())
    if not found:
        raise refused(path, place, "a line as 2603310331C12,50NTRFreference//theirs", repr(content.split("\n")[0]))
    value = _day(path, place, found["value"])
    amount = _amount(found["amount"])
    party = PARTY.search(told)
    names = [party[name].strip() for name in ("name", "more", "sepa") if party[name]] if party else []
    end_to_end = END_TO_END.search(told.replace("\n", ""))
    ours = found["ours"].strip()
    text = " ".join(part.strip() for part in (*told.split("\n"), *(found["more"] or "").split("\n")) if part.strip())
    return Movement(
        place=place,
        booking_date=_entry_day(path, place, value, found["entry"]),
        value_date=value,
        # a reversal of a credit (RC) takes money off the account, a reversal of a debit (RD) brings it back
        amount=amount if found["sign"] in ("C", "RD") else -amount,
        currency=currency,
        reference=(found["theirs"] or "").strip() or (ours if ours != "NONREF" else None) or None,
        end_to_end_id=end_to_end["id"].strip() if end_to_end else None,
        counterparty=" ".join(names) or None,
        text=text or None,
        reversal=found["sign"].startswith("R"),
    )


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(" ", "").replace(",", ".").rstrip(".") or "0")


def _day(path: Path, place: int, text: str) -> date:
    """Return a date written YYMMDD; 29 and 30 February, which banks that count 360 days write, are its last day."""
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    if month == 2 and day in (29, 30):
        day = 29 if year % 4 == 0 else 28
    try:
        return date(year, month, day)
    except ValueError as error:
        raise refused(path, place, "a date YYMMDD", text) from error


def _entry_day(path: Path, place: int, value: date, text: str | None) -> date:
    """Return the day of entry, written MMDD: in the year that brings it nearest to the value date."""
    if not text or text == "0000":
        return value
    days = []
    for year in (value.year - 1, value.year, value.year + 1):
        if text == "0229" and year % 4:
            continue
        days.append(_day(path, place, f"{year % 100:02}{text}"))
    return min(days, key=lambda day: abs(day - value))
