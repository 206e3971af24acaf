"""Complaints as people read them: what is owed to whom next, and what they are about."""

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

CAUSES = 20


def complaints(result: Result) -> Display:
    """Return the complaints not answered, by the clock that ends first, with the operation behind each."""
    rows = [row | {"known": _known(row)} for row in numerals.records(result.tables["complaint_work"])]
    rows.sort(key=lambda row: (row["due_date"], row["complaint_id"]))
    drawn = columns(
        *("complaint_id|Complaint|key", "kind|Kind|word", "subject|About|text", "received_on|Received|date"),
        *("amount|Amount|money", "currency|Currency|word", "rule|Next clock|key", "due_date|Until|date"),
        *("days_left|Days left|integer", "known|Operation behind|text"),
    )
    empty = "Every complaint in a source that records answers is answered."
    return table(rows, drawn, "Complaints not answered", "results/deadlines.csv", empty=empty)


def _known(row: dict) -> str | None:
    """Return what is known of the operation a complaint contests or is linked to."""
    key = row["behind_key"] or row["contested_key"] or row["linked_key"]
    return f"{row['behind'] or 'not found'}: {key}" if key else None


def complaint_causes(result: Result) -> Display:
    """Return what complaints are about, the most frequent first."""
    rows = numerals.records(result.tables["complaint_causes"])
    rows.sort(key=lambda row: (-row["complaints"], row["kind"], row["subject"]))
    drawn = columns(
        *("subject|About|text", "kind|Kind|word", "complaints|Complaints|integer"),
        *("unanswered|Without a recorded answer|integer", "upheld|Upheld|integer"),
        *("first_received|First|date", "last_received|Last|date"),
    )
    return table(rows, drawn, "What complaints are about", empty="No complaint was received.", limit=CAUSES)
