"""Cash penalties as depositories report them: the sequence PENA of MT537 and MT548.

By currency and party, by counterparty, by penalty. Proven wherever the message says the sums: the penalties of a
counterparty give its net (AGNT); the nets give what is received (AGCR), paid (AGDE) and the whole (GBNT). N before an
amount = the bank pays. One that was removed or could not be computed is read and not counted.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bolib.formats.custody import Rows
from bolib.formats.iso15022 import Block, Field, Message, amount, code, day, needed
from bolib.formats.statements import refused
from bolib.formats.statuses import instruction

NOT_DUE = ("REMO", "NCOM")
"""Removed, and not computed: no part of the sums."""


def penalties(path: Path, found: list[Message]) -> Rows:
    """Yield the rows of `penalties`."""
    for message in found:
        for sequence in message.body.anywhere("PENA"):
            rows = [row for party in sequence.blocks for row in _of_party(path, party)]
            wanted = f"{_told(sequence)} penalties, each under the net of a counterparty"
            if len(rows) != _told(sequence):
                raise refused(path, sequence.place, wanted, str(len(rows)))
            yield from rows


def _told(block: Block) -> int:
    """Return how many penalties stand below a block."""
    return sum((one.first("22F", "PNTP") is not None) + _told(one) for one in block.blocks)


def _of_party(path: Path, party: Block) -> Rows:
    detected, nets = party.first("98", "DACO"), []
    for counterparty in _holding(party, "19A", "AGNT"):
        details = list(_holding(counterparty, "22F", "PNTP"))
        net = needed(path, counterparty, "19A", "AGNT")
        nets.append(amount(path, net)[1])
        due = [amount(path, needed(path, one, "19A", "AMCO"))[1] for one in details if _due(one)]
        _agrees(path, net, sum(due, Decimal(0)), f"the sum of {len(due)} penalties")
        for one in details:
            yield one.place, _row(path, one, detected)
    for name, wanted in (
        ("AGCR", sum((net for net in nets if net > 0), Decimal(0))),
        ("AGDE", sum((net for net in nets if net < 0), Decimal(0))),
        ("GBNT", sum(nets, Decimal(0))),
    ):
        said = party.first("19A", name)
        if said:
            _agrees(path, said, wanted, f"the sum of {len(nets)} bilateral nets")


def _holding(block: Block, tag: str, qualifier: str) -> Iterator[Block]:
    """Yield the blocks below that have a field, whatever the sender calls them."""
    for inside in block.blocks:
        if inside.first(tag, qualifier):
            yield inside
        else:
            yield from _holding(inside, tag, qualifier)


def _agrees(path: Path, said: Field, wanted: Decimal, why: str) -> None:
    found = amount(path, said)[1]
    if found != wanted and not (said.qualifier == "AGDE" and found == -wanted):
        raise refused(path, said.place, f"{said.qualifier} of {wanted:f}, {why}", f"{found:f}")


def _due(block: Block) -> bool:
    return code(block.first("25D", "PNST")) not in NOT_DUE


def _row(path: Path, block: Block, detected: Field | None) -> list:
    reference = needed(path, block, "20C", "PREF", "PCOM")
    currency, size = amount(path, needed(path, block, "19A", "AMCO"))
    own = next((one for part in block.anywhere("CALDET", "CALCDET") for one in [part.first("98", "PEDA")] if one), None)
    when = block.first("98", "DACO") or detected or own
    if when is None:
        raise refused(path, block.place, ":98a::DACO, the day the penalty is for", "none")
    linked = next((name for part in [block, *block.anywhere("RELTRAN", "LINK")] if (name := instruction(part))), "")
    kind, direction = code(block.first("22F", "PNTP")), "CREDIT" if size > 0 else "DEBIT"
    left_out = "" if _due(block) else "NOT_DUE"
    return [code(reference), linked, day(path, when), kind, abs(size), currency, direction, left_out]
