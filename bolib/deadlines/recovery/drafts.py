"""The letters that may be sent today: what each says is read off the tables, whether it is sent a person decides."""

from collections import defaultdict
from datetime import date

from bolib.day import Day
from bolib.deadlines.recovery import NOTICES
from bolib.letters import TEMPLATES, write_letters


def write_drafts(day: Day) -> list[str]:
    """Write the drafts of the day beside its results; none where nothing is written, or a borrower is protected."""
    return write_letters(day.results.parent / "letters", drafts(day)) if day.results else []


def drafts(day: Day) -> list[dict]:
    """Return what each letter says that is lawful on the day, by loan and step."""
    unpaid = defaultdict(list)
    for row in sorted(day.rows("unpaid_instalments"), key=lambda row: row["due_on"]):
        unpaid[row["loan_id"]].append(row)
    rows = [row for row in day.rows("recovery_work") if _is_letter(day, row)]
    rows.sort(key=lambda row: (row["loan_id"], row["step"]))
    return [_draft(day, row, unpaid[row["loan_id"]]) for row in rows]


def _is_letter(day: Day, row: dict) -> bool:
    return row["step"] in TEMPLATES and row["from_date"] <= day.as_of and not row["stopped"]


def _draft(day: Day, row: dict, instalments: list[dict]) -> dict:
    rule = day.rulebook.at(row["rule"], row["trigger_date"])
    return {
        "loan_id": row["loan_id"],
        "customer_id": row["customer_id"],
        "step": row["step"],
        "as_of": day.as_of,
        "until": _until(day, row["step"]),
        "amount": row["amount_past_due"],
        "currency": row["currency"],
        "overdue_since": row["overdue_since"],
        "instalments": instalments,
        "rule_fr": rule.text_fr,
        "rule_en": rule.text_en,
        "citation": rule.citation,
    }


def _until(day: Day, step: str) -> date | None:
    """Return the last day to pay of a letter sent today, where the law leaves the borrower time."""
    return day.rulebook.due(NOTICES[step], day.as_of).due_date if step in NOTICES else None
