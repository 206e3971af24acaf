"""A made-up day to draw pages from: every table the report functions read, with awkward values on purpose."""

import json
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import filings_drawn
import pandas as pd
import pyarrow as pa
import report_depot
import report_work
from penalty_tables import penalty_tables
from report_clients import clients
from report_ledger import ledger
from report_loans import loans
from report_operations import operations as followed
from report_settlement import settlement_tables
from report_unusual import unusual

from bolib import report
from bolib.calendars import calendar
from bolib.report import page
from bolib.results import Result, Verdict, frame
from bolib.tables.results import RESULTS
from bolib.views import arrow_type

AS_OF = date(2026, 3, 31)
INERT = "<script>window.broken = true</script>"
CENT = Decimal("0.01")
NOTICE = "Share prices are real closes of 2014 moved forward by **613 weeks**; complaints by 595 weeks."
PROJECT = Path(__file__).parent.parent

BOOKS = (
    ("EQ-CASH", "Equity", "a.martin", "EUR", "FIFO", False),
    ("EQ-PROP", "Equity", "j.leroy", "USD", "PMP", True),
    ("EQ-HEDGE", "Equity", "j.leroy", "USD", "FIFO", True),
    ("FI-GOV", "Fixed income", "s.dubois", "EUR", "PMP", False),
    ("FI-CORP", "Fixed income", INERT, "EUR", "FIFO", True),
    ("FI-USD", "Fixed income", "s.dubois", "USD", "PMP", False),
)
INSTRUMENTS = (
    ("US0378331005", "Apple Inc.", "EQUITY", "USD"),
    ("US5949181045", "Microsoft Corp.", "EQUITY", "USD"),
    ("US0846701086", "Berkshire Hathaway A", "EQUITY", "USD"),
    ("US4592001014", "IBM", "EQUITY", "USD"),
    ("US1912161007", "Coca-Cola Co.", "EQUITY", "USD"),
    ("FR0014007TY9", f"OAT 0 % 2030 {INERT}", "BOND", "EUR"),
    ("DE0001102580", "Bund 1 % 2032", "BOND", "EUR"),
    ("XS2010028699", "Crédit d’Équipement 3.25 % 2029", "BOND", "EUR"),
)
HELD = {
    "EQ-CASH": (0, 1, 3, 4),
    "EQ-PROP": (0, 1, 2),
    "EQ-HEDGE": (1, 3, 4),
    "FI-GOV": (5, 6),
    "FI-CORP": (6, 7),
    "FI-USD": (7,),
}
SCALE = {"PRICE": 4000, "CARRY": 300, "FX": 1500, "NEW": 900, "FEES": -40, "TAXES": -15}


def table(name: str, rows: list[dict]) -> pd.DataFrame:
    """Return rows as a declared result table."""
    schema = pa.schema([(c.name, arrow_type(c.sql_type)) for c in RESULTS[name].columns if c.name != "known_at"])
    return frame(pa.Table.from_pylist(rows, schema=schema))


def days() -> list[date]:
    """Return the business days from October to the day."""
    rows = calendar("TARGET", date(2025, 10, 2), AS_OF)
    return [day for day, is_open in zip(rows["date"].to_pylist(), rows["open"].to_pylist(), strict=True) if is_open]


def _components(chance: random.Random, book: str, index: int, day: date) -> dict[str, Decimal]:
    currency = next(row[3] for row in BOOKS if row[0] == book)
    bond = INSTRUMENTS[index][2] == "BOND"
    wanted = ["PRICE"] + ["CARRY"] * bond + ["FX"] * (INSTRUMENTS[index][3] != currency)
    wanted += ["NEW", "FEES", "TAXES"] if chance.random() < 0.3 else []
    amounts = {name: Decimal(chance.gauss(0.12, 1) * SCALE[name]).quantize(CENT) for name in wanted}
    amounts.update({name: -abs(amounts[name]) for name in ("FEES", "TAXES") if name in amounts})
    if day == AS_OF and book == "EQ-CASH" and index == 4:
        amounts["DIVIDEND"] = Decimal("1525.00")
    if day == AS_OF and book == "EQ-PROP" and index == 0:
        amounts["AMEND"] = Decimal("-812.40")
    return amounts


def lines() -> list[dict]:
    """Return `pnl_lines` of all days."""
    chance = random.Random(7)
    rows = []
    for day in days():
        for book, _, _, currency, _, _ in BOOKS:
            for index in HELD[book]:
                for component, amount in _components(chance, book, index, day).items():
                    rows.append(
                        {"date": day, "book": book, "isin": INSTRUMENTS[index][0], "component": component}
                        | {"amount": amount, "currency": currency}
                    )
    rows.append(
        {"date": AS_OF, "book": "FI-CORP", "isin": None, "component": "ADJUST", "amount": Decimal("-2500.00")}
        | {"currency": "EUR"}
    )
    return rows


def books(found: list[dict]) -> list[dict]:
    """Return `pnl_books` of all days: the sums of the lines."""
    rows, mtd, ytd = [], {}, {}
    for day in days():
        for book, _, _, currency, _, _ in BOOKS:
            total = sum((row["amount"] for row in found if row["date"] == day and row["book"] == book), Decimal(0))
            month, year = (book, day.year, day.month), (book, day.year)
            mtd[month], ytd[year] = mtd.get(month, Decimal(0)) + total, ytd.get(year, Decimal(0)) + total
            flash = total + (Decimal("1200.00") if book == "EQ-PROP" else Decimal("3.10"))
            rows.append(
                {"date": day, "book": book, "currency": currency, "total": total, "realised": total - CENT}
                | {"unrealised": CENT, "flash": flash if day == AS_OF else None, "unexplained": Decimal(0)}
                | {"difference": total - flash if day == AS_OF else None, "mtd": mtd[month], "ytd": ytd[year]}
            )
    return rows


def operations(found: list[dict]) -> pd.DataFrame:
    """Return the operations behind the day's lines."""
    rows = []
    for number, row in enumerate(line for line in found if line["date"] == AS_OF):
        kind = {"NEW": "trade", "FEES": "trade", "TAXES": "trade", "DIVIDEND": "corporate action"}.get(
            row["component"], "mark"
        )
        file = {"trade": "trades.csv", "mark": "prices.csv"}.get(kind, "corporate_actions.csv")
        rows.append(
            {**row, "kind": kind, "key": f"T{40000 + number}" if kind == "trade" else row["isin"]}
            | {
                "arithmetic": "1,200 × (182.63 − 180.11) × 0.92345678",
                "source_file": file,
                "source_line": 1000 + number,
            }
        )
    schema = pa.schema(
        [("date", pa.date32()), ("book", pa.string()), ("isin", pa.string()), ("component", pa.string())]
        + [("amount", pa.decimal128(18, 2)), ("currency", pa.string()), ("kind", pa.string()), ("key", pa.string())]
        + [("arithmetic", pa.string()), ("source_file", pa.string()), ("source_line", pa.int64())]
    )
    return frame(pa.Table.from_pylist(rows, schema=schema))


def positions() -> list[dict]:
    """Return `positions`, one of them unpriced and one with an old price."""
    chance = random.Random(3)
    rows = []
    for book, _, _, currency, _, _ in BOOKS:
        for index in HELD[book]:
            quantity, price = Decimal(chance.randrange(-2000, 9000, 50)), Decimal(chance.randrange(2000, 19000)) / 100
            age = 7 if index == 2 else 0
            rows.append(
                {"date": AS_OF, "book": book, "isin": INSTRUMENTS[index][0], "quantity": quantity, "currency": currency}
                | {"cost": abs(quantity * price * Decimal("0.9")).quantize(CENT), "price": price, "accrued": Decimal(0)}
                | {"market_value": (quantity * price).quantize(CENT), "price_date": AS_OF - timedelta(days=age)}
                | {"price_age_days": age}
            )
    rows[-1].update(price=None, market_value=None, price_date=None, price_age_days=None)
    return rows


def lots(held: list[dict]) -> list[dict]:
    """Return one open lot a position."""
    return [
        {"book": row["book"], "isin": row["isin"], "trade_id": f"T{number:05}", "opened_on": date(2025, 11, 3)}
        | {"quantity": row["quantity"], "cost": row["cost"], "currency": row["currency"]}
        for number, row in enumerate(held)
    ]


def totals(found: list[dict]) -> pd.DataFrame:
    """Return the headline totals by currency, with their value in EUR at the ECB's rate."""
    rows = []
    for currency, rate in (("EUR", Decimal(1)), ("USD", Decimal("1.0812"))):
        sums = [
            sum((row[name] for row in found if row["date"] == AS_OF and row["currency"] == currency), Decimal(0))
            for name in ("total", "mtd", "ytd")
        ]
        rows.append(
            {"currency": currency, "total": sums[0], "mtd": sums[1], "ytd": sums[2], "rate": rate}
            | {"total_eur": (sums[0] / rate).quantize(CENT)}
        )
    kinds = [("currency", pa.string())] + [
        (name, pa.decimal128(18, 2)) for name in ("total", "mtd", "ytd", "total_eur")
    ]
    schema = pa.schema([*kinds, ("rate", pa.decimal128(18, 8))])
    return frame(pa.Table.from_pylist(rows, schema=schema))


CHECKED = (
    ("PNL-01", "Flash against official", "A-12", "MAJOR", "ran", 1),
    ("PNL-02", "Unexplained result", "A-12", "CRITICAL", "ran", 0),
    ("PNL-05", "Stale price", "A-12", "MAJOR", "ran", 9),
    ("PNL-06", "Price jump", "A-13", "MINOR", "ran", 3),
    ("PNL-09", "Adjustment without approver", "A-13", "CRITICAL", "ran", 1),
    ("PNL-11", "Limit exceeded", "A-13", "MAJOR", "off", 0),
)


def checked() -> list[dict]:
    """Return what was checked."""
    return [
        {"control": control, "title": title, "rule": rule, "severity": severity, "status": status, "findings": found}
        | {"missing": ["limits"] if status == "off" else [], "thresholds": {"floor": 1000, "percent": "2.5"}}
        | {"rule_text": f"Text of {rule}.", "citation": "Arrêté du 3 novembre 2014, art. 94", "confidence": "verified"}
        | {"sql": "select * from pnl_books where difference > $floor"}
        for control, title, rule, severity, status, found in CHECKED
    ]


def findings() -> list[dict]:
    """Return findings: new and old, with and without an amount, one with a script in its sentence."""
    rows = []
    for control, title, rule, severity, _, count in CHECKED:
        for number in range(count):
            age = (number * 3) % 11
            evidence = {
                "row": {
                    "book": "EQ-PROP",
                    "isin": "US0378331005",
                    "price": "182.63",
                    "days_unchanged": str(5 + number),
                },
                "sources": [{"file": "prices.csv", "line": 812 + number}, {"file": "trades.csv", "line": 77}],
                "thresholds": {"floor": 1000},
            }
            rows.append(
                {"finding_id": f"{control}{number:04}", "control": control, "report": "pnl", "severity": severity}
                | {"key": f"EQ-PROP {number}", "business_date": AS_OF - timedelta(days=age), "age_days": age}
                | {"first_seen": AS_OF - timedelta(days=age), "amount": Decimal(number * 731 - 1200), "currency": "USD"}
                | {"message": f"{title}: EQ-PROP, {number + 5} days, limit 5 days. {INERT if number == 1 else ''}"}
                | {
                    "rule": rule,
                    "citation": "Arrêté du 3 novembre 2014, art. 94",
                    "owner": "Jeanne Leroy",
                    "team": "P&L",
                }
                | {"status": "OPEN" if age else "NEW", "evidence": json.dumps(evidence)}
            )
    return rows


def completeness() -> list[dict]:
    """Return the proof of a few files, one with a row set aside."""
    rows = []
    for name, read, aside in (
        ("trades", 1840, 2),
        ("prices", 1210, 0),
        ("fx_rates", 364, 0),
        ("books", 6, 0),
        ("complaints", 5321, 1),
    ):
        amount = Decimal(read * 977) / 100
        rows.append(
            {"source": name, "file": f"{name}.csv", "sha256": "9f2c" * 16, "rows_read": read, "rows_set_aside": aside}
            | {"rows_accepted": read - aside, "rows_excluded": 0, "amount_read": amount, "amount_accepted": amount}
            | {"amount_set_aside": Decimal(0), "amount_excluded": Decimal(0), "declared_rows": None}
            | {"declared_amount": None, "proven": True, "reason": "read = accepted + set aside + excluded"}
        )
    return rows


def set_aside() -> list[dict]:
    """Return the rows set aside, one holding a script."""
    return [
        {"source": "trades", "file": "trades.csv", "line": 918, "column": "isin", "value": INERT}
        | {"reason": "ISIN check digit is wrong", "raw": f"T00917,1,NEW,{INERT},BUY,100"},
        {"source": "trades", "file": "trades.csv", "line": 1204, "column": "net_amount", "value": "10 200.00"}
        | {"reason": "net_amount is not gross + fees + taxes", "raw": "T01203,1,NEW,EQ-CASH,BUY,100"},
        {"source": "complaints", "file": "complaints.csv", "line": 77, "column": "received_on", "value": "2026-02-30"}
        | {"reason": "not a date", "raw": "C0076,,2026-02-30"},
    ]


def deadlines() -> list[dict]:
    """Return deadlines in every state."""
    chance = random.Random(5)
    rows = []
    for number in range(140):
        due = AS_OF + timedelta(days=chance.randrange(-45, 50))
        kind = chance.choice(["instruction", "complaint", "complaint"])
        done = due + timedelta(days=chance.choice([-3, 0, 2])) if due < AS_OF and chance.random() < 0.7 else None
        late = done and done > due
        status = (
            ("LATE" if late else "DONE")
            if done
            else ("OVERDUE" if due < AS_OF else "TODAY" if due == AS_OF else "OPEN")
        )
        rows.append(
            {"object_type": kind, "key": f"K{number:04}", "rule": "A-50" if kind == "instruction" else "A-61"}
            | {"trigger_date": due - timedelta(days=14), "due_date": due, "calendar": "OUVRE", "done_on": done}
            | {"arithmetic": f"J+10 jours ouvrés à compter du {due - timedelta(days=14):%d/%m} → {due:%d/%m}"}
            | {"status": status, "days_left": (due - AS_OF).days, "owner": "Claire Petit", "team": "Réclamations"}
            | {"amount": Decimal("1200.50") if kind == "instruction" else None, "currency": "EUR"}
            | {"step": "1 of 3: owner", "next_step": "2 of 3: head of desk", "next_step_from": date(2026, 4, 2)}
            | {"recorded": True}
        )
    return rows


def entitlements() -> list[dict]:
    """Return a dividend not received, one received late, a short coupon, a split received and one expected."""
    money = {"gross": Decimal("1000.00"), "tax": Decimal("150.00"), "net": Decimal("850.00"), "currency": "USD"}
    row = {"account": "SAF-US", "isin": "US0378331005", "name": INERT, "type": "DVCA", "position": "DEALS", **money}
    row |= {"ex_date": date(2026, 3, 12), "record_date": date(2026, 3, 12), "pay_date": date(2026, 3, 26)}
    row |= {"due_date": date(2026, 3, 26), "entitled_quantity": Decimal(1000), "lent_quantity": Decimal(0)}
    row |= {"claimed_quantity": Decimal(0), "tax_rule": "CA.tax.US", "arithmetic": "1,000 × 1 USD = 1,000.00"}
    came = {"received_on": date(2026, 3, 30), "amount_received": Decimal("850.00"), "outcome": "850.00 USD, as due"}
    short = came | {"difference": Decimal("-50.00"), "outcome": "800.00 USD, 50.00 less than due", "cause": "SHORT"}
    units = dict.fromkeys(money, None) | {"type": "SPLF", "quantity_due": Decimal(6000), "position": "CUSTODY"}
    wrong_units = units | {"received_on": AS_OF, "quantity_difference": Decimal(-60), "cause": "SHORT"}
    coming = {"ex_date": date(2026, 4, 1), "record_date": date(2026, 4, 2), "pay_date": date(2026, 5, 4)}
    rows = [
        row | {"ca_id": "CA1", "status": "MISSING"},
        row | {"ca_id": "CA2", "status": "LATE"} | came,
        row | {"ca_id": "CA3", "status": "DIFFERENT", "type": "INTR"} | short,
        row | {"ca_id": "CA4", "status": "DIFFERENT"} | wrong_units,
        row | {"ca_id": "CA5", "status": "EXPECTED", "position": "PROJECTED"} | coming,
    ]
    return [found | {"source_file": "ca_receipts.csv", "source_line": 7} for found in rows]


def market_claims() -> list[dict]:
    """Return what one counterparty owes us, what we owe it, and an instruction of another to be replaced."""
    row = {"ca_id": "CA1", "account": "SAF-US", "isin": "US0378331005", "type": "DVCA", "kind": "CLAIM"}
    row |= {"counterparty": "999900PONANTXXXXXX28", "counterparty_name": INERT, "quantity": Decimal(100)}
    row |= {"trade_date": date(2026, 3, 11), "intended_settlement_date": date(2026, 3, 12), "currency": "USD"}
    row |= {"record_date": date(2026, 3, 12), "due_date": date(2026, 3, 26), "arithmetic": "100 × 1 USD = 100.00"}
    split = {"kind": "TRANSFORMATION", "net": None, "quantity_due": Decimal(400), "counterparty_name": "Other bank"}
    return [
        row | {"reference": "I1", "direction": "TO_US", "net": Decimal("85.00"), "state": "OPEN"},
        row | {"reference": "I2", "direction": "BY_US", "net": Decimal("8.50"), "state": "OPEN"},
        row | {"reference": "I3", "direction": "BY_US", "net": Decimal("1.00"), "state": "PAID"},
        row | {"reference": "I4", "direction": "BY_US", "state": "NOT_REPLACED"} | split,
    ]


def choices() -> list[dict]:
    """Return a choice to make and one made."""
    row = {"account": "SAF-EU", "isin": "FR0014007TY9", "type": "DVCA", "quantity": Decimal(5000), "currency": "EUR"}
    row |= {"due_date": date(2026, 4, 8), "market_deadline": datetime(2026, 4, 10, 15), "days_left": 4}
    row |= {"net": Decimal("1750.00"), "default_option": "CASH", "arithmetic": "2 TARGET days before 10 Apr 2026"}
    made = {"option": "SECU", "elected_on": date(2026, 3, 26), "state": "ELECTED"}
    return [row | {"ca_id": "CA6", "state": "TO_ELECT"}, row | {"ca_id": "CA7"} | made]


def unjudged() -> pd.DataFrame:
    """Return clocks of a source that never records an answer."""
    days = {"first_due": date(2026, 3, 18), "last_due": date(2026, 3, 30)}
    return pd.DataFrame(
        [{"object_type": "complaint", "rule": "A-61", "clocks": 4140, "reason": "NOT_RECORDED", **days}]
    )


def clock_rows() -> pd.DataFrame:
    """Return the rows the deadlines were read from; the last of them is computed."""
    rows = [{"object_type": row["object_type"], "key": row["key"]} for row in deadlines()[:-1]]
    return pd.DataFrame(row | {"source": f"day.csv:{line}"} for line, row in enumerate(rows, start=2))


def rules() -> list[dict]:
    """Return a register of rules: watched and verified, watched, alone, and one no longer in force."""
    shared = {
        "subject": "settlement",
        "text_en": "A rule.",
        "text_fr": "Une règle.",
        "citation": "CSDR",
        "severity": "MAJOR",
    }
    drawn = (("A-50", "V2", True, "SETTLE-01"), ("A-53", "MM", True, "SETTLE-02"), ("A-60", "MH", True, None))
    rows = [(*row, date(2014, 11, 5)) for row in (*drawn, ("A-61", "V1", False, None))]
    names = ("rule", "confidence", "in_force", "watched_by", "valid_from")
    found = [shared | dict(zip(names, row, strict=True)) for row in rows]
    return [row | {"verified": row["confidence"][0] != "M"} for row in found]


class Rulebook:
    """A rulebook of one text."""

    def rules(self, rule_id: str) -> list:
        """Return the versions of a rule."""
        return [self.at(rule_id, AS_OF)]

    def at(self, rule_id: str, on: date) -> SimpleNamespace:
        """Return the rule in force on a day."""
        return SimpleNamespace(
            id=rule_id,
            text_en="The result of the front office is established daily, and differences with it are explained.",
            text_fr="Les résultats du front-office sont calculés quotidiennement et les écarts expliqués.",
            citation="Arrêté du 3 novembre 2014, art. 94",
            confidence="verified",
            verified=True,
            parameters={"bands": [{"from": 0, "band": "0-1"}, {"from": 2, "band": "2+"}]},
            valid_from=date(2014, 11, 5),
            valid_to=None,
            time_zone="Europe/Paris",
        )


def day(report: str, proven: bool = True) -> SimpleNamespace:
    """Return a day with what the report functions ask of one."""
    proof, aside = completeness(), set_aside()
    if not proven:
        proof[1].update(proven=False, reason="declares 1,212 rows, holds 1,210", declared_rows=1212)
    schema = {name: table(name, rows) for name, rows in (("completeness", proof), ("set_aside", aside))}
    loaded = SimpleNamespace(
        completeness=pa.Table.from_pandas(schema["completeness"], preserve_index=False),
        set_aside=pa.Table.from_pandas(schema["set_aside"], preserve_index=False),
        inputs={row["file"]: row["sha256"] for row in proof},
    )
    return SimpleNamespace(
        report=report,
        as_of=AS_OF,
        loaded=loaded,
        rulebook=Rulebook(),
        proven=proven,
        results=None,
        history=None,
        notice=NOTICE,
        parameters={
            "days_ahead": 5,
            "unusual_days": 5,
            "usual_months": 6,
            "arrears_buckets": [0, 1, 30, 60, 90, 180, 360],
        },
        present={"trades", "prices", "incidents"},
        controls=[],
    )


def reconciliation() -> dict[str, pd.DataFrame]:
    """Return one account that proves with two open lines, and a suggestion."""
    names = ("ours", "their_credits", "their_debits", "tolerated", "theirs", "our_credits", "our_debits", "gap")
    amounts = ("62.50", "0.00", "-12.50", "0.00", "45.00", "5.00", "0.00", "0.00")
    money = {name: Decimal(text) for name, text in zip(names, amounts, strict=True)}
    proof = {"account": "NOSTRO-EUR-01", "currency": "EUR", "last_day": AS_OF, **money}
    proof |= {"opening": Decimal("100.00"), "closing": Decimal("145.00")}
    line = {"reconciliation": "NOSTRO", "currency": "EUR", "owner": "m.garcia", "explanation": "<script>charge</script>"}
    open_lines = [
        {**line, "key": "S 1", "side": "RIGHT", "class": "MISSING_OURS", "amount": Decimal("-12.50"), "age_days": 4},
        {**line, "key": "L 7", "side": "LEFT", "class": "TIMING_EXPECTED", "amount": Decimal("5.00"), "age_days": 0},
    ]
    pair = {"ours": "L 7", "our_amount": Decimal("5.00"), "our_date": AS_OF, "theirs": "S 1"}
    pair |= {"their_amount": Decimal("-12.50"), "their_date": AS_OF, "score": 40, "reason": "same reference"}
    frames = {"nostro_proof": [proof], "breaks": open_lines, "nostro_suggestions": [pair]}
    return {name: pd.DataFrame(rows) for name, rows in (frames | answers(open_lines) | clearing()).items()}


def answers(open_lines: list[dict]) -> dict[str, list[dict]]:
    """Return who answers for the open lines, two accepted differences, and a sample of two matches, one checked."""
    named = [{**row, "party": "<b>Bank</b>", "account": "NOSTRO-EUR-01"} for row in open_lines]
    letter = {"party": "<b>Bank</b>", "lines": 1, "fr": "letters/b.fr.html", "en": "letters/b.en.html"}
    accepted = {"account": "NOSTRO-EUR-01", "currency": "EUR", "date": AS_OF, "ours": "L 1", "theirs": "S 2"}
    accepted |= {"our_amount": Decimal("5.00"), "their_amount": Decimal("5.01"), "residual": Decimal("0.01")}
    a_day = {"account": "NOSTRO-EUR-01", "currency": "EUR", "date": AS_OF, "lines": 2, "accepted": Decimal("6.00"), "own_cap": None}
    match = {"reconciliation": "NOSTRO", "pass": "REFERENCE", "ours": "L 1", "theirs": "S 2", "amount": Decimal("5.01")}
    match |= {"said": None, "currency": "EUR", "residual": Decimal("0.01"), "decision": None, "decided_by": None, "decided_on": None}
    checked = {"match_id": "c0ffee", "decision": "CONFIRMED", "decided_by": "u.control", "decided_on": AS_OF}
    return {
        "nostro_breaks": named, "chasers": [letter], "tolerated": [accepted | {"reason": "rounding", "match_id": "c0ffee"}],
        "matches_not_found": [{"match_id": "<b>lost</b>"}],
        "tolerated_days": [a_day], "match_sample": [match | {"match_id": "beef"}, match | checked],
        "matches": [{"reconciliation": "NOSTRO", "key": "L 1", "status": "AUTO"}],
    }  # fmt: skip


def clearing() -> dict[str, list[dict]]:
    """Return two clearings, one of them presented twice, an authorisation that waits, and a day of a machine."""
    cleared = {"amount": Decimal("10.00"), "class": None}
    booked = {"arn": "1", "due": Decimal("-10.00"), "booked": Decimal("-10.00")}
    machine = {"atm": "ATM-1", "date": AS_OF, "dispensed": Decimal("20.00"), "given": Decimal("40.00"), "currency": "EUR"}
    machine |= {"difference": Decimal("-20.00"), "counted": True, "booked": True}
    return {
        "card_judged": [cleared | {"arn": "1"}, cleared | {"arn": "2", "class": "DUPLICATE"}],
        "uncleared": [{"amount": Decimal("7.00")}], "account_lines": [booked], "machine_lines": [machine],
    }  # fmt: skip


def pnl(proven: bool = True) -> Result:
    """Return a P&L day."""
    found, held = lines(), positions()
    by_book = books(found)
    instruments = [dict(zip(("isin", "name", "asset_class", "currency"), row, strict=True)) for row in INSTRUMENTS]
    names = ("book", "desk", "trader", "currency", "cost_method", "fees_in_cost")
    tables = {
        "pnl_lines": table("pnl_lines", found),
        "pnl_books": table("pnl_books", by_book),
        "positions": table("positions", held),
        "lots": table("lots", lots(held)),
        "lot_matches": table("lot_matches", []),
        "operations": operations(found),
        "totals": totals(by_book),
        "books": pd.DataFrame([dict(zip(names, row, strict=True)) for row in BOOKS]),
        "instruments": pd.DataFrame(instruments),
    }
    return result("pnl", tables, findings(), proven)


def deadline_report(proven: bool = True) -> Result:
    """Return a day of deadlines."""
    tables = {"deadlines": table("deadlines", deadlines()), "unjudged": unjudged(), "clock_rows": clock_rows()}
    tables |= settlement_tables()
    tables["rules"] = table("rules", rules())
    tables |= {name: rows for name, rows in clients().items() if name != "deadlines"}
    tables |= report_work.incidents() | report_work.processing() | penalty_tables()
    tables |= filings_drawn.tables()
    drawn = {"entitlements": entitlements(), "market_claims": market_claims(), "choices": choices()}
    tables |= {name: table(name, rows) for name, rows in drawn.items()}
    tables |= loans()
    return result("deadlines", tables, findings(), proven)


def anomalies(proven: bool = True) -> Result:
    """Return a day of anomalies."""
    tables = followed() | reconciliation() | report_depot.depot() | ledger() | unusual()
    found = result("anomalies", tables, findings(), proven)
    return replace(found, checked=[*found.checked, found.checked[0] | {"control": "NOSTRO-06", "thresholds": {"cap": 5}}])


def result(report: str, tables: dict, found: list[dict], proven: bool = True) -> Result:
    """Return a result of any report."""
    counts = {name: sum(row["severity"] == name for row in found) for name in ("CRITICAL", "MAJOR", "MINOR")}
    text = "The books earned 12,345.67 EUR and 4,321.00 USD; every cent is explained, one adjustment needs an approver."
    return Result(
        report=report,
        day=day(report, proven),
        tables=tables,
        findings=table("findings", found),
        gone=table("findings", found[:2]),
        checked=checked(),
        verdict=Verdict(text, "warning" if proven else "bad", counts),
        headline=[],
    )


def executed(result: Result, **extra) -> dict:
    """Return the report's notebook as if run on `result`: every cell after the set-up shows its display."""
    notebook = json.loads((PROJECT / "notebooks" / f"{result.report}.ipynb").read_text(encoding="utf-8"))
    names = {"report": report, "day": result.day, "result": result, **extra}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
            if not {"parameters", "setup"} & set(cell["metadata"].get("tags", [])):
                cell["outputs"] = [shown(eval("".join(cell["source"]), names))]
    return notebook


def shown(display) -> dict:
    """Return what a kernel would store of a display."""
    data, metadata = display._repr_mimebundle_()
    return {"output_type": "execute_result", "execution_count": 1, "metadata": metadata} | {
        "data": json.loads(json.dumps(data))
    }


def summary(proven: bool = True) -> dict:
    """Return the summary of a run of the made-up day."""
    reports = {}
    for made in (pnl(proven), deadline_report(proven), anomalies(proven)):
        reports[made.report] = vars(made.verdict) | {"ran": 5, "off": 1, "seconds": 1.2}
    reports["pnl"]["headline"] = [
        {"label": "Day", "value": "-3,920.30", "unit": "EUR", "note": "change of value plus cash"},
        {"label": "Day", "value": "-7,055.07", "unit": "USD", "note": "change of value plus cash"},
    ]
    return {"as_of": str(AS_OF), "proven": proven, "reports": reports, "headline": [], "notice": NOTICE} | {
        "completeness": day("pnl", proven).loaded.completeness.to_pylist(),
        "run": {"started_at": "2026-04-01T05:01:02Z", "version": "0.1.0", "note": INERT},
    }


def write_pages(folder, proven: bool = True) -> None:
    """Write the pages of the made-up day into a folder."""
    told = summary(proven)
    page.copy_assets(folder)
    for made in (pnl(proven), deadline_report(proven), anomalies(proven)):
        drawn = page.render_page(executed(made), made.report, told)
        (folder / f"{made.report}.html").write_text(drawn, encoding="utf-8")
    (folder / "index.html").write_text(page.render_index(told), encoding="utf-8")
