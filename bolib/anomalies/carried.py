"""What was open on the evening before: a sender of daily files says a thing once, and it stays open until it is not.

A view takes what was carried over beside what was received today, under the same key and date, so that its age goes on.
Some senders say everything each day. One of whom today's files hold at least half of what was open is such a sender:
what he no longer says of the days he covers was withdrawn. A late record, or a corrected one, makes nobody one.
"""

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc

from bolib.anomalies.recalled import recalled
from bolib.day import Day
from bolib.results import earlier, read
from bolib.tables import TABLES
from bolib.tables.results import CARRIED
from bolib.views import complete

SENT_IN = {
    "carried_authorisations": "card_authorisations",
    "carried_clearings": "card_clearings",
    "carried_counts": "atm_counts",
    "carried_entries": "ledger_lines",
    "carried_matches": "card_clearings",
}
"""The table that says again what was carried over, under its own key."""

LINES = {"LEFT": "ledger_lines", "RIGHT": "statement_lines"}
"""The same for the lines of nostros, by side: their key is one text, and the record of each account a sender."""

KNOWN = "where cast({dated} as date) <= $as_of and (known_at is null or cast(known_at as date) <= $as_of)"


def add_carried(day: Day) -> None:
    """Add what the last publication left open, as the tables of CARRIED; all empty where there is no history.

    Of card payments that agreed, what today's files name is recalled from every publication.
    """
    folder = earlier(day.history, day.as_of)
    for name, declared in CARRIED.items():
        if name == "carried_matches":
            rows = recalled(day)
        else:
            rows = complete(declared, read(folder, declared.name) if folder else None)
        day.engine.add(name, _carried(day, name, rows) if rows.num_rows else rows)


def _carried(day: Day, name: str, rows: pa.Table) -> pa.Table:
    if name == "carried_lines":
        sides = {side: rows.filter(pc.equal(rows["side"], side)) for side in LINES}
        return pa.concat_tables(still_open(day, some, LINES[side], "account") for side, some in sides.items())
    return still_open(day, rows, SENT_IN[name]) if name in SENT_IN else rows


def still_open(day: Day, rows: pa.Table, table: str, sender: str | None = None) -> pa.Table:
    """Return what was open before and is not said again today, nor withdrawn.

    `sender` is the column that tells those apart who send their own record; without one all of `table` is one record.
    """
    dated, senders = TABLES[table].dated, rows[sender].to_pylist() if sender else [None] * rows.num_rows
    said = _said_again(day, rows, table)
    covered, before, again = _covered(day, table, sender), Counter(senders), Counter(senders[place] for place in said)
    kept = [
        place
        for place, (on, who) in enumerate(zip(rows[dated].to_pylist(), senders, strict=True))
        if place not in said and not (2 * again[who] >= before[who] and on >= covered[who])
    ]
    return rows.take(pa.array(kept, pa.int64()))


def _said_again(day: Day, rows: pa.Table, table: str) -> set[int]:
    """Return the places of the rows that are in `table` as known this evening, by its key or that key as one text."""
    key = TABLES[table].key
    if "key" in rows.column_names:
        same = " || ' ' || ".join(f"cast(t.{column} as string)" for column in key) + " = b.key"
    else:
        same = " and ".join(f"t.{column} = b.{column}" for column in key)
    day.engine.add("open_before", rows.append_column("place", pa.array(range(rows.num_rows), pa.int64())))
    known = f"select {', '.join(key)} from {table} {KNOWN.format(dated=TABLES[table].dated)}"
    again = day.engine.query(f"select distinct b.place from open_before b join ({known}) t on {same}", as_of=day.as_of)
    return set(again["place"].to_pylist())


def _covered(day: Day, table: str, sender: str | None) -> dict:
    """Return by sender the first day of which `table` holds anything."""
    dated, who = TABLES[table].dated, f"cast({sender} as string)" if sender else "cast(null as string)"
    known = f"select {who} as sender, {dated} as day from {table} {KNOWN.format(dated=dated)}"
    rows = day.engine.query(f"select sender, min(day) as first from ({known}) t group by sender", as_of=day.as_of)
    return dict(zip(rows["sender"].to_pylist(), rows["first"].to_pylist(), strict=True))
