"""Loans in default by days past due: whose arrears make it, when it may end, and what own funds must bear."""

from bolib.deadlines.instalments import DEFAULT, PROBATION
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.recovery import to_loan
from bolib.report.tables import columns, table
from bolib.results import Result

CSV = "results/arrears.csv"


def defaults(result: Result) -> Display:
    """Return the loans in default: since when, the earliest end, and what own funds must bear of them and when."""
    backstop = {row["loan_id"]: row for row in numerals.records(result.tables["backstop"])}
    rows = [
        row
        | backstop.get(row["loan_id"], {})
        | {"loan": to_loan(row), "bear": _borne(backstop.get(row["loan_id"]))}
        | {"why": _why(row), "since": (row["default_since"], f"#rule-{DEFAULT}", "")}
        | {"end": (row["default_until"], f"#rule-{PROBATION}", "") if row["default_until"] else None}
        for row in numerals.records(result.tables["arrears"])
        if row["in_default"]
    ]
    rows.sort(key=lambda row: (row["default_since"], row["loan_id"]))
    drawn = columns(
        *("loan|Loan|link", "since|In default since|date", "why|Why|text", "amount_past_due|Past due|money"),
        *("end|Earliest end|date", "outstanding|Outstanding|money", "bear|Own funds bear|text"),
        "backstop_on|All of it from|date",
    )
    empty = "No loan is in default by days past due."
    return table(rows, drawn, "Loans in default by days past due; no end while arrears are material", CSV, empty=empty)


def _why(row: dict) -> str:
    """Return whose arrears make the default: a company's loans fall together, a private person's one by one."""
    if row["days_material"] and row["amount_past_due"]:
        return "its own arrears"
    if row["days_material"]:
        return "arrears of the borrower's other loans (contagion)"
    return "on probation: nothing material is past due"


def contagion(result: Result) -> Display:
    """Return the loans that are not in default while another of their borrower is: a person judges them."""
    rows = [
        row | {"loan": to_loan(row) if row["amount_past_due"] else (row["loan_id"], "", "")}
        for row in numerals.records(result.tables["arrears"])
        if row["obligor_in_default"] and not row["in_default"]
    ]
    rows.sort(key=lambda row: (row["customer_id"], row["loan_id"]))
    drawn = columns(
        *("customer_id|Borrower|key", "loan|Loan|link", "days_past_due|Days past due|integer"),
        *("amount_past_due|Past due|money", "stage|Stage|integer"),
    )
    empty = "No loan of a borrower in default stands outside it."
    return table(rows, drawn, "Loans judged apart, of private borrowers in default with another loan", CSV, empty=empty)


def _borne(row: dict | None) -> str | tuple[str, str, str]:
    """Return how much of a loan own funds bear now and next, as a link to its rule."""
    if row is None:
        return "granted before the rule"
    later = f", {row['next_percent']} % from {numerals.day(row['next_on'])}" if row["next_on"] else ""
    return f"{row['percent_now']} %{later}", f"#rule-{row['rule']}", ""
