"""MT535, statement of holdings: what a custodian holds, with the balances it is made of.

Proven per holding, wherever the message says enough: available + not available = aggregate; the aggregates of the
places of safekeeping give that of the holding; what is available and what is blocked, pledged, lent or in transit
give it too, with what is pending where the statement counts deals (STBA TRAD or CONT). One security at several
places (:94a::SAFE) is one holding of the account, as the bank's own records know no places: it keeps their names. The
aggregate of a statement of what has settled (STBA SETT) is also a row SETT.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.custody import Rows, identity, land_sheet, new, of_kind, statements
from bolib.formats.iso15022 import Block, Field, Message, code, day, isin, needed, quantity
from bolib.formats.statements import refused

APART = ("BLOK", "BLCA", "BLOT", "BLOV", "PLED", "COLO", "LOAN", "RSTR", "MARG", "DRAW", "TRAN", "REGO")
"""Sub-balances that are not available and do not overlap: each unit is in one of them at most."""

COMING, GOING = ("PENR", "PECA", "LORE", "BORE"), ("PEND", "PEDA", "LODE", "BODE")
"""Pending receipts and deliveries: part of a balance by deals, outside one of what has settled."""

BY_DEALS = ("TRAD", "CONT")
SETTLED = "SETT"
AMORTISED = "AMOR"
"""The amortised face of a bond, told beside its nominal: the same holding once more."""


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the holdings of the file landed as text."""
    return land_sheet(path, dialect, into, {"custody_positions": holdings}, _stated)


def _stated(path: Path, message: Message) -> tuple[str, str]:
    return "CUSTODY", day(path, needed(path, message.block("GENL"), "98", "STAT")).isoformat()


def holdings(path: Path, found: list[Message]) -> Rows:
    """Yield the rows of `custody_positions`: AGGR and each balance it is made of."""
    for pages in statements(path, of_kind(path, found, "535")):
        total: dict[tuple, Decimal] = {}
        lines: dict[tuple, int] = {}
        places: dict[tuple, set[str]] = {}
        for message in pages:
            for key, one, size, of in _page(path, message):
                lines.setdefault(key, one.place)
                total[key] = total.get(key, Decimal(0)) + size
                places.setdefault(key, set()).update(of)
        number = identity(path, pages[0])[1] or None
        named = {key: ", ".join(sorted(some)) or None for key, some in places.items()}
        yield from ((lines[key], [*key, size, number, named[key]]) for key, size in total.items())


def _page(path: Path, message: Message) -> Iterator[tuple[tuple, Field, Decimal, set[str]]]:
    """Yield (date, account, ISIN, balance), field, quantity and places of each balance of a page."""
    general = message.block("GENL")
    new(path, message)
    complete = general.first("22F", "CODE")
    if code(complete).endswith("DELT"):
        raise refused(path, complete.place, "COMP, every holding", "DELT, those that changed")
    on, account = day(path, needed(path, general, "98", "STAT")), needed(path, general, "97", "SAFE")
    held = [(part, holding) for part in message.body.all("SUBSAFE") for holding in part.all("FIN")]
    _check_activity(path, general, held)
    for part, holding in held:
        own = code(part.first("97", "SAFE") or account)
        basis, of = code(general.first("22F", "STBA")), _places(part, holding)
        for one, size in _balances(path, holding, basis):
            yield (on, own, isin(path, holding), one.qualifier), one, size, of
            if one.qualifier == "AGGR" and basis == SETTLED:
                yield (on, own, isin(path, holding), SETTLED), one, size, of


def _places(part: Block, holding: Block) -> set[str]:
    """Return the places a holding is kept at: those of its parts, else that of all holdings of the account."""
    own = {code(block.first("94", "SAFE")) for block in (holding, *holding.all("SUBBAL"))} - {""}
    return own or {code(part.first("94", "SAFE"))} - {""}


def _check_activity(path: Path, general: Block, held: list) -> None:
    active = general.first("17B", "ACTI")
    if active and (code(active) == "Y") != bool(held):
        wanted = "a holding, as :17B::ACTI//Y says" if not held else "no holding, as :17B::ACTI//N says"
        raise refused(path, active.place, wanted, str(len(held)))


def _balances(path: Path, holding: Block, basis: str) -> list[tuple[Field, Decimal]]:
    """Return the balances of a holding, proven; the aggregate of each place is only part of the proof."""
    said = _read(path, holding)
    parts = [pair for block in holding.all("SUBBAL") for pair in _read(path, block)]
    aggregate = next((size for one, size in said if one.qualifier == "AGGR"), None)
    if aggregate is None:
        raise refused(path, holding.place, ":93B::AGGR, the aggregate balance", "none")
    for wanted in (_split(said), _by_place(parts), _made_of(said + parts, basis)):
        if wanted is not None and wanted != aggregate:
            place = next(one.place for one, _ in said if one.qualifier == "AGGR")
            raise refused(path, place, f"an aggregate balance of {wanted:f}, as its parts give", f"{aggregate:f}")
    return said + [(one, size) for one, size in parts if one.qualifier != "AGGR"]


def _read(path: Path, block: Block) -> list[tuple[Field, Decimal]]:
    told = [one for one in block.fields if one.tag.startswith("93") and one.qualifier]
    nominal = [one for one in told if not one.value.startswith(AMORTISED)]
    return [(one, quantity(path, one)) for one in nominal or told]


def _split(said: list[tuple[Field, Decimal]]) -> Decimal | None:
    sizes = {one.qualifier: size for one, size in said}
    return sizes["AVAI"] + sizes["NAVL"] if {"AVAI", "NAVL"} <= set(sizes) else None


def _by_place(parts: list[tuple[Field, Decimal]]) -> Decimal | None:
    sizes = [size for one, size in parts if one.qualifier == "AGGR"]
    return sum(sizes, Decimal(0)) if sizes else None


def _made_of(said: list[tuple[Field, Decimal]], basis: str) -> Decimal | None:
    """Return the sum of balances that do not overlap, where all of them are known; pending ones carry no sign."""
    parts = [(one.qualifier, size) for one, size in said if one.qualifier not in ("AGGR", "NAVL")]
    names = {name for name, _ in parts}
    pending = names & {*COMING, *GOING}
    known = {"AVAI", *APART, *COMING, *GOING}
    if "AVAI" not in names or len(names) == 1 or not names <= known or pending and not basis:
        return None
    total = Decimal(0)
    for name, size in parts:
        if name not in pending:
            total += size
        elif basis in BY_DEALS:
            total += size if name in COMING else -abs(size)
    return total
