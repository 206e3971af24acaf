"""Complaints as people read them: what is owed to whom next, what lies behind them, and what they are about."""

from typing import Any

from bolib.report import numerals
from bolib.report.cases import cases, facts, source
from bolib.report.display import Display
from bolib.report.leads import RECEIVED, led
from bolib.report.tables import columns, table
from bolib.results import Result

CAUSES = 20
"""Causes drawn in a page; the others stand in the CSV."""
CSV = "results/complaints_received.csv"
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
    """Return what complaints are about, the most frequent first; a figure leads to its complaints."""
    rows = sorted(numerals.records(result.tables["complaint_causes"]), key=lambda row: row["cause"])
    drawn = columns(
        *("cause|Cause|integer", "subject|About|text", "kind|Kind|word", "complaints|Complaints|integer"),
        *("unanswered|Without a recorded answer|integer", "upheld|Upheld|integer"),
        *("first_received|First|date", "last_received|Last|date"),
    )
    caption, empty = "What complaints are about", "No complaint was received."
    return table(map(_cause, rows), drawn, caption, "results/complaint_causes.csv", empty=empty, limit=CAUSES)


def _cause(row: dict[str, Any]) -> dict[str, Any]:
    """Return a cause with figures that lead to its complaints; what nobody upheld stays empty."""
    mine = {"Cause": row["cause"]}
    figures = {"complaints": mine, "unanswered": mine | {"Answered": None}, "upheld": mine | {"Upheld": "yes"}}
    return row | {name: led(row[name] or None, RECEIVED, row[name], wanted) for name, wanted in figures.items()}


def complaints_received(result: Result) -> Display:
    """Return some complaints of each cause drawn, with the clock of their answer: the rows behind the causes."""
    rows = [row for row in numerals.records(result.tables["complaint_examples"]) if row["cause"] <= CAUSES]
    rows.sort(key=lambda row: (row["cause"], not row["upheld"], row["answered_on"] is None, row["complaint_id"]))
    drawn = columns(
        *("cause|Cause|integer", "complaint_id|Complaint|key", "received_on|Received|date", "due|Answer due|date"),
        *("answered_on|Answered|date", "upheld|Upheld|word", "not_judged|Ran out, not judged|word"),
    )
    caption = "Complaints behind these figures, some of each cause"
    empty = "No complaint was received."
    return table(map(_received, rows), drawn, caption, CSV, empty=empty, place=RECEIVED)


def _received(row: dict[str, Any]) -> dict[str, Any]:
    """Return a complaint with the row it was read from, and how its answer comes to be due."""
    due = (row["due_date"], f"#rule-{row['rule']}", row["arithmetic"]) if row["rule"] else None
    named = (row["complaint_id"], "", source(row))
    return row | {"complaint_id": named, "due": due, "upheld": "yes" if row["upheld"] else None}
