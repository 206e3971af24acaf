"""What a custodian says of an instruction: the blocks STAT and LINK of MT537 and MT548, in the words of our tables."""

from dataclasses import dataclass
from pathlib import Path

from bolib.formats.iso15022 import Block, code, needed

OURS = ("RELA", "ACOW", "PREV", "TRRF")
"""Whose reference a linkage gives: that of the instruction, as its sender named it, comes first."""

SAID = {
    ("SETT", "PEND"): "PEND", ("SETT", "PENF"): "PENF", ("MTCH", "MACH"): "MACH", ("MTCH", "NMAT"): "NMAT",
    ("IPRC", "CAND"): "CANC", ("CPRC", "CAND"): "CANC", ("IPRC", "REJT"): "CANC", ("IPRC", "PACK"): "NMAT",
}  # fmt: skip
"""Status of our tables by kind and code of theirs. What is refused or cancelled will not settle; what is only
acknowledged is not matched yet. Any other code is about the processing, and leaves the instruction as it is."""

ORDER = ("SETT", "MTCH", "CPRC", "IPRC")
"""Which says most, where a message says several."""

HELD = ("PREA", "BOTH")
"""Reasons for which the instruction waits for our release, alone or with theirs."""


@dataclass(frozen=True)
class Status:
    """What became of an instruction; `status` is empty where the message leaves it as it is."""

    status: str
    reason: str
    accepted: bool = False

    @property
    def hold(self) -> bool | None:
        """Return whether we hold it back; None where nothing is said of that."""
        return True if self.reason in HELD else False if self.reason else None


def instruction(block: Block) -> str:
    """Return the reference of the instruction a block is linked to, by its blocks LINK; empty where there is none."""
    links = [block, *block.all("LINK")]
    found = (link.first("20C", name) for name in OURS for link in links)
    return next((code(one) for one in found if one), "")


def status(path: Path, blocks: list[Block]) -> Status:
    """Return what the blocks STAT of one instruction say together: settlement before matching before processing."""
    said = [(needed(path, block, "25D", *ORDER), block) for block in blocks]
    said.sort(key=lambda pair: ORDER.index(pair[0].qualifier))
    accepted = any((one.qualifier, code(one)) == ("IPRC", "PACK") for one, _ in said)
    for one, block in said:
        word = SAID.get((one.qualifier, code(one)))
        if word:
            return Status(word, reason(block), accepted)
    return Status("", reason(said[0][1]) if said else "", accepted)


def reason(block: Block) -> str:
    """Return the first reason of a block STAT, as the ISO code."""
    fields = [one for part in block.all("REAS") for one in part.fields if one.tag == "24B"]
    return code(fields[0]) if fields else ""
