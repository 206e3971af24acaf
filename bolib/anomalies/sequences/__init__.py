"""Statements: does each follow the one before, by its number and its balance, from one day's files to the next?

Of depositaries: holdings (CUSTODY), movements, pending transactions and penalties, each numbered on its own. A message
that holds nothing is still a statement; of a table the numbers are known where a row names them.

Numbers follow one another where they are alike but for their last digits, as 2026/0022 and 2026/0023; one that begins
again, or is written otherwise, is no gap. Nor is a date, which readers give to statements without numbers (CFONB 120),
nor a number that went on by the days the market was closed while the balance did not move. Where several statements of
a day have no such number, which came first is not known, and nothing is said of that day.

Pages that came apart from the others say so themselves: pages that do not close their statement (MT940 :62M:, MT535
1/MORE) wait for those after them, pages that do not open it for those before.
"""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

import pyarrow as pa

from bolib.day import Day
from bolib.tables.results import RESULTS
from bolib.valuation.exact import AMOUNT
from bolib.views import prepare as make
from bolib.views import result_schema, views

TABLES = ("last_statements",)

HEADS = pa.schema([
    ("kind", pa.string()), ("account", pa.string()), ("statement_no", pa.string()), ("day", pa.date32()),
    ("part", pa.string()), ("known_at", pa.timestamp("us")), ("source_file", pa.string()), ("source_line", pa.int64()),
])  # fmt: skip
GAPS = pa.schema([
    ("kind", pa.string()), ("account", pa.string()), ("currency", pa.string()), ("before", pa.string()),
    ("statement_no", pa.string()), ("missing", pa.int64()), ("lacks", pa.string()), ("from_date", pa.date32()),
    ("closing_before", AMOUNT), ("opening", AMOUNT), ("difference", AMOUNT), ("source_file", pa.string()),
    ("source_line", pa.int64()),
])  # fmt: skip
DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
PAGED = re.compile(r"(.+)/(\d{1,9})(?:-(\d{1,9}))?")
"""The number of pages that came apart: 12/2, or 12/2-3."""


def prepare(day: Day) -> None:
    """Add `statement_gaps`, each statement that does not follow the one before, and `last_statements` for tomorrow."""
    day.engine.add("statement_heads", pa.Table.from_pylist([_head(one) for one in day.loaded.heads], schema=HEADS))
    make(day.engine, views("anomalies"), {"received_statements"}, **day.bound)
    by_account: dict[tuple, list[dict]] = defaultdict(list)
    for row in day.rows("received_statements"):
        by_account[row["kind"], row["account"], row["currency"] or ""].append(row)
    series = [in_order(rows) for _, rows in sorted(by_account.items())]
    closed = {row["date"] for row in day.rows("target_days") if not row["open"]}
    rows = [gap for one in series for gap in gaps(one, closed)]
    day.engine.add("statement_gaps", pa.Table.from_pylist(rows, schema=GAPS))
    last = [one[-1] | {"file": one[-1]["source_file"], "line": one[-1]["source_line"]} for one in series]
    schema = result_schema(RESULTS["last_statements"])
    day.engine.add("last_statements", pa.Table.from_pylist([{n: row[n] for n in schema.names} for row in last], schema))


def _head(one: dict) -> dict:
    told = {"kind": one["kind"], "account": one["account"], "statement_no": one["number"], "part": one.get("part")}
    known = one.get("known_at") and datetime.fromisoformat(one["known_at"])
    told |= {"day": date.fromisoformat(one["day"]), "known_at": known}
    return told | {"source_file": one["file"], "source_line": one["line"]}


def in_order(rows: list[dict]) -> list[dict]:
    """Return the statements of an account by day and number; one carried over that came again counts once.

    Pages that came apart count no more once their statement came whole.
    """
    came: dict[str, date] = {}
    for row in rows:
        if not row["carried"]:
            came[row["statement_no"]] = max(row["to_date"], came.get(row["statement_no"], date.min))
    kept = [
        row
        for row in rows
        if not (row["carried"] and row["statement_no"] in came)
        and not (row["part"] and came.get(_whole(row), date.min) >= row["from_date"])
    ]
    return sorted(kept, key=lambda row: (row["to_date"], *numbered(row["statement_no"], row["part"])))


def _whole(row: dict) -> str:
    """Return the number of the statement a row is a part of; nothing where its pages have no numbers."""
    paged = PAGED.fullmatch(row["statement_no"])
    return paged[1] if paged else ""


def numbered(name: str, part: str | None = None) -> tuple[str, int, int, int, str]:
    """Return what stands before the last digits of a number, those digits, -1 where there are none; pages; the name.

    >>> numbered("2026/0022")[:2], numbered("00022")[:2], numbered("MARCH")[:2]
    (('2026/', 22), ('', 22), ('MARCH', -1))
    >>> numbered("12/2-3", "MIDDLE")
    ('', 12, 2, 3, '12/2-3')
    >>> numbered("2026-03-31")[:2]
    ('2026-03-31', -1)
    """
    paged = PAGED.fullmatch(name) if part else None
    whole, first, last = paged.groups() if paged else (name, "0", None)
    found = None if DATED.fullmatch(whole) else re.fullmatch(r"(.*?)(\d{1,18})", whole)
    head, number = (found[1], int(found[2])) if found else (whole, -1)
    return head, number, int(first), int(last or first), name


def gaps(series: list[dict], closed: set[date]) -> list[dict]:
    """Return the statements of an account that do not follow the one before, or lack a part of themselves.

    `closed` are the days without a market, of which no statement comes.
    """
    days = Counter(row["to_date"] for row in series)
    crowded = {day for day, count in days.items() if count > 1}
    befores, afters = [None, *series[:-1]], [*series[1:], None]
    found = (gap_of(*three, crowded, closed) for three in zip(befores, series, afters, strict=True))
    return [gap for gap in found if gap]


def gap_of(before: dict | None, row: dict, after: dict | None, crowded: set[date], closed: set[date]) -> dict | None:
    """Return what lacks of a statement or before it: pages, statements by their numbers, or a part of the balance.

    A difference in balance that pages before it explain, which never came, is told with those pages alone.
    """
    told = {name: row[name] for name in ("kind", "account", "currency", "statement_no", "from_date", "opening")}
    told |= {name: row[name] for name in ("source_file", "source_line")}
    parts = lacking(before, row, after)
    lacks = "BOTH" if len(parts) > 1 else parts[0] if parts else None
    missing, difference = (0, None) if before is None or row["carried"] else _between(before, row, crowded)
    if difference == 0 and _by_days(before, row, missing, closed):
        missing = 0
    explained = before is not None and "LAST" in lacking(None, before, row)
    if not (missing or lacks or difference and not explained):
        return None
    names = {"before": before and before["statement_no"], "closing_before": before and before["closing"]}
    return told | names | {"missing": missing, "lacks": lacks, "difference": difference}


def lacking(before: dict | None, row: dict, after: dict | None) -> list[str]:
    """Return which parts of a statement never came, of which pages came: FIRST, those before them; LAST, those after.

    What was carried over told of the pages before it on its own evening.
    """
    opens, closes = row["part"] in (None, "FIRST"), row["part"] in (None, "LAST")
    lacks = [] if opens or row["carried"] or _same(before, row) else ["FIRST"]
    return lacks + ([] if closes or _same(row, after) else ["LAST"])


def _same(one: dict | None, other: dict | None) -> bool:
    """Return whether two received parts are of one statement."""
    if not (one and other and one["part"] and other["part"]):
        return False
    names = [numbered(row["statement_no"], row["part"]) for row in (one, other)]
    return names[0][:2] == names[1][:2] and names[0][3] < names[1][2]


def _between(before: dict, after: dict, crowded: set[date]) -> tuple[int, object]:
    """Return how many statements, or pages, lack between two, and what the balance differs by."""
    head, low, _, last, _ = numbered(before["statement_no"], before["part"])
    other, high, first, _, _ = numbered(after["statement_no"], after["part"])
    alike = _same(before, after) or head == other and low >= 0
    if not alike and {before["to_date"], after["to_date"]} & crowded:
        return 0, None
    missing = first - last - 1 if _same(before, after) else high - low - 1 if alike else 0
    difference = None if after["opening"] is None else after["opening"] - before["closing"]
    return max(missing, 0), difference


def _by_days(before: dict, after: dict, missing: int, closed: set[date]) -> bool:
    """Return whether the numbers that lack are those of the closed days between: some banks number by the day."""
    days = (after["to_date"] - before["to_date"]).days
    return missing == days - 1 and all(before["to_date"] + timedelta(days=one) in closed for one in range(1, days))
