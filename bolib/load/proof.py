"""The proof: rows and cents in = accepted + set aside + excluded, file by file."""

import re
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from bolib.errors import SourceError
from bolib.load.arrivals import control_file
from bolib.load.rows import File, rows_a_record, unused
from bolib.load.sources import Values

AMOUNT = pa.decimal128(38, 2)
PARTS = ("read", "accepted", "set_aside", "excluded")
COMPLETENESS = pa.schema(
    [(name, pa.string()) for name in ("source", "file", "sha256")]
    + [(f"rows_{part}", pa.int64()) for part in PARTS]
    + [(f"amount_{part}", AMOUNT) for part in PARTS]
    + [("declared_rows", pa.int64()), ("declared_amount", AMOUNT), ("proven", pa.bool_()), ("reason", pa.string())]
)


@dataclass(frozen=True)
class Declared:
    """What the sender says a file holds; None where it says nothing."""

    rows: int | None = None
    amount: Decimal | None = None


def completeness(counts: list[dict]) -> pa.Table:
    """Return one row a file, in the order of sources and files; `reason` says what is not proven, or not summed."""
    rows = sorted((_row(count) for count in counts), key=lambda row: (row["source"], row["file"]))
    return pa.Table.from_pylist(rows, schema=COMPLETENESS)


def _row(count: dict) -> dict:
    file, amounts = count["file"], count["table"].amount
    row = {"source": file.arrival.source.name, "file": file.name, "sha256": file.arrival.sha256}
    for part in PARTS:
        found = count.get(part, {"n": 0, "amount": None})
        row[f"rows_{part}"] = found["n"]
        row[f"amount_{part}"] = (found["amount"] or Decimal("0.00")) if amounts else None
    row["rows_read"] = file.landed.rows * rows_a_record(file)
    row["rows_excluded" if file.excluded else "rows_set_aside"] += len(file.landed.broken)
    declared = _declared(file)
    row |= {"declared_rows": declared.rows, "declared_amount": declared.amount}
    faults = _faults(row, bool(amounts))
    return row | {"proven": not faults, "reason": "; ".join((*faults, *_remarks(count, file)))}


def _faults(row: dict, amounts: bool) -> list[str]:
    faults = []
    for what in ("rows", "amount") if amounts else ("rows",):
        total = sum(row[f"{what}_{part}"] for part in PARTS[1:])
        if row[f"{what}_read"] != total:
            faults.append(f"{what} read {row[f'{what}_read']}, accounted for {total}")
    for what in ("rows", "amount"):
        declared = row[f"declared_{what}"]
        if declared is not None and declared != row[f"{what}_read"]:
            faults.append(f"{what} declared {declared}, read {row[f'{what}_read']}")
    return faults


def _remarks(count: dict, file: File) -> list[str]:
    remarks = [file.excluded] if file.excluded else []
    without = count.get("set_aside", {}).get("without", 0) + len(file.landed.broken)
    if count["table"].amount and without and not file.excluded:
        remarks.append(f"set aside without a readable {count['table'].amount}, counted as 0: {without}")
    left = [] if file.excluded else unused(file, count["table"])
    return [*remarks, *([f"columns not used: {', '.join(left)}"] if left else [])]


def _declared(file: File) -> Declared:
    totals, written = file.arrival.source.totals, file.arrival.source.written
    if not (totals.rows or totals.amount):
        return Declared()
    text = _control_text(file) if totals.file else "\n".join(file.landed.trailer)
    rows, amount = (_figure(file, text, pattern, written) for pattern in (totals.rows, totals.amount))
    return Declared(None if rows is None else int(rows), amount)


def _control_text(file: File) -> str:
    path = control_file(file.arrival)
    if not path.is_file():
        raise SourceError(str(path), "the control file of " + file.name, "none", "Ask the sender for it.")
    return path.read_text(encoding=file.arrival.source.dialect.encoding, errors="replace")


def _figure(file: File, text: str, pattern: str, written: Values) -> Decimal | None:
    """Return the figure the pattern captures, in the file's own decimal mark."""
    if not pattern:
        return None
    found = re.search(pattern, text, re.MULTILINE)
    digits = found[1].strip() if found else ""
    for mark in written.thousands:
        digits = digits.replace(mark, "")
    digits = digits.replace(written.decimal, ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", digits):
        raise SourceError(
            str(file.arrival.path),
            f"declared totals as {pattern}",
            text[-200:].replace("\n", " / ") or "nothing",
            "Correct the pattern in sources.yml, or ask the sender for the whole file.",
        )
    return Decimal(digits)
