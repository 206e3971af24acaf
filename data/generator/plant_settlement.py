"""Faults in settlement, custody and what follows from corporate actions."""

from datetime import date, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after
from generator.entitlements import WITHHELD
from generator.instruments import ISIN
from generator.money import rounded
from generator.parties import LEI
from generator.planting import Chooser, Planted
from generator.settlement import LIFE_LOST, OVER_RECORD_DATE


def plant_instructions(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the instructions without one that was never sent, one wrong in quantity; open fails are noted."""
    for row in rows:
        if row["matched_at"] and row["matched_at"].date() > max(row["intended_settlement_date"], after(AS_OF, -20)):
            planted.add("settlements", row["instruction_id"],
            f"due {row['intended_settlement_date']}, matched {row['matched_at']:%Y-%m-%d}", "matched late", "deadlines")  # fmt: skip
        if row["status"] in ("PENF", "NMAT"):
            planted.add("settlements", row["instruction_id"],
            f"due {row['intended_settlement_date']}, not settled: {row['reason']}",
                        "unsettled past due", "deadlines")  # fmt: skip
    waiting = [row for row in rows if row["status"] == "MACH"]
    lost, wrong = waiting[3], waiting[7]
    planted.add(
        "settlements",
        lost["trade_id"],
        "deal of two days ago without an instruction",
        "missing instruction",
        "anomalies",
    )
    planted.add(
        "settlements", wrong["instruction_id"], "instructed 100 more than the deal", "instruction differs", "anomalies"
    )
    wrong["quantity"] += 100
    plant_waiting([row for row in waiting if row is not lost and row is not wrong], planted)
    plant_free(rows, planted)
    return [row for row in rows if row is not lost]


def plant_waiting(waiting: list[dict], planted: Planted) -> None:
    """Leave one instruction of tomorrow unmatched, and another on hold."""
    free = Chooser([row for row in waiting if row["intended_settlement_date"] == after(AS_OF, 1)])
    row = free.take(place="MGTCBEBE", movement="DELI")
    row.update(status="NMAT", reason="CMIS", counterparty_accepted_at=None, matched_at=None)
    _note(planted, row, "due tomorrow and not matched", "unmatched before its date")
    row = free.take(place="SICVFRPP", movement="DELI")
    row.update(status="PEND", reason="PREA")
    _note(planted, row, "due tomorrow and still on hold by us", "on hold before its date")


def plant_free(rows: list[dict], planted: Planted) -> None:
    """Deliver one sale free of payment eight business days ago: the buyer was to pay that day, and has not."""
    day = after(AS_OF, -8)
    row = next(
        row for row in rows
        if (row["movement"], row["place"], row.get("settled_on"), row["intended_settlement_date"])
        == ("DELI", "SICVFRPP", day, day)
    )  # fmt: skip
    row["payment"] = "FREE"
    _note(planted, row, f"delivered free of payment on {day}, never paid", "free delivery unpaid")


def plant_release(rows: list[dict], events: list[dict], planted: Planted) -> None:
    """Make of one delivery settled a day late one that we held, and released after the cut-off of its date."""
    row = next(
        row for row in rows
        if (row["movement"], row["place"]) == ("DELI", "SICVFRPP") and row["intended_settlement_date"] >= date(2026, 3, 16)
        and row.get("settled_on") == after(row["intended_settlement_date"], 1)
    )  # fmt: skip
    mine = [step for step in events if step["instruction_id"] == row["instruction_id"]]
    failed = next(step for step in mine if step["status"] == "PENF")
    failed.update(reason="PREA", hold=True)
    released = failed | dict(at=failed["at"] + timedelta(minutes=40), status="PEND", reason=None, hold=False)
    events.insert(events.index(failed) + 1, released)
    what = f"due {row['intended_settlement_date']}, released at 17:40 in Paris, after the cut-off"
    _note(planted, row, what, "cut-off missed")
    held = next(step["instruction_id"] for step in events if step.get("reason") == "BOTH")
    row = next(row for row in rows if row["instruction_id"] == held)
    _note(planted, row, "on hold by both parties over the cut-off of its date", "cut-off missed")


def _note(planted: Planted, row: dict, what: str, control: str) -> None:
    planted.add("settlements", row["instruction_id"], what, control, "deadlines")


def plant_penalties(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the penalties with four wrong amounts, one left out and two that are not due; one cannot be checked."""
    found = {row["penalty_id"]: row for row in rows}
    wrong, lost = found["P260223-019-0304C"], found["P260223-019-0312C"]
    rate, price, whole = found["P260313-007-0317"], found["P260206-001-0211C"], found["P260206-001-0212C"]
    wrong["amount"] += D("18.40")
    rate["amount"] = rounded(rate["amount"] * D("2.5"))
    price["amount"] = found["P260206-001-0210C"]["amount"]
    whole["amount"] = D("4.82")
    extra = wrong | dict(
        penalty_id="P260310-999", instruction_id="I260305-002", date=date(2026, 3, 10), amount=D("41.07")
    )
    abroad = extra | dict(
        penalty_id="P260327-998", instruction_id="I260326-015", date=date(2026, 3, 27), amount=D("12.40"),
        currency="USD", direction="DEBIT",
    )  # fmt: skip
    for row, what, control in (
        (wrong, "18.40 above rate x reference price x quantity", "penalty differs"),
        (rate, "at 0.50 basis points instead of 0.20", "penalty differs"),
        (price, "at the price of the day before", "penalty differs"),
        (whole, "on 13,000 shares of which 5,000 had settled", "penalty differs"),
        (extra, "for an instruction settled on its date", "penalty without fail"),
        (abroad, "of a depository that charges none", "penalty without fail"),
    ):
        planted.add("penalties", row["penalty_id"], what, control, "deadlines")
    missing = "I260223-019 2026-03-12 SEFP", "not reported for a day of fail", "penalty missing"
    late = f"2026-02 {LEI['PONANT']} EUR", "in dispute for 1.86 after the last day of appeal", "penalty appeal"
    told = f"{LIFE_LOST} settled a day late, and its steps were never kept", "penalty not computable"
    planted.add("penalties", *missing, "deadlines")
    planted.add("penalties", *late, "deadlines")
    planted.add("settlements", "no step tells quantity and reason of that evening EUR", *told, "deadlines")
    return [row for row in rows if row is not lost] + [extra, abroad]


def plant_custody(rows: list[dict], planted: Planted) -> None:
    """Change two balances of the day by the custodian's error, one of clients, and book a purchase on another bond."""
    for account, name, change in (
        ("SAF-US", "KO", -1500),
        ("SAF-BONDS", "CVG33", 10_000),
        ("SAF-CLIENTS", "ACI", -600),
        ("SAF-BONDS", "BRU30", -50_000),
        ("SAF-BONDS", "BUN29", 50_000),
    ):
        row = next(
            r
            for r in rows
            if (r["date"], r["account"], r["isin"], r["balance_type"]) == (AS_OF, account, ISIN[name], "AGGR")
        )
        row["quantity"] += change
        what = "clients hold more than is in custody" if account == "SAF-CLIENTS" else "differs from the books"
        what = "one bond for the other" if name in ("BRU30", "BUN29") else what
        planted.add(
            "custody_positions",
            f"{AS_OF} {account} {ISIN[name]} AGGR",
            f"{change:+,} {name}: {what}",
            "position differs",
            "anomalies",
        )


def plant_receipts(rows: list[dict], instructions: list[dict], planted: Planted) -> list[dict]:
    """Return the receipts without one; others short, late, taxed at the wrong rate or silent on a claim."""
    dividends = [row for row in rows if row.get("tax") and row["received_on"] >= date(2026, 2, 1)]
    income = [row for row in rows if row.get("tax") == 0 and row["received_on"] >= date(2026, 2, 1)]
    lost, short, late, taxed = income[0], income[1], income[2], dividends[0]
    short["amount"] -= D("1250.00")
    late["received_on"] = after(late["received_on"], 2)
    gross = taxed["amount"] + taxed["tax"]
    taxed["tax"] = taxed["tax"] * 2
    taxed["amount"] = gross - taxed["tax"]
    for row, what, control in (
        (lost, "coupon never received", "event without receipt"),
        (short, "1,250.00 short of the entitlement", "receipt differs"),
        (late, "received two days after the payment date", "receipt late"),
        (taxed, "30 % withheld instead of 15 %", "tax differs"),
    ):
        planted.add("ca_receipts", f"{row['ca_id']} {row['account']}", what, control, "deadlines")
    plant_claims(rows, instructions, planted)
    planted.add(
        "elections",
        "CA0022 SAF-CLIENTS",
        "no choice made before the market's deadline of 10 April",
        "election due",
        "deadlines",
    )
    return [row for row in rows if row is not lost]


def plant_claims(rows: list[dict], instructions: list[dict], planted: Planted) -> None:
    """Make two receipts leave out what a delivery open over the record date calls for: one due to us, one by us."""
    bought = next(row for row in instructions if row["trade_id"] == OVER_RECORD_DATE)
    sold = next(row for row in instructions if row["isin"] == ISIN["CVG33"] and row["status"] == "PENF")
    paid = {row["ca_id"]: row for row in rows}
    dividend, coupon = paid["CA0017"], paid["CA0020"]
    gross = dividend["amount"] + dividend["tax"] - rounded(bought["quantity"] * D("0.305"))
    dividend["tax"] = rounded(gross * WITHHELD)
    dividend["amount"] = gross - dividend["tax"]
    coupon["amount"] += rounded(sold["quantity"] * D("4.10") / 100)
    for event, instruction, what, control in (
        ("CA0017", bought, "bought with the dividend, received late: the seller kept it", "claim unpaid"),
        ("CA0020", sold, "sold with the coupon, not delivered: 10,168.00 are the buyer's", "claim owed"),
    ):
        planted.add("ca_receipts", f"{event} {instruction['instruction_id']}", what, control, "deadlines")


def plant_ssis(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the instructions with one changed the day before without approval, another approved by its author."""
    day, old = after(AS_OF, -1), next(r for r in rows if r["lei"] == LEI["PONANT"] and r["market"] == "XPAR")
    old["valid_to"] = day - timedelta(days=1)
    new = old | dict(valid_from=day, valid_to=None, account="SSI-PONANT-NEW", agent_bic="BUHADEFF", approved_by=None)
    planted.add("ssis", f"{new['lei']} XPAR {day}", "account changed without approval", "four eyes", "anomalies")
    own = next(r for r in rows if r["lei"] == LEI["LIBERTY"] and r["market"] == "XNYS")
    own["approved_by"] = own["changed_by"]
    planted.add(
        "ssis", f"{own['lei']} XNYS {own['valid_from']}", "approved by its own author", "four eyes", "anomalies"
    )
    return [*rows, new]
