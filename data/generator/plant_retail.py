"""Faults in cards, cash machines, complaints, estates, loans and accounts."""

from datetime import date, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after
from generator.loans import Loan
from generator.planting import Planted


def plant_cards(cleared: list[dict], planted: Planted) -> list[dict]:
    """Return the clearings with a double, one over its authorisation, one without, one late."""
    twin = cleared[200] | dict(arn="74" + "9" * 20 + "1", cleared_on=after(cleared[200]["cleared_on"], 1))
    over, orphan, late = cleared[210], cleared[220], cleared[40]
    over["amount"] = over["amount"] + D("45.00")
    orphan["authorisation_id"] = None
    late["cleared_on"] = after(late["cleared_on"], 9)
    faults = (
        (twin, f"second presentment of {twin['authorisation_id']}", "duplicate presentment"),
        (over, "45.00 above its authorisation", "clearing above authorisation"),
        (orphan, "no authorisation", "clearing without authorisation"),
        (late, "cleared two weeks after its authorisation", "late presentment"),
    )
    for row, what, control in faults:
        report = "deadlines" if control == "late presentment" else "anomalies"
        planted.add("card_clearings", row["arn"], what, control, report)
    return [*cleared, twin]


def plant_accounts(entries: list[dict], planted: Planted) -> list[dict]:
    """Return the entries of cards and machines with one clearing not debited, one withdrawal sum mistyped."""
    lost = next(row for row in entries if row["text"] == "card payment" and row["booking_date"] == after(AS_OF, -3))
    given = [row for row in entries if row["account"] == "ATM-VALMONT" and row["text"] == "cash given out"]
    typed = next(row for row in given if row["booking_date"] == after(AS_OF, -4))
    typed["amount"] -= D("20.00")
    planted.add("card_clearings", lost["reference"], "cleared, not debited", "clearing not on the account", "anomalies")
    key = f"ATM-VALMONT {typed['booking_date']}"
    planted.add("ledger_lines", key, "20.00 more than the machine gave out", "machine against ledger", "anomalies")
    return [row for row in entries if row is not lost]


def plant_disputes(rows: list[dict], planted: Planted) -> None:
    """Leave one unauthorised payment without refund and refund another late."""
    first, second = [row for row in rows if row["unauthorised"]][:2]
    first["refunded_on"] = None
    second["refunded_on"] = after(second["reported_on"], 6)
    planted.add(
        "card_disputes",
        first["dispute_id"],
        "unauthorised payment not refunded",
        "refund by the next business day",
        "deadlines",
    )
    planted.add(
        "card_disputes",
        second["dispute_id"],
        "refunded six business days after the report",
        "refund by the next business day",
        "deadlines",
    )


def plant_machines(rows: list[dict], planted: Planted) -> None:
    """Take 500.00 out of one count, and break the chain from one day to the next of another machine."""
    row = next(r for r in rows if r["atm"] == "ATM-BRUME" and r["date"] == after(AS_OF, -2))
    row["counted"] -= 500
    planted.add(
        "atm_counts",
        f"ATM-BRUME {row['date']}",
        "500.00 short of opening + loaded - dispensed",
        "cash count",
        "deadlines",
    )
    for later in (r for r in rows if r["atm"] == "ATM-BRUME" and r["date"] > row["date"]):
        later["opening"] -= 500
        later["counted"] -= 500
    row = next(r for r in rows if r["atm"] == "ATM-PONANT" and r["date"] == AS_OF)
    row["opening"] += 1000
    row["counted"] += 1000
    planted.add(
        "atm_counts",
        f"ATM-PONANT {AS_OF}",
        "opening is 1,000.00 above the count of the day before",
        "cash count",
        "deadlines",
    )


def plant_complaints(rows: list[dict], planted: Planted) -> None:
    """Note the bank's complaints that are late, refused without naming the mediator, or about something known."""
    found = {row["complaint_id"]: row for row in rows}
    found["BANK-0004"]["mediator_named"] = False
    planted.add("complaints", "BANK-0004", "refused without naming the mediator", "mediator not named", "deadlines")
    late = found["BANK-0002"]
    late["answered_on"] = date(2026, 3, 20)
    planted.add(
        "complaints",
        "BANK-0002",
        "payment complaint answered after 15 business days, without a holding answer",
        "complaint deadline",
        "deadlines",
    )
    found["BANK-0007"]["linked_key"] = "E0006"
    planted.add("complaints", "BANK-0007", "about an estate not paid out", "break behind a complaint", "deadlines")
    found["BANK-0008"]["acknowledged_on"] = None
    planted.add("complaints", "BANK-0008", "not acknowledged within 10 working days", "complaint deadline", "deadlines")


def plant_estates(estates: list[dict], documents: list[dict], planted: Planted) -> None:
    """Charge one estate above the cap, another that is free; note the lists not sent and a paid one without list."""
    found = {row["estate_id"]: row for row in estates}
    found["E0004"]["fees_charged"] = D("1129.00")
    planted.add(
        "estates", "E0004", "fees of 1,129.00 above the cap of 850 of 2025", "estate fee", "deadlines"
    )
    found["E0008"]["fees_charged"] = D("29.80")
    planted.add("estates", "E0008", "fees on an estate below 5,965", "estate fee", "deadlines")
    found["E0006"]["blocked_on"] = found["E0006"]["notified_on"] + timedelta(days=12)
    planted.add(
        "estates", "E0006", "accounts blocked 12 days after the news of the death", "estate blocking", "deadlines"
    )
    found["E0007"]["assets_paid_on"] = date(2026, 3, 6)
    planted.add(
        "estates",
        "E0007",
        "paid out on 6 March; the list for the tax office is not sent",
        "estate tax list",
        "deadlines",
    )
    row = next(r for r in documents if r["estate_id"] == "E0003" and r["document"] == "HEIRS_ATTESTATION")
    row["received_on"] = None
    planted.add(
        "estate_documents",
        "E0003 HEIRS_ATTESTATION",
        "asked in November, never received, estate paid",
        "missing document",
        "deadlines",
    )


def plant_loans(loans: list[Loan], rows: dict[str, list[dict]], planted: Planted) -> None:
    """Note the loans in arrears, and spoil payments, guarantees, pauses and what recovery did."""
    for loan in loans:
        since = overdue_since(loan)
        if since:
            what = f"{loan.habit}: unpaid since {since}"
            planted.add("loans", loan.loan_id, what, "overdue instalment", "deadlines")
    early = rows["guarantees"][0]
    early["expires_on"] = date(2026, 3, 15)
    planted.add("guarantees", early["guarantee_id"], "expired before its loan", "guarantee expired", "deadlines")
    _plant_payments(rows, planted)
    _plant_recovery(rows, planted)
    rows["exposures"] = [row for row in rows["exposures"] if row["customer_id"] != "C00091"]
    planted.add("loans", "LN00091", "in arrears, its exposure left out", "exposure missing", "deadlines")
    overlap = dict(loan_id="LN00010", from_date=date(2025, 8, 15), to_date=date(2025, 9, 15), kind="HOLIDAY")
    rows["pauses"].append(overlap)
    planted.add("pauses", "LN00010 2025-08-15", "begins while another pause runs", "overlapping pauses", "deadlines")
    planted.add("loans", "LN00075", "forborne in December, late again for more than 30 days", "forborne again late",
                "deadlines")  # fmt: skip


def overdue_since(loan: Loan) -> date | None:
    """Return the due date of the oldest instalment that is not wholly paid, first in, first out; None if none is."""
    paid = sum((row["amount"] for row in loan.payments() if row["reversed_on"] is None), D(0))
    owed = D(0)
    for row in loan.due:
        owed += row["principal"] + row["interest"] + row["fees"]
        if owed > paid and row["due_date"] < AS_OF:
            return row["due_date"]
    return None


def _plant_payments(rows: dict[str, list[dict]], planted: Planted) -> None:
    """Let a payment come twice, one after insolvency, and one that names an instalment nobody knows."""
    payments = rows["payments"]
    row = next(r for r in payments if r["received_on"] >= after(AS_OF, -15))
    payments.append(row | dict(payment_id=row["payment_id"] + "-B"))
    what = f"same loan, day and amount as {row['payment_id']}"
    planted.add("payments", row["payment_id"] + "-B", what, "duplicate payment", "deadlines")
    late = dict(payment_id="PM00052-900", loan_id="LN00052", value_date=date(2026, 3, 16),
                received_on=date(2026, 3, 16), amount=D("120.00"), reversed_on=None, designated_to=None)  # fmt: skip
    payments.append(late)
    planted.add("payments", late["payment_id"], "taken after over-indebtedness was admitted", "payment while stopped",
                "deadlines")  # fmt: skip
    wrong = next(r for r in reversed(payments) if r["loan_id"] == "LN00003")
    wrong["designated_to"] = 999
    planted.add("payments", wrong["payment_id"], "names instalment 999", "unknown instalment", "deadlines")


RECOVERY = (
    ("LN00083", "FICP_NOTICE", "no letter of the characterised incident", "incident not told"),
    ("LN00098", "FICP_DECLARED", "the incident was never declared", "incident not declared"),
    ("LN00098", "FORMAL_NOTICE", "the formal notice was never sent", "step late"),
)
"""Steps taken away: loan, step, what is wrong then, and the control that should find it."""


def _plant_recovery(rows: dict[str, list[dict]], planted: Planted) -> None:
    """Take steps away, let one come too early and one where none is allowed; note what else was not done."""
    for loan, step, what, control in RECOVERY:
        rows["collection_steps"] = [
            r for r in rows["collection_steps"] if (r["loan_id"], r["step"]) != (loan, step)
        ]
        planted.add("loans", loan, what, control, "deadlines")
    notice = next(
        r for r in rows["collection_steps"] if (r["loan_id"], r["step"]) == ("LN00060", "FORMAL_NOTICE")
    )
    ended = next(r["terminated_on"] for r in rows["loans"] if r["loan_id"] == "LN00060")
    notice["done_on"] = ended - timedelta(days=15)
    planted.add("loans", "LN00060", "terminated 15 days after the formal notice", "terminated too early", "deadlines")
    rows["collection_steps"].append(dict(loan_id="LN00052", step="LETTER", done_on=date(2026, 3, 11)))
    planted.add("collection_steps", "LN00052 LETTER 2026-03-11", "a letter after over-indebtedness was admitted",
                "step while stopped", "deadlines")  # fmt: skip
    planted.add("loans", "LN00038", "no reminder after the debit came back", "borrower not told", "deadlines")
    planted.add("loans", "LN00088", "unpaid for 21 months: no decision on its termination", "step late", "deadlines")
    planted.add("loans", "LN00088", "unpaid since June 2024, forclusion in June 2026", "forclusion", "deadlines")
    planted.add("loans", "LN00105", "all was paid on 25 February, still in the FICP", "incident not removed", "deadlines")


def plant_cash_operations(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the cash operations with a customer who pays in 13,200 in March in four parts."""
    days = (date(2026, 3, 5), date(2026, 3, 11), date(2026, 3, 19), date(2026, 3, 26))
    added = [
        dict(
            operation_id=f"K9{number:05d}", account="A00042-1", date=day, direction="IN", amount=D(3300), currency="EUR"
        )
        for number, day in enumerate(days, 1)
    ]
    planted.add(
        "cash_operations",
        "COSI C00042 2026-03",
        "13,200 paid in over the month on A00042-1, in four parts of 3,300; never listed nor declared",
        "filing scope",
        "deadlines",
    )
    return rows + added


def plant_customers(rows: list[dict], planted: Planted) -> None:
    """Take away the self-certification of one customer and let the W-8 form of another end."""
    rows[52]["self_certified_on"] = None
    planted.add("customers", rows[52]["customer_id"], "no tax self-certification", "self-certification", "deadlines")
    rows[35]["w8_valid_to"] = date(2025, 12, 31)
    planted.add("customers", rows[35]["customer_id"], "W-8 form ended on 31 December 2025", "W-8 form", "deadlines")
