"""Complaints as people read them: what is owed to whom next, what lies behind them, and what they are about."""

from typing import Any

from bolib.report import numerals
from bolib.report.cases import cases, facts, source
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

CAUSES = 20
KINDS = ("complaint",)


def complaints(result: Result) -> Display:
    """Return the complaints not answered, by the clock that ends first; each opens on its dates and what is behind."""
    files = [_file(row) for row in numerals.records(result.tables["complaint_work"])]
    empty = "Every complaint in a source that records answers is answered."
    return cases(result, KINDS, files, "complaint", empty)


def _file(row: dict[str, Any]) -> dict[str, Any]:
    again = (
        f"{numerals.count(row['earlier'], 'time')}, last on {numerals.day(row['last_on'])}" if row["earlier"] else None
    )
    said = facts(
        customer=row["customer_id"], kind=row["kind"], sent=row["sent_on"], received=row["received_on"],
        by=row["channel"], acknowledged=row["acknowledged_on"], holding_answer=row["holding_answer_on"],
        its_reason=row["holding_reason"], final_answer_announced=row["holding_until"],
        contests=row["contested_key"], linked_to=row["linked_key"], behind_it=_behind(row), complained_before=again,
    )  # fmt: skip
    about = f"{row['subject']}{', again' if row['earlier'] else ''}"
    named = {"key": row["complaint_id"], "about": about, "facts": said, "source": source(row)}
    return named | {"amount": row["amount"], "currency": row["currency"]}


def _behind(row: dict[str, Any]) -> str | None:
    """Return what is known of the operation a complaint contests or is linked to."""
    if row["behind"]:
        return f"{row['behind']} {row['behind_key']}: {row['behind_state']}"
    return "not found in any table" if row["contested_key"] or row["linked_key"] else None


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
