"""The letters that recovery may send now: which, about which loan, and what stands in them."""

from datetime import timedelta
from typing import Any

import pyarrow as pa

from bolib.day import Day
from bolib.letters import LANGUAGES, Letter, write

TEMPLATES = {
    "REMINDER": "reminder",
    "INFORMATION": "reminder",
    "LETTER": "reminder",
    "FORMAL_NOTICE": "formal_notice",
    "FICP_NOTICE": "ficp_notice",
}
"""Steps that are a letter, and its template."""

TERMINATED, UNTERMINATED, HOME = "D-15", "D-16", "D-17"
NOTICE, REGULARISE, DECLARE, RECORD = "D-14", "D-23.delay", "D-24.declare", "D-24.kept"
LAW = (TERMINATED, UNTERMINATED, HOME, NOTICE, REGULARISE, DECLARE, RECORD)
"""Rules whose figures stand in the letters."""

COLUMNS = ("loan_id", "template", "language", "file")


def write_letters(day: Day) -> pa.Table:
    """Write the day's letters beside its results, and return which; none where no results are written."""
    if day.results is None:
        return letters_table([])
    letters = drafts(day)
    write(day.results.parent / "letters", letters)
    return letters_table(letters)


def letters_table(letters: list[Letter]) -> pa.Table:
    """Return the files of letters: loan_id, template, language, file below the day's folder."""
    rows = [
        {"loan_id": letter.key, "template": letter.template, "language": language}
        | {"file": f"letters/{letter.name}.{language}.html"}
        for letter in letters
        for language in LANGUAGES
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in COLUMNS]))


def drafts(day: Day) -> list[Letter]:
    """Return the letters that are lawful on the day, each once a loan, by loan; none before the law they name."""
    if any(day.as_of < day.rulebook.rules(name)[0].valid_from for name in LAW):
        return []
    query = "select * from recovery_work where step is not null and from_date <= $as_of"
    work = day.engine.query(query, as_of=day.as_of).to_pylist()
    unpaid, figures = _unpaid(day), _figures(day)
    found: dict[str, Letter] = {}
    for row in sorted(work, key=lambda row: (row["loan_id"], row["urgency"])):
        if row["step"] in TEMPLATES:
            fields = _fields(day, row, unpaid[row["loan_id"]]) | figures
            letter = Letter(TEMPLATES[row["step"]], row["loan_id"], fields)
            found.setdefault(letter.name, letter)
    return list(found.values())


def _unpaid(day: Day) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(day.rows("unpaid_instalments"), key=lambda row: (row["due_on"], row["instalment_no"])):
        found.setdefault(row["loan_id"], []).append(row)
    return found


def _fields(day: Day, row: dict[str, Any], unpaid: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the merge fields of one loan's letter: its rows, and the rule that allows it."""
    rule = day.rulebook.at(row["rule"], row["trigger_date"])
    plain = ("loan_id", "customer_id", "vulnerable", "from_date", "by_date", "currency", "outstanding")
    fields = {name: row[name] for name in plain} | {"as_of": day.as_of, "rule": rule.id}
    fields |= {"why_fr": rule.text_fr, "why_en": rule.text_en}
    fields |= {"consumer": row["consumer"] and row["kind"] == "RETAIL", "retail": row["kind"] == "RETAIL"}
    return fields | {
        "unpaid": unpaid,
        "total": sum(item["unpaid"] for item in unpaid),
        "incident_on": row["trigger_date"],
    }


def _figures(day: Day) -> dict[str, Any]:
    """Return the figures of the rules that letters name, as if they were sent on the day."""
    terminated, unterminated, home = (day.rulebook.at(name, day.as_of).parameters for name in LAW[:3])
    notice, regularise = day.rulebook.due(NOTICE, day.as_of), day.rulebook.due(REGULARISE, day.as_of)
    return {
        "terminated_percent": terminated["percent"],
        "unpaid_percent": unterminated["percent"],
        "postponed_percent": unterminated["postponed_percent"],
        "home_percent": home["percent"],
        "notice_days": notice.rule.delay,
        "notice_citation": notice.rule.cited,
        "free_on": notice.due_date + timedelta(1),
        "regularise_days": regularise.rule.delay,
        "regularise_by": regularise.due_date,
        "declare_by": day.rulebook.due(DECLARE, day.as_of).due_date,
        "kept_years": day.rulebook.at(RECORD, day.as_of).delay // 12,
    }
