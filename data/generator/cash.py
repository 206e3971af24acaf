"""Two accounts at correspondents: their daily statements, and the bank's own record of the same movements."""

from datetime import date
from decimal import Decimal as D

from generator.days import AS_OF, BUSINESS_DAYS
from generator.parties import counterparties
from generator.writing import Dialect

FROM = date(2026, 2, 2)
NOSTRO = {"EUR": "NOSTRO-EUR-01", "USD": "NOSTRO-USD-01"}
OPENING = {"EUR": D("42000000.00"), "USD": D("61000000.00")}
_AMERICAN = dict(encoding="latin-1", separator="|", date="%m/%d/%Y", boolean=("N", "Y"))
AMERICAN_STATEMENTS = Dialect(
    **_AMERICAN,
    names=dict(account="Account", statement_no="StatementNo", currency="Ccy", from_date="From", to_date="To",
               opening="OpeningBalance", closing="ClosingBalance"),
)  # fmt: skip
AMERICAN_LINES = Dialect(
    **_AMERICAN, trailer=("TRAILER", "amount"),
    names=dict(account="Account", statement_no="StatementNo", line_no="Line", booking_date="Booked", value_date="Value",
               amount="Amount", currency="Ccy", reference="Reference", end_to_end_id="EndToEnd", counterparty="Party",
               text="Narrative", reversal="Reversal"),
)  # fmt: skip


def movements(instructions: list[dict], receipts: list[dict]) -> list[dict]:
    """Return the cash that moved since 2 February: deals settled against payment and income, received positive."""
    names = {row["lei"]: row["name"] for row in counterparties()}
    paid = [row for row in instructions if row["payment"] == "APMT"]
    found = [_of_settlement(row, names) for row in paid if row.get("settled_on") and row["settled_on"] >= FROM]
    found += [_of_income(row) for row in receipts if row.get("amount") is not None and row["received_on"] >= FROM]
    return sorted(found, key=lambda row: (row["day"], row["reference"]))


def _of_settlement(row: dict, names: dict[str, str]) -> dict:
    sign = -1 if row["movement"] == "RECE" else 1
    return dict(
        day=row["settled_on"], amount=sign * row["amount"], currency=row["currency"], reference=row["instruction_id"],
        trade_id=row["trade_id"], counterparty=names[row["counterparty"]],
        text=f"settlement of {row['trade_id']} {row['isin']}",
    )  # fmt: skip


def _of_income(row: dict) -> dict:
    return dict(
        day=row["received_on"], amount=row["amount"], currency=row["currency"],
        reference=f"{row['ca_id']}-{row['account']}",
        trade_id=None, counterparty="Depository", text=f"income {row['ca_id']}",
    )  # fmt: skip


def statement_lines(moved: list[dict], currency: str) -> list[dict]:
    """Return the correspondent's lines, numbered within the statement of their day."""
    rows, account = [], NOSTRO[currency]
    for day in statement_days():
        of_day = [row for row in moved if row["currency"] == currency and row["day"] == day]
        for number, row in enumerate(of_day, 1):
            rows.append(dict(
                account=account, statement_no=statement_no(day), line_no=number, booking_date=day, value_date=day,
                amount=row["amount"], currency=currency, reference=row["reference"], end_to_end_id=row["trade_id"],
                counterparty=row["counterparty"], text=row["text"], reversal=False,
            ))  # fmt: skip
    return rows


def statement_days() -> list[date]:
    """Return the business days that have a statement."""
    return [day for day in BUSINESS_DAYS if day >= FROM]


def statement_no(day: date) -> str:
    """Return the number of the statement of `day`: the rank of the business day in the year."""
    return f"{day:%Y}/{sum(1 for open_day in BUSINESS_DAYS if date(day.year, 1, 1) <= open_day <= day):04d}"


def statements(lines: list[dict], currency: str) -> list[dict]:
    """Return one statement a business day, its closing balance being opening plus its lines."""
    rows, balance = [], OPENING[currency]
    for day in statement_days():
        moved = sum((line["amount"] for line in lines if line["booking_date"] == day), D(0))
        rows.append(dict(
            account=NOSTRO[currency], statement_no=statement_no(day), currency=currency, from_date=day, to_date=day,
            opening=balance, closing=balance + moved,
        ))  # fmt: skip
        balance += moved
    return rows


def ledger_lines(moved: list[dict]) -> list[dict]:
    """Return the bank's own record of the movements, valued on their day."""
    return [
        dict(account=NOSTRO[row["currency"]], entry_id=f"L{row['day']:%y%m%d}-{number:05d}", booking_date=row["day"],
             value_date=row["day"], amount=row["amount"], currency=row["currency"], reference=row["reference"],
             trade_id=row["trade_id"], counterparty=row["counterparty"], text=row["text"])
        for number, row in enumerate(moved, 1) if row["day"] <= AS_OF
    ]  # fmt: skip


def charge(line: dict, amount: str, text: str) -> dict:
    """Return a line of bank charges beside `line`, numbered after all others of its day."""
    return line | dict(
        line_no=line["line_no"] + 900, amount=D(amount), reference=f"CHG-{line['booking_date']:%y%m%d}",
        end_to_end_id=None,
        counterparty="Correspondent", text=text,
    )  # fmt: skip
