"""What was open on the evening before: a sender of daily files says a thing once, and it stays open until it is not.

A view takes what was carried over beside what was received today, under the same key and date, so that its age goes on.
Some senders say everything each day. One of whom today's files hold at least half of what was open is such a sender:
what he no longer says of the days he covers was withdrawn. A late record, or a corrected one, makes nobody one.
"""

import pyarrow as pa

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
}
"""The table that says again what was carried over, under its own key; lines of nostros are told apart by account."""


def add_carried(day: Day) -> None:
    """Add what the last publication left open, as the tables of CARRIED; all empty where there is no history."""
    folder = earlier(day.history, day.as_of)
    for name, declared in CARRIED.items():
        rows = complete(declared, read(folder, declared.name) if folder else None)
        day.engine.add(name, still_open(day, rows, SENT_IN[name]) if name in SENT_IN and rows.num_rows else rows)


def still_open(day: Day, rows: pa.Table, table: str) -> pa.Table:
    """Return what was open before and is not said again today, nor withdrawn."""
    key, dated = TABLES[table].key, TABLES[table].dated
    same = " and ".join(f"t.{column} = b.{column}" for column in key)
    day.engine.add("open_before", rows.append_column("place", pa.array(range(rows.num_rows), pa.int64())))
    again = day.engine.query(f"select distinct b.place from open_before b join {table} t on {same}")
    [covered_from] = day.engine.query(f"select min({dated}) as first from {table}")["first"].to_pylist()
    said = set(again["place"].to_pylist())
    says_all = 2 * len(said) >= rows.num_rows
    kept = [
        place
        for place, on in enumerate(rows[dated].to_pylist())
        if place not in said and not (says_all and on >= covered_from)
    ]
    return rows.take(pa.array(kept, pa.int64()))
