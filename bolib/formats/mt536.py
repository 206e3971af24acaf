"""MT536, statement of transactions: what moved in a custody account, security by security.

Proven per security: opening + movements = closing, page by page, and each page opens where the one before closes.
The closing balance is what had settled: it becomes a row SETT of `custody_positions`. A movement that settles an
instruction becomes a step of its life; what else moves securities (corporate actions) is read and not counted there.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.custody import Rows, land_sheet, new, of_kind, statements
from bolib.formats.iso15022 import Block, Field, Message, code, isin, moment, needed, quantity
from bolib.formats.statements import refused
from bolib.formats.statuses import instruction

SETTLED = "SETT"
SIGN = {"RECE": 1, "DELI": -1}
REVERSED = "REVE"


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the closing balances of the file, or its movements, landed as text."""
    sheets = {"custody_positions": closings, "settlement_events": movements}
    return land_sheet(path, dialect, into, sheets, lambda path, message: ("MOVEMENTS", _last_day(path, message)))


def closings(path: Path, found: list[Message]) -> Rows:
    """Yield the rows of `custody_positions`: the final closing balance of each security.

    Without the statement's number, which is that of the movements and is kept with the file.
    """
    for pages in statements(path, of_kind(path, found, "536")):
        on = _last_day(path, pages[0])
        for account, security, block in _securities(path, pages):
            final = block.first("93", "FICL")
            if final:
                yield final.place, [on, account, security, SETTLED, quantity(path, final), None, None]


def movements(path: Path, found: list[Message]) -> Rows:
    """Yield the rows of `settlement_events`; what settled so far adds up over the statement."""
    for pages in statements(path, of_kind(path, found, "536")):
        so_far: dict[str, Decimal] = {}
        for _, _, block in _securities(path, pages):
            for move in block.all("TRAN"):
                details = _details(path, move)
                name, size = instruction(move), quantity(path, needed(path, details, "36", "PSTA"))
                back = code(details.first("25D", "MOVE")) == REVERSED
                so_far[name] = so_far.get(name, Decimal(0)) + (-size if back else size)
                kind = code(details.first("22F", "TRAN"))
                left_out = "" if kind in (SETTLED, "") else "NOT_SETTLEMENT"
                at = moment(path, needed(path, details, "98", "ESET", "SETT"))
                status = "PEND" if back else SETTLED
                yield details.place, [name, at, status, None, so_far[name], None, left_out]


def _last_day(path: Path, message: Message) -> str:
    period = needed(path, message.block("GENL"), "69", "STAT")
    last = period.value.rpartition("/")[2]
    return moment(path, Field(period.place, "98A", "STAT", last))[:10]


def _securities(path: Path, pages: list[Message]) -> Iterator[tuple[str, str, Block]]:
    """Yield (account, ISIN, block) of each security of each page, once proven."""
    closed: dict[tuple[str, str], Field] = {}
    for message in pages:
        new(path, message)
        account = needed(path, message.block("GENL"), "97", "SAFE")
        for part in message.body.all("SUBSAFE"):
            own = code(part.first("97", "SAFE") or account)
            for block in part.all("FIN"):
                security = isin(path, block)
                _prove(path, block, closed.get((own, security)))
                if last := block.first("93", "INCL"):
                    closed[own, security] = last
                yield own, security, block


def _prove(path: Path, block: Block, before: Field | None) -> None:
    """Refuse a security whose opening balance and movements do not give its closing balance."""
    opening, closing = block.first("93", "FIOP", "INOP"), block.first("93", "FICL", "INCL")
    if before and opening and quantity(path, opening) != quantity(path, before):
        wanted = f"a page that opens with {quantity(path, before):f}, as the one before closes"
        raise refused(path, opening.place, wanted, f"{quantity(path, opening):f}")
    moved = [_signed(path, _details(path, move)) for move in block.all("TRAN")]
    if opening and closing:
        total = sum(moved, quantity(path, opening))
        if total != quantity(path, closing):
            wanted = f"a closing balance of {total:f}, {quantity(path, opening):f} and {len(moved)} movements"
            raise refused(path, closing.place, wanted, f"{quantity(path, closing):f}")


def _details(path: Path, move: Block) -> Block:
    found = next(move.all("TRANSDET"), None)
    if found is None:
        raise refused(path, move.place, "TRANSDET, what moved", "none")
    return found


def _signed(path: Path, details: Block) -> Decimal:
    direction = needed(path, details, "22H", "REDE")
    if code(direction) not in SIGN:
        raise refused(path, direction.place, "RECE or DELI", repr(code(direction)))
    back = code(details.first("25D", "MOVE")) == REVERSED
    return quantity(path, needed(path, details, "36", "PSTA")) * SIGN[code(direction)] * (-1 if back else 1)
