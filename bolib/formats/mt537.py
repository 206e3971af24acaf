"""MT537, statement of pending transactions: what has not settled and why, and the cash penalties for it.

A status heads its transactions (STAT, with TRAN inside) or each transaction its statuses (TRANS). What had settled
of an instruction before is told by PSTT; where it is not told, nothing is taken to have. Penalties: `pena`.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.custody import Rows, land_sheet, new, of_kind, statements
from bolib.formats.iso15022 import Block, Message, isin, moment, needed, quantity
from bolib.formats.pena import penalties
from bolib.formats.statuses import instruction, status


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the pending instructions of the file, or its penalties, landed as text."""
    return land_sheet(path, dialect, into, {"settlement_events": pending, "penalties": _penalties}, _stated)


def _stated(path: Path, message: Message) -> tuple[str, str]:
    """Return what is stated, penalties being numbered apart, and the day."""
    kind = "PENALTIES" if next(message.body.anywhere("PENA"), None) else "PENDING"
    return kind, moment(path, needed(path, message.block("GENL"), "98", "STAT", "PREP"))[:10]


def _penalties(path: Path, found: list[Message]) -> Rows:
    pages = [page for pages in statements(path, of_kind(path, found, "537")) for page in pages]
    return penalties(path, pages)


def pending(path: Path, found: list[Message]) -> Rows:
    """Yield the rows of `settlement_events`: each pending instruction with its status at the time of the statement."""
    for pages in statements(path, of_kind(path, found, "537")):
        for message in pages:
            new(path, message)
            at = moment(path, needed(path, message.block("GENL"), "98", "STAT", "PREP"))
            for transaction, said in _transactions(message.body):
                found_status = status(path, said)
                details = next(transaction.all("TRANSDET"), transaction)
                isin(path, details)
                before = details.first("36", "PSTT")
                settled = quantity(path, before) if before else Decimal(0)
                left_out = "" if found_status.status else "PROCESSING"
                row = [instruction(transaction), at, found_status.status, found_status.reason, settled]
                yield transaction.place, [*row, found_status.hold, left_out]


def _transactions(body: Block) -> Iterator[tuple[Block, list[Block]]]:
    """Yield each transaction with the blocks that say its status."""
    for heading in body.all("STAT"):
        for transaction in heading.all("TRAN"):
            yield transaction, [heading]
    for transaction in body.all("TRANS", "TRAN"):
        yield transaction, list(transaction.all("STAT"))
