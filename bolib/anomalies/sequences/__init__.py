"""Statements: does each follow the one before, by its number and its balance, from one day's files to the next?

Of depositaries: holdings (CUSTODY), movements, pending transactions and penalties, each numbered on its own. A message
that holds nothing is still a statement; of a table the numbers are known where a row names them.

Numbers follow one another where they are alike but for their last digits, as 2026/0022 and 2026/0023; one that begins
again, or is written otherwise, is no gap. Where several statements of a day have no such number, which came first is
not known, and nothing is said of that day.
"""

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pyarrow as pa

from bolib.day import Day
from bolib.tables.results import RESULTS
from bolib.valuation.exact import AMOUNT
from bolib.views import prepare as make
from bolib.views import result_schema, views

TABLES = ("last_statements",)

HEADS = pa.schema([
    ("kind", pa.string()), ("account", pa.string()), ("statement_no", pa.string()), ("day", pa.date32()),
    ("source_file", pa.string()), ("source_line", pa.int64()),
])  # fmt: skip
GAPS = pa.schema([
    ("kind", pa.string()), ("account", pa.string()), ("currency", pa.string()), ("before", pa.string()),
    ("statement_no", pa.string()), ("missing", pa.int64()), ("from_date", pa.date32()), ("closing_before", AMOUNT),
    ("opening", AMOUNT), ("difference", AMOUNT), ("source_file", pa.string()), ("source_line", pa.int64()),
])  # fmt: skip


def prepare(day: Day) -> None:
    """Add `statement_gaps`, each statement that does not follow the one before, and `last_statements` for tomorrow."""
    day.engine.add("statement_heads", pa.Table.from_pylist([_head(one) for one in day.loaded.heads], schema=HEADS))
    make(day.engine, views("anomalies"), {"received_statements"}, **day.bound)
    by_account: dict[tuple, list[dict]] = defaultdict(list)
    for row in day.rows("received_statements"):
        by_account[row["kind"], row["account"], row["currency"] or ""].append(row)
    series = [in_order(rows) for _, rows in sorted(by_account.items())]
    rows = [gap for one in series for pair in pairwise(one) if (gap := gap_between(*pair, one))]
    day.engine.add("statement_gaps", pa.Table.from_pylist(rows, schema=GAPS))
    last = [one[-1] | {"file": one[-1]["source_file"], "line": one[-1]["source_line"]} for one in series]
    schema = result_schema(RESULTS["last_statements"])
    day.engine.add("last_statements", pa.Table.from_pylist([{n: row[n] for n in schema.names} for row in last], schema))


def _head(one: dict) -> dict:
    told = {"kind": one["kind"], "account": one["account"], "statement_no": one["number"]}
    return told | {"day": date.fromisoformat(one["day"]), "source_file": one["file"], "source_line": one["line"]}


def in_order(rows: list[dict]) -> list[dict]:
    """Return the statements of an account by day and number; one that was carried over and came again counts once."""
    received = {row["statement_no"] for row in rows if not row["carried"]}
    kept = [row for row in rows if not (row["carried"] and row["statement_no"] in received)]
    return sorted(kept, key=lambda row: (row["to_date"], *numbered(row["statement_no"]), row["statement_no"]))


def numbered(name: str) -> tuple[str, int]:
    """Return what stands before the last digits of a number, and those digits; -1 where there are none.

    >>> numbered("2026/0022"), numbered("00022"), numbered("MARCH")
    (('2026/', 22), ('', 22), ('MARCH', -1))
    """
    found = re.fullmatch(r"(.*?)(\d{1,18})", name)
    return (found[1], int(found[2])) if found else (name, -1)


def gap_between(before: dict, after: dict, series: list[dict]) -> dict | None:
    """Return what lacks between two statements that came one after the other: numbers, or a part of the balance."""
    if after["carried"]:
        return None
    (head, low), (other, high) = numbered(before["statement_no"]), numbered(after["statement_no"])
    alike = head == other and low >= 0
    days = Counter(row["to_date"] for row in series)
    if not alike and max(days[before["to_date"]], days[after["to_date"]]) > 1:
        return None
    missing = max(high - low - 1, 0) if alike else 0
    difference = None if after["opening"] is None else after["opening"] - before["closing"]
    if not missing and not difference:
        return None
    told = {name: after[name] for name in ("kind", "account", "currency", "statement_no", "from_date", "opening")}
    told |= {name: after[name] for name in ("source_file", "source_line")}
    names = {"before": before["statement_no"], "closing_before": before["closing"]}
    return told | names | {"missing": missing, "difference": difference}
