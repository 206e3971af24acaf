"""Faults in statements, ledger, journal and trial balance."""

from datetime import date, timedelta
from decimal import Decimal as D

from generator.accounting import manual_entry
from generator.cash import NOSTRO, charge, statement_no
from generator.days import AS_OF, after, at
from generator.plant_journal import habits, misrecord
from generator.planting import Planted


def plant_lines(lines: dict[str, list[dict]], planted: Planted) -> None:
    """Add to the correspondent's lines two charges, a double and an unknown receipt; round one by a cent."""
    euros, dollars = lines["EUR"], lines["USD"]
    rounded = _first(euros, after(AS_OF, -6))
    rounded["amount"] += D("0.01")
    key = f"{rounded['account']} {rounded['statement_no']} {rounded['line_no']}"
    what = "a cent above the ledger: accepted as rounding, and shown"
    planted.add("statement_lines", key, what, "accepted difference", "anomalies", "accepted")
    day = after(AS_OF, -4)
    _add(euros, charge(_first(euros, day), "-12.50", "transfer charges"), planted, "charge the ledger does not know")
    _add(dollars, charge(_first(dollars, day), "-35.00", "account fees"), planted, "charge the ledger does not know")
    twin = _first(euros, after(AS_OF, -2))
    twin = twin | dict(line_no=twin["line_no"] + 901, text=twin["text"] + " (again)")
    _add(euros, twin, planted, "same movement booked twice by the correspondent")
    _add(
        dollars,
        charge(_first(dollars, after(AS_OF, -1)), "18250.00", "receipt of unknown origin"),
        planted,
        "receipt nobody expected",
    )
    for part in (euros, dollars):
        part.sort(key=lambda line: (line["booking_date"], line["line_no"]))


def _first(lines: list[dict], day: date) -> dict:
    return next(line for line in lines if line["booking_date"] == day)


def _add(lines: list[dict], line: dict, planted: Planted, what: str) -> None:
    lines.append(line)
    key = f"{line['account']} {line['statement_no']} {line['line_no']}"
    planted.add("statement_lines", key, f"{line['amount']}: {what}", "statement line without ledger", "anomalies")


def plant_gap(statements: list[dict], lines: list[dict], planted: Planted) -> None:
    """Leave out a number in the sequence of the dollar statements; balances still follow one another."""
    skipped = statement_no(after(AS_OF, -6))
    for row in (*statements, *lines):
        row["statement_no"] = _after_gap(row["statement_no"], skipped)
    for entry in planted.entries:
        if entry["table"] == "statement_lines" and entry["key"].startswith(NOSTRO["USD"]):
            account, number, line = entry["key"].split()
            entry["key"] = f"{account} {_after_gap(number, skipped)} {line}"
    planted.add(
        "statements", f"{NOSTRO['USD']} {skipped}", "number left out of the sequence", "sequence gap", "anomalies"
    )


def _after_gap(statement: str, skipped: str) -> str:
    year, number = statement.split("/")
    return f"{year}/{int(number) + 1:04d}" if statement >= skipped else statement


def plant_ledger(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the ledger without a movement, one with digits swapped, one two days early, one nobody received."""
    recent = [row for row in rows if after(AS_OF, -5) <= row["booking_date"] <= after(AS_OF, -1)]
    lost, swapped, early = recent[5], next(r for r in recent[8:] if r["currency"] == "EUR"), recent[-4]
    swapped["amount"] += D("270.00")
    early["booking_date"] = early["value_date"] = after(early["booking_date"], -2)
    phantom = recent[-1] | dict(
        entry_id="L260330-99001", amount=D("4410.00"), reference="MANUAL", trade_id=None, text="expected refund"
    )
    for row, what in ((lost, "settled at the correspondent, not booked"), (swapped, "270.00 away from the statement"),
                      (early, "booked two days before the statement"), (phantom, "never received")):  # fmt: skip
        planted.add(
            "ledger_lines", f"{row['account']} {row['entry_id']}", what, "ledger against statement", "anomalies"
        )
    return [row for row in rows if row is not lost] + [phantom]


def plant_journal(lines: list[dict], planted: Planted) -> list[dict]:
    """Return the journal with an unbalanced entry, a gap, and entries by hand that break rules."""
    entries = sorted({line["entry_no"] for line in lines if line["journal_code"] == "SEC"})
    crooked, gone = entries[len(entries) // 2], entries[len(entries) * 2 // 3]
    entry = [line for line in lines if (line["journal_code"], line["entry_no"]) == ("SEC", crooked)]
    next(line for line in entry if line["debit"] > 0)["debit"] += D("100.00")
    _note(planted, f"SEC {crooked}", "debit exceeds credit by 100.00", "unbalanced entry")
    _note(planted, f"SEC {gone}", "number missing from the sequence", "sequence gap")
    misrecord(lines, planted)
    kept = [line for line in lines if (line["journal_code"], line["entry_no"]) != ("SEC", gone)]
    return kept + _by_hand(planted) + habits(planted)


def _note(planted: Planted, key: str, what: str, control: str) -> None:
    planted.add("journal", key, what, control, "anomalies")


def _by_hand(planted: Planted) -> list[dict]:
    night = dict(entered_at=at(date(2026, 3, 29), 82_800), approved_by=None)
    rows = [
        *manual_entry(7, date(2026, 3, 30), "618000", "472000", D("50000.00"), "régularisation", **night),
        *manual_entry(8, AS_OF, "472000", "702900", D("9999.00"), "produit à recevoir", approved_by="r.simon"),
        *manual_entry(
            9,
            date(2026, 2, 27),
            "618000",
            "467000",
            D("640.00"),
            "frais oubliés",
            entered_at=at(date(2026, 3, 26), 41_000),
        ),
        *manual_entry(10, AS_OF, "702900", "467000", D("3200.00"), "annulation commission", reverses="MAN 000099"),
    ]
    _note(planted, "MAN 000007", "round amount by hand on a Sunday night, approved by nobody", "unusual manual entry")
    _note(planted, "MAN 000008", "approved by its own author", "four eyes")
    _note(planted, "MAN 000009", "entered on 26 March into the locked month of February", "locked period")
    _note(planted, "MAN 000010", "reverses an entry that does not exist", "reversal without original")
    return rows


def plant_balance(rows: list[dict], planted: Planted) -> None:
    """Change the movements of one account and day by 250.00 both ways, against the journal."""
    row = next(r for r in rows if r["date"] == after(AS_OF, -3) and r["account"] == "112100")
    row["debit"] += D("250.00")
    row["credit"] += D("250.00")
    planted.add(
        "trial_balance",
        f"{row['date']} 112100",
        "debit and credit 250.00 above the journal",
        "balance against journal",
        "anomalies",
    )


def plant_opening(rows: list[dict], planted: Planted) -> None:
    """Let one account open the day 10.00 above what it closed the day before with."""
    row = next(r for r in rows if r["date"] == AS_OF and r["account"] == "638100")
    row["opening"] += D("10.00")
    row["closing"] += D("10.00")
    what = "opens 10.00 above the closing of the day before"
    planted.add("trial_balance", f"638100 {row['date']}", what, "opening against closing", "anomalies")


def plant_flash(rows: list[dict], planted: Planted) -> None:
    """Change three of the desks' estimates."""
    for day, book, change in (
        (AS_OF, "EQ-US-CORE", "185000.00"),
        (AS_OF, "CREDIT-EUR", "-64000.00"),
        (after(AS_OF, -10), "GOV-EUR", "52000.00"),
    ):
        row = next(r for r in rows if (r["date"], r["book"]) == (day, book))
        row["amount"] += D(change)
        planted.add("pnl_flash", f"{day} {book}", f"estimate off by {change}", "flash against official", "pnl")


def plant_adjustments(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the adjustments with one nobody approved, one approved by its author and one past its end."""
    added = [
        dict(adjustment_id="ADJ-0006", date=AS_OF, book="EQ-EU", amount=D("15000.00"), reason="price challenged",
        author="z.abadie"),
        dict(adjustment_id="ADJ-0007", date=AS_OF, book="EQ-ARB", amount=D("-3600.00"), reason="borrow fee",
        author="z.abadie", approver="z.abadie"),
        dict(adjustment_id="ADJ-0008", date=date(2026, 3, 6), book="CREDIT-EUR", amount=D("8000.00"),
        reason="price awaited",
             author="z.abadie", approver="u.control", expires_on=AS_OF - timedelta(days=11)),
    ]  # fmt: skip
    currency = {"EQ-EU": "EUR", "EQ-ARB": "USD", "CREDIT-EUR": "EUR"}
    words = ("approved by nobody", "approved by its author", "expired eleven days ago and never reversed")
    for row, what in zip(added, words, strict=True):
        planted.add("adjustments", row["adjustment_id"], what, "adjustment", "pnl")
    return rows + [row | dict(currency=currency[row["book"]]) for row in added]
