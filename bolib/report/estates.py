"""Estates as people read them: what each file still needs, and what the law allows to charge on it; quiet accounts."""

from collections import defaultdict
from typing import Any

from bolib.report import numerals
from bolib.report.cases import cases, facts, source
from bolib.report.display import Display
from bolib.results import Result


def estates(result: Result) -> Display:
    """Return the estates not closed, by the clock that ends first; each opens on what is missing and its limits."""
    papers: dict[str, list[str]] = defaultdict(list)
    for row in numerals.records(result.tables["missing_papers"]):
        papers[row["estate_id"]].append(f"{numerals.label(row['document'])}, asked {numerals.day(row['requested_on'])}")
    files = [_file(row, sorted(papers[row["estate_id"]])) for row in numerals.records(result.tables["estate_work"])]
    return cases(result, ("estate",), files, "estate", "No estate is open.")


def _file(row: dict[str, Any], papers: list[str]) -> dict[str, Any]:
    said = facts(
        death=row["died_on"], known=row["notified_on"], blocked=row["blocked_on"], heirs_last_sign=row["last_claim_on"],
        fees=_against(row["fees_charged"], row["fee_at_most"], row["reason"]),
        funeral_costs=_against(row["funeral_paid"], row["funeral_at_most"], None), paid_out=row["assets_paid_on"],
        list_sent_to_the_tax_office=row["tax_list_sent_on"], papers_missing="; ".join(papers),
    )  # fmt: skip
    named = {"key": row["estate_id"], "about": _next(row), "facts": said, "source": source(row)}
    return named | {"amount": row["balance_at_death"], "currency": row["currency"]}


def _against(amount: Any, limit: Any, why: str | None) -> str | None:
    """Return "850.00, at most 857.00 (1 % …)"; nothing where neither is known."""
    if limit is None:
        return None if amount is None else f"{numerals.money(amount)}; no law capped it"
    charged = "none" if amount is None else numerals.money(amount)
    return f"{charged}, at most {numerals.money(limit)}{f' ({why})' if why else ''}"


def _next(row: dict[str, Any]) -> str:
    """Return what is still missing in a file, in words."""
    missing = [
        "block the accounts" if row["blocked_on"] is None else "",
        "send the list to the tax office" if row["assets_paid_on"] and row["tax_list_sent_on"] is None else "",
        f"get {numerals.count(row['papers'], 'paper')}" if row["papers"] else "",
        "pay out" if row["assets_paid_on"] is None else "close",
    ]
    return ", ".join(word for word in missing if word)


def quiet_accounts(result: Result) -> Display:
    """Return the accounts that are inactive or come near: the notice, and the deposit with the Caisse des Dépôts."""
    files = [
        {"key": row["account"], "about": numerals.label(row["kind"]), "amount": None, "currency": None}
        | {"facts": facts(holder=row["customer_id"], opened=row["opened_on"], last_sign=row["last_sign_on"],
                          accounts_open=row["open_accounts"], last_notice=row["last_notice_on"]), "source": source(row)}
        for row in numerals.records(result.tables["quiet_accounts"])
    ]  # fmt: skip
    empty = "No account comes near inactivity: the last sign of every holder was read."
    return cases(result, ("quiet_account",), files, "quiet account", empty)
