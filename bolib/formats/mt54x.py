"""MT540 to MT548: instructions, confirmations and statuses, as one chain of steps for each instruction.

MT540 and 541 receive, 542 and 543 deliver; 541 and 543 against payment; 544 to 547 confirm them in that order; 548
says what became of one. An instruction stands in `settlements` as the last step of the file leaves it; of what was
never confirmed nothing had settled, and of what nobody said anything nothing is matched. The other party is named by
its LEI where the message has it, else as written: map it in sources.yml (`values`). XXX = no amount is exchanged.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.custody import Rows, land_sheet
from bolib.formats.iso15022 import Block, Field, Message, amount, code, day, isin, moment, needed, quantity
from bolib.formats.pena import penalties
from bolib.formats.statements import refused
from bolib.formats.statuses import Status, instruction, status

INSTRUCTIONS, CONFIRMATIONS, ADVICE = ("540", "541", "542", "543"), ("544", "545", "546", "547"), "548"
DELIVERED, PAID = ("542", "543", "546", "547"), ("541", "543", "545", "547")
NO_CURRENCY = "XXX"


@dataclass
class Step:
    """What one message says of an instruction; `settled` so far, None where it says nothing of it."""

    place: int
    name: str
    at: str
    status: Status
    settled: Decimal | None = None
    settled_on: str = ""
    matched_at: str = ""


@dataclass
class Chain:
    """An instruction: the message that gives its terms, and its steps."""

    terms: Message | None = None
    steps: list[Step] = field(default_factory=list)


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the instructions of the file, their steps, or the penalties of its advices, landed as text."""
    sheets = {"settlements": settlements, "settlement_events": events, "penalties": _penalties}
    return land_sheet(path, dialect, into, sheets)


def _penalties(path: Path, found: list[Message]) -> Rows:
    return penalties(path, [one for one in _known(path, found) if one.kind == ADVICE])


def events(path: Path, found: list[Message]) -> Rows:
    """Yield the rows of `settlement_events`: each status and each confirmation."""
    for name, chain in chains(path, found).items():
        settled, before = Decimal(0), "NMAT"
        for step in chain.steps:
            settled = settled if step.settled is None else step.settled
            left_out = "" if step.status.status else "PROCESSING"
            before = step.status.status or before
            yield step.place, [name, step.at, before, step.status.reason, settled, step.status.hold, left_out]


def settlements(path: Path, found: list[Message]) -> Rows:
    """Yield the rows of `settlements`, each as the last step of the file leaves it."""
    for message in _known(path, found):
        if message.kind in INSTRUCTIONS and _function(path, message) != "NEWM":
            row = [_reference(path, message), *[None] * 17, "REQUEST"]
            yield message.place, row
    for name, chain in chains(path, found).items():
        if chain.terms is not None:
            yield chain.terms.place, _settlement(path, name, chain)


def chains(path: Path, found: list[Message]) -> dict[str, Chain]:
    """Return the instructions of a file by reference: an advice on an unknown one has steps and no terms."""
    known: dict[str, Chain] = {}
    for message in _known(path, found):
        if message.kind in INSTRUCTIONS:
            if _function(path, message) == "NEWM":
                _instruct(path, message, known)
        else:
            step = _advice(path, message) if message.kind == ADVICE else _confirmation(path, message)
            chain = known.setdefault(step.name, Chain())
            chain.terms = chain.terms or (message if message.kind != ADVICE else None)
            chain.steps.append(step)
    return known


def _known(path: Path, found: list[Message]) -> list[Message]:
    for one in found:
        if one.kind not in (*INSTRUCTIONS, *CONFIRMATIONS, ADVICE):
            raise refused(path, one.place, "an envelope {2: of MT540 to MT548", one.kind or "none")
    return found


def _function(path: Path, message: Message) -> str:
    return needed(path, message.block("GENL"), "23G").value[:4]


def _reference(path: Path, message: Message) -> str:
    return code(needed(path, message.block("GENL"), "20C", "SEME"))


def _instruct(path: Path, message: Message, known: dict[str, Chain]) -> None:
    chain = known.setdefault(_reference(path, message), Chain())
    if chain.terms is not None and chain.terms.kind in INSTRUCTIONS:
        raise refused(path, message.place, f"one instruction {_reference(path, message)}", "another")
    chain.terms = message


def _linked(path: Path, message: Message) -> str:
    name = instruction(message.block("GENL"))
    if not name:
        raise refused(path, message.place, ":20C::RELA, the instruction it is about", "none")
    return name


def _advice(path: Path, message: Message) -> Step:
    general, details = message.block("GENL"), message.block("SETTRAN")
    said = status(path, list(general.all("STAT")))
    matched = details.first("98", "MTCH")
    at = moment(path, needed(path, general, "98", "PREP"))
    matched_at = moment(path, matched) if matched else at if said.status == "MACH" else ""
    before = details.first("36", "PSTT")
    settled = quantity(path, before) if before else None
    return Step(message.place, _linked(path, message), at, said, settled, matched_at=matched_at)


def _confirmation(path: Path, message: Message) -> Step:
    """Return what settled by this message and before it; RSTT says what is still open, RVSL takes a settlement back."""
    account, trade, general = message.block("FIAC"), message.block("TRADDET"), message.block("GENL")
    now = quantity(path, needed(path, account, "36", "ESTT"))
    before, rest = (account.first("36", name) for name in ("PSTT", "RSTT"))
    settled_on = needed(path, trade, "98", "ESET")
    back = _function(path, message) == "RVSL"
    settled = (quantity(path, before) if before else Decimal(0)) + (-now if back else now)
    whole = not back and not (rest and quantity(path, rest))
    at = moment(path, general.first("98", "PREP") or settled_on)
    said = Status("SETT" if whole else "PEND", "" if whole else "PART")
    on = day(path, settled_on).isoformat() if whole else ""
    return Step(message.place, _linked(path, message), at, said, max(settled, Decimal(0)), on)


def _settlement(path: Path, name: str, chain: Chain) -> list:
    message, steps = chain.terms, chain.steps
    trade, details = message.block("TRADDET"), message.block("SETDET")
    currency, paid = _paid(path, message, details)
    told = [step for step in steps if step.status.status]
    last = told[-1].status if told else Status("NMAT", "")
    settled = next((step.settled for step in reversed(steps) if step.settled is not None), Decimal(0))
    accepted = next((step.at for step in steps if step.status.accepted), "")
    matched = next((step.matched_at for step in steps if step.matched_at), "")
    settled_on = told[-1].settled_on if told and last.status == "SETT" else ""
    return [
        *(name, _deal(message), "DELI" if message.kind in DELIVERED else "RECE"),
        *("APMT" if message.kind in PAID else "FREE", isin(path, trade), _instructed(path, message), paid, currency),
        *(day(path, needed(path, trade, "98", "SETT")), accepted, matched, settled, settled_on),
        *(last.status, last.reason, _party(details, "BUYR", "SELL"), _party(details, "PSET"), _venue(trade), ""),
    ]


def _instructed(path: Path, message: Message) -> Decimal:
    """Return the quantity of the instruction; of a confirmation, all that it says settled and has still to."""
    account = message.block("FIAC")
    if message.kind in INSTRUCTIONS:
        return quantity(path, needed(path, account, "36", "SETT"))
    said = [needed(path, account, "36", "ESTT"), *(account.first("36", name) for name in ("PSTT", "RSTT"))]
    return sum((quantity(path, one) for one in said if one), Decimal(0))


def _paid(path: Path, message: Message, details: Block) -> tuple[str, Decimal]:
    fields = [one for block in details.all("AMT") for name in ("SETT", "ESTT") for one in [block.first("19A", name)]]
    one = next((one for one in fields if one), None)
    if one is None and message.kind in PAID:
        raise refused(path, details.place, ":19A::SETT, the amount to pay", "none")
    currency, size = amount(path, one) if one else (NO_CURRENCY, Decimal(0))
    return currency, abs(size)


def _deal(message: Message) -> str:
    links: Iterator[Field | None] = (link.first("20C", "TRRF") for link in message.block("GENL").all("LINK"))
    return next((code(one) for one in links if one), "")


def _party(details: Block, *names: str) -> str:
    """Return the party of a settlement: its LEI where it is told, else its BIC or the code as written."""
    for block in details.all("SETPRTY"):
        found = block.first("95", *names)
        if found:
            identified = next((one for one in block.fields if one.tag == "95L"), None)
            return code(identified or found).rpartition("/")[2]
    return ""


def _venue(trade: Block) -> str:
    place = trade.first("94", "TRAD")
    return code(place).rpartition("/")[2] if place and code(place).startswith("EXCH/") else ""
