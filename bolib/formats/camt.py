"""ISO 20022 cash messages of every version: camt.053 (statement), camt.052 (report), camt.054 (notification).

An entry is one line, at the entry's amount. It is told apart into its transactions only where each has an amount
in the currency of the account and together they give the entry to the last digit; the words of the entry then
stay with the entry's own reference and are not copied to each. `RvslInd` marks a line, it never changes a sign:
`CdtDbtInd` already says which way the money goes.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from bolib.formats import Dialect, Landed
from bolib.formats.statements import Balance, Movement, Statement, land_statements, refused
from bolib.formats.xml import Node, read_xml

PARTS = {"Stmt": "053", "Rpt": "052", "Ntfctn": "054"}
"""The element of a statement, a report or a notification."""

OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
NUMBER = re.compile(r"[+-]?(\d{1,18}(\.\d{0,17})?|\.\d{1,17})", re.ASCII)
"""A decimal as XML writes it, of at most eighteen digits either side; never infinite, never not a number."""

INTERIM = "ITBD"
"""The booked balance between two pages of one statement."""


def land(path: Path, dialect: Dialect, into: Path, engine) -> Landed:
    """Return the statements of the message, or their lines, landed as text."""
    return land_statements(path, dialect, into, read)


def read(path: Path, encoding: str) -> Iterator[Statement]:
    """Yield the statements, reports or notifications of the message; the XML itself says its encoding."""
    root = read_xml(path)
    bodies = list(root) if root.name == "Document" else []
    if not bodies or "camt." not in root.tag:
        raise refused(path, root.line, "a camt.052, camt.053 or camt.054 Document", root.tag)
    found = [part for body in bodies for name in PARTS for part in body.all(name)]
    if not found:
        raise refused(path, bodies[0].line, f"one of {', '.join(PARTS)}", "none")
    for part in found:
        yield _statement(path, part)


def _statement(path: Path, part: Node) -> Statement:
    account = part.read("Acct/Id/IBAN", "Acct/Id/Othr/Id", "Acct/Id/PrtryAcct/Id", "Acct/Id/BBAN", "Acct/Id/UPIC")
    if not account:
        raise refused(path, part.line, "Acct/Id, the account", "none")
    pagination = part.first("StmtPgntn", "RptPgntn", "NtfctnPgntn")
    page = _whole(path, pagination, "PgNb") if pagination is not None else None
    last = pagination is None or pagination.read("LastPgInd") == "true"
    opening, closing = _balances(path, part, page, last)
    if part.name == "Stmt" and (opening is None or closing is None):
        found = "neither" if opening is closing else "only the first" if opening else "only the last"
        raise refused(path, part.line, "OPBD and CLBD, the booked balances before and after", found)
    statement = Statement(
        place=part.line,
        account=account,
        number=part.read("ElctrncSeqNb", "LglSeqNb", "Id") or "",
        opening=opening,
        closing=closing,
        movements=tuple(line for entry in part.all("Ntry") for line in _movements(path, part, entry)),
        page=page,
        first=page in (None, 1),
        last=last,
    )
    _check_totals(path, part, statement)
    return statement


def _balances(path: Path, part: Node, page: int | None, last: bool) -> tuple[Balance | None, Balance | None]:
    """Return the booked balances before and after; on the pages between, the interim ones."""
    found: dict[str, list[Balance]] = {}
    for node in part.all("Bal"):
        code = node.read("Tp/CdOrPrtry/Cd", "Tp/Cd", "Tp/CdOrPrtry/Prtry")
        if code in (*OPENING, *CLOSING, INTERIM):
            amount = _signed(path, node)
            found.setdefault(code, []).append(Balance(_day(path, node, "Dt"), amount, _currency(path, node)))
    between = found.get(INTERIM, []) if page is not None else []
    opening = next((found[code][0] for code in OPENING if code in found), between[0] if between else None)
    closing = next((found[code][0] for code in CLOSING if code in found), between[-1] if between and not last else None)
    return opening, closing


def _movements(path: Path, part: Node, entry: Node) -> Iterator[Movement]:
    whole = _entry(path, part, entry)
    parts = [_transaction(path, whole, node) for node in entry.all("NtryDtls/TxDtls")]
    told_apart = len(parts) > 1 and all(part is not None for part in parts)
    if told_apart and sum(part.amount for part in parts) == whole.amount:
        yield from parts
    else:
        only = next(entry.all("NtryDtls/TxDtls"), None) if len(parts) == 1 else None
        yield whole if only is None else _with_details(whole, only, whole.amount > 0)


def _entry(path: Path, part: Node, entry: Node) -> Movement:
    currency = _currency(path, entry)
    booked = _day(path, entry, "BookgDt", "ValDt", default=_reported(path, part))
    return Movement(
        place=entry.line,
        booking_date=booked,
        value_date=_day(path, entry, "ValDt", default=booked),
        amount=_signed(path, entry),
        currency=currency,
        reference=entry.read("AcctSvcrRef", "NtryRef"),
        text=entry.read("AddtlNtryInf"),
        reversal=entry.read("RvslInd") in ("true", "1"),
        status=entry.read("Sts/Cd", "Sts") or "BOOK",
    )


def _reported(path: Path, part: Node) -> date | None:
    """Return the day of the statement itself, for an entry that has no date."""
    text = part.read("CreDtTm", "FrToDt/ToDtTm")
    return _date(path, part, "CreDtTm", text) if text else None


def _transaction(path: Path, whole: Movement, node: Node) -> Movement | None:
    """Return a transaction of an entry as a line of its own, or None where it has no amount of its own."""
    amount = node.first("AmtDtls/TxAmt/Amt", "Amt")
    if amount is None or amount.get("Ccy") != whole.currency:
        return None
    credit = node.read("CdtDbtInd") == "CRDT" if node.read("CdtDbtInd") else whole.amount > 0
    size = _decimal(path, amount)
    line = replace(whole, place=node.line, amount=size if credit else -size, text=None)
    return _with_details(line, node, credit)


def _with_details(line: Movement, node: Node, credit: bool) -> Movement:
    """Return the line with the reference, the other party and the words of its transaction."""
    other = "Dbtr" if credit else "Cdtr"
    end_to_end = node.read("Refs/EndToEndId")
    words = [part.text.strip() for part in node.all("RmtInf/Ustrd") if part.text and part.text.strip()]
    structured = node.read("RmtInf/Strd/CdtrRefInf/Ref")
    return replace(
        line,
        reference=line.reference or node.read("Refs/AcctSvcrRef", "Refs/TxId", "Refs/InstrId"),
        end_to_end_id=end_to_end if end_to_end != "NOTPROVIDED" else None,
        counterparty=node.read(f"RltdPties/{other}/Nm", f"RltdPties/{other}/Pty/Nm"),
        text=" ".join([*words, *([structured] if structured else [])]) or line.text,
    )


def _signed(path: Path, node: Node) -> Decimal:
    amount, side = node.first("Amt"), node.read("CdtDbtInd")
    if amount is None or side not in ("CRDT", "DBIT"):
        raise refused(path, node.line, "Amt with CdtDbtInd CRDT or DBIT", str(side))
    size = _decimal(path, amount)
    return size if side == "CRDT" else -size


def _currency(path: Path, node: Node) -> str:
    amount = node.first("Amt")
    if amount is None or not amount.get("Ccy"):
        raise refused(path, node.line, "Amt with its currency, Ccy", "none")
    return amount.get("Ccy")


def _decimal(path: Path, node: Node) -> Decimal:
    text = (node.text or "").strip()
    if not NUMBER.fullmatch(text):
        raise refused(path, node.line, "an amount", repr(node.text))
    return Decimal(text)


def _whole(path: Path, node: Node, *names: str) -> int:
    text = node.read(*names) or ""
    if not (NUMBER.fullmatch(text) and text.isdigit()):
        raise refused(path, node.line, f"a whole number in {names[0]}", repr(text))
    return int(text)


def _day(path: Path, node: Node, *names: str, default: date | None = None) -> date:
    text = node.read(*(f"{name}/{kind}" for name in names for kind in ("Dt", "DtTm")))
    return default if text is None and default is not None else _date(path, node, names[0], text or "")


def _date(path: Path, node: Node, name: str, text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise refused(path, node.line, f"a date in {name}", repr(text)) from error


def _check_totals(path: Path, part: Node, statement: Statement) -> None:
    """Refuse a message that declares another number or sum of entries than it holds."""
    entries = list(part.all("Ntry"))
    if part.first("TxsSummry/TtlNtries/NbOfNtries") is not None:
        declared = _whole(path, part, "TxsSummry/TtlNtries/NbOfNtries")
        if declared != len(entries):
            raise refused(path, part.line, f"{declared} entries, as TtlNtries declares", str(len(entries)))
    total = part.first("TxsSummry/TtlNtries/Sum")
    found = sum((_decimal(path, entry.first("Amt")) for entry in entries), Decimal(0))
    if total is not None and _decimal(path, total) != found:
        raise refused(path, part.line, f"entries of {_decimal(path, total)} in all, as TtlNtries declares", str(found))
