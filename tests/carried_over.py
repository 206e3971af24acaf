"""Days drawn one after the other, of which each carries over what the one before left open."""

from drawn_day import drawn_day

from bolib.anomalies import produce
from bolib.results import frame, write
from bolib.tables.results import CARRIED

ACCOUNTS = """
    account | customer_id | kind    | opened_on
    A1      | C1          | CURRENT | 2020-01-01
"""


def published(day, folder):
    """Write what a produced day left open where the next day looks for it; return the folder of the history."""
    results = folder / day.as_of.isoformat() / "results"
    results.mkdir(parents=True)
    for declared in CARRIED.values():
        write(results, declared.name, frame(day.engine.table(declared.name)))
    return folder


def evenings(folder, days):
    """Return by evening the breaks (class and age by reconciliation and key) and the result, each after the other."""
    found = {}
    for as_of, drawn in days.items():
        day = drawn_day("anomalies", as_of, accounts=ACCOUNTS, **drawn)
        day.history = folder
        result = produce(day)
        published(day, folder)
        rows = {(row["reconciliation"], row["key"]): (row["class"], row["age_days"]) for row in day.rows("breaks")}
        found[as_of] = rows, result
    return found
