"""Recovery as people read it: what may lawfully come next and until when, what lapses, who is protected."""

from typing import Any

from bolib.deadlines.recovery.letters import TEMPLATES
from bolib.report import numerals
from bolib.report.cases import source
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

CSV = "results/deadlines.csv"
EXPIRY = "D.guarantee.expiry"

STEPS = {
    "REMINDER": "reminder",
    "CALL": "call",
    "LETTER": "letter",
    "INFORMATION": "letter on the risks",
    "FORMAL_NOTICE": "formal notice (mise en demeure)",
    "TRANSFER": "transfer (précontentieux)",
    "TERMINATION": "termination (déchéance du terme)",
    "LEGAL_ACTION": "action in court",
    "WRITE_OFF_REVIEW": "review of a write-off",
    "FICP_NOTICE": "FICP letter",
    "FICP_DECLARED": "declaration to the FICP",
}
"""Steps of recovery as people say them; a step of a bank's own is its own word."""


def said(step: str) -> str:
    """Return a step in words."""
    return STEPS.get(step, step.replace("_", " ").lower())


def to_loan(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return a loan as a link to its place among the loans in arrears."""
    return row["loan_id"], f"#arrears-{row['loan_id']}", ""


def in_words(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of `recovery_work` with its step, and what it waits for, in words."""
    waits = None
    if row["after_step"]:
        waits = f"{said(row['after_step']).split(' (')[0]} of {numerals.day(row['after_done_on'])}"
    what = said(row["step"])
    return row | {"what": what[:1].upper() + what[1:], "waits": waits}


def recovery(result: Result) -> Display:
    """Return the work list: each lawful next step with its first and last day, and what it waits for."""
    files = {(row["loan_id"], row["template"]): row["file"] for row in numerals.records(result.tables["letters"])}
    rows = [
        in_words(row) | {"state": _state(row, result), "loan": to_loan(row), "step": _step(row)} | _draft(row, files)
        for row in numerals.records(result.tables["recovery_work"])
        if row["step"]
    ]
    rows.sort(key=lambda row: (row["by_date"], row["loan_id"], row["step"]))
    drawn = columns(
        *("loan|Loan|link", "step|Step to consider|link", "state|State|status", "from_date|Lawful from|date"),
        *("by_date|Until|date", "waits|After the|text", "amount_past_due|Past due|money", "owner|Owner|word"),
        "draft|Draft|link",
    )
    empty = "No loan is in arrears: no step of recovery is due."
    return table(rows, drawn, "Steps that may come next; a person decides", CSV, empty=empty)


def _step(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return a step as a link to its rule, whose id stands below it."""
    return in_words(row)["what"], f"#rule-{row['rule']}", row["rule"]


def _draft(row: dict[str, Any], files: dict[tuple[str, str], str]) -> dict[str, Any]:
    """Return the draft letter of a step as a link, where there is one."""
    file = files.get((row["loan_id"], TEMPLATES.get(row["step"], "")))
    return {"draft": ("letter", file, "") if file else ("", "", "")}


def _state(row: dict[str, Any], result: Result) -> str:
    if row["by_date"] < result.day.as_of:
        return "OVERDUE"
    return "OPEN" if row["from_date"] <= result.day.as_of else "LATER"


def _rule(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["rule"], f"#rule-{row['rule']}", ""


def limitations(result: Result) -> Display:
    """Return the claims in arrears by the day they lapse, unless a court is seized before."""
    rows = [
        row | {"law": _rule(row), "loan": to_loan(row), "alert": _alert(row), "lapses": _counted(row, "due_date")}
        for row in numerals.records(result.tables["limitations"])
    ]
    rows.sort(key=lambda row: (row["done_on"] is not None, row["due_date"], row["loan_id"]))
    drawn = columns(
        *("loan|Loan|link", "customer_id|Borrower|key", "amount|Past due|money", "currency|Currency|word"),
        *("trigger_date|First incident|date", "lapses|Lapses after|date", "days_left|Days left|integer"),
        *("alert|Alert|text", "owner|Owner|word", "law|Rule|link"),
    )
    empty = "No loan is in arrears: no limitation runs."
    return table(rows, drawn, "Limitation of claims", CSV, empty=empty)


def _counted(row: dict[str, Any], name: str) -> tuple[Any, str, str]:
    """Return a date as a link to its rule, with the arithmetic that leads to it."""
    return row[name], f"#rule-{row['rule']}", row["arithmetic"]


def _alert(row: dict[str, Any]) -> str:
    if row["done_on"] is not None:
        return f"court seized on {numerals.day(row['done_on'])}"
    if row["days_left"] < 0:
        return "lapsed"
    return "" if row["months_alert"] is None else f"less than {numerals.count(row['months_alert'], 'month')}"


def protected_borrowers(result: Result) -> Display:
    """Return the borrowers whom over-indebtedness protects from every step, with their loans."""
    rows = [
        row | {"who": (row["customer_id"], "", source(row)), "until": _counted(row, "stopped_until")}
        for row in numerals.records(result.tables["stopped_cases"])
    ]
    rows.sort(key=lambda row: (row["admitted_on"], row["customer_id"], row["loan_id"]))
    drawn = columns(
        *("who|Borrower|key", "loan_id|Loan|key", "admitted_on|Admitted|date", "plan_from|Plan from|date"),
        *("until|Nothing before|date", "amount_past_due|Past due|money", "outstanding|Outstanding|money"),
        "currency|Currency|word",
    )
    empty = "No case of over-indebtedness stands: all cases received were checked."
    return table(rows, drawn, "Over-indebtedness (surendettement)", empty=empty)


def guarantees(result: Result) -> Display:
    """Return the guarantees that end before their loan or stand behind a loan in arrears, by their end."""
    rows = [
        row | {"what": (row["guarantee_id"], "", source(row)), "ends": (row["expires_on"], f"#rule-{EXPIRY}", "")}
        for row in numerals.records(result.tables["guarantee_terms"])
    ]
    rows.sort(key=lambda row: (row["expires_on"], row["guarantee_id"]))
    drawn = columns(
        *("what|Guarantee|key", "loan_id|Loan|key", "kind|Kind|word", "amount|Covers|money"),
        *("ends|Ends|date", "last_due|Last instalment|date", "outstanding|Outstanding|money"),
        *("amount_past_due|Past due|money", "currency|Currency|word"),
    )
    empty = "No guarantee ends before its loan, and none stands behind a loan in arrears."
    return table(rows, drawn, "Guarantees", empty=empty)
