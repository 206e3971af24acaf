"""The journal of March: one entry a settlement, one a book's result, a few by hand; the trial balance that follows."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, BUSINESS_DAYS, at
from generator.money import rounded
from generator.parties import BOOKS

FROM = date(2026, 3, 2)
LABELS = {
    "112100": "Nostro EUR", "112200": "Nostro USD", "303100": "Titres de transaction", "303900": "Coupons courus",
    "303800": "Réévaluation des portefeuilles",
    "608100": "Frais sur titres", "638100": "Taxes sur transactions", "467000": "Débiteurs et créditeurs divers",
    "472000": "Compte d'attente", "702100": "Revenus des titres", "702900": "Produits divers",
    "618000": "Charges diverses",
}  # fmt: skip
LOSS_AND_GAIN = {book: (f"6031{n:02d}", f"7031{n:02d}") for n, (book, *_) in enumerate(BOOKS, 1)}
"""What records the result of each book, whole, beside its revaluation: costs and income are in it."""
LABELS |= {loss: f"Pertes de transaction {book}" for book, (loss, _) in LOSS_AND_GAIN.items()}
LABELS |= {gain: f"Gains de transaction {book}" for book, (_, gain) in LOSS_AND_GAIN.items()}
REVALUATION = "303800"
OPENING = {
    "112100": "41250300.00", "112200": "52330900.00", "303100": "98411250.50", "303900": "512300.25",
    "608100": "18450.10",
    "638100": "9120.80", "467000": "-4310.00", "472000": "4310.00", "702100": "-1204300.00", "702900": "-145000.00",
    "618000": "23800.00",
}  # fmt: skip
NOSTRO = {"EUR": "112100", "USD": "112200"}
WAITING = "472000"
"""Where the cash of a free delivery waits until it is paid."""
REDEEMED = D("1000000.00")
"""Income beyond this is a principal paid back."""
FIELDS = (("gross_amount", "303100"), ("accrued_interest", "303900"), ("fees", "608100"), ("taxes", "638100"))


def accounting_scheme() -> list[dict]:
    """Return the entries that a settled purchase and a settled sale must give, against payment and free of it."""
    rows = []
    for event, near, far in (("SETTLED BUY", "DEBIT", "CREDIT"), ("SETTLED SELL", "CREDIT", "DEBIT")):
        for kind, cash in ((event, "112000"), (f"{event} FREE", WAITING)):
            for number, (field, account) in enumerate(FIELDS, 1):
                side = "DEBIT" if field in ("fees", "taxes") else near
                rows.append(dict(event_type=kind, line_no=number, account=account, side=side, amount_field=field))
            rows.append(dict(event_type=kind, line_no=5, account=cash, side=far, amount_field="net_amount"))
    return rows


def journal(instructions: list[dict], receipts: list[dict], trades: dict[str, dict], rate) -> list[dict]:
    """Return the lines of the journal, in euros at the rate of the day; `rate(currency, day)` is units for 1 EUR."""
    settled = [row for row in instructions if row.get("settled_on") and row["settled_on"] >= FROM]
    settled.sort(key=lambda row: (row["settled_on"], row["instruction_id"]))
    lines = []
    for number, row in enumerate(settled, 1):
        deal = trades[row["trade_id"]]
        lines += _entry(number, row, deal, rate(row["currency"], row["settled_on"]))
    return lines + _income(receipts, rate) + _manual_entries()


def results(earned: dict[tuple[str, date], D], adjustments: list[dict], rate) -> list[dict]:
    """Return an entry for each book and day: its result with what was adjusted, against the revaluation."""
    currency, lines = {row[0]: row[3] for row in BOOKS}, []
    for (book, day), result in sorted(earned.items(), key=lambda item: (item[0][1], item[0][0])):
        adjusted = sum((row["amount"] for row in adjustments if (row["book"], row["date"]) == (book, day)), D(0))
        amount = rounded(result + adjusted)
        if day >= FROM and amount:
            lines += _result(len(lines) // 2 + 1, book, day, amount, currency[book], rate)
    return lines


def _result(number: int, book: str, day: date, amount: D, currency: str, rate) -> list[dict]:
    loss, gain = LOSS_AND_GAIN[book]
    euros, reference = rounded(abs(amount) / rate(currency, day)), f"RES-{book}-{day:%Y%m%d}"
    base = dict(
        journal_code="VAL", entry_no=f"{number:06d}", journal_label="Résultats des portefeuilles", entry_date=day,
        document_ref=reference, document_date=day, label=f"résultat {book}", validated_on=day, user="batch",
        origin="AUTO", entered_at=at(day, 69_600 + number),
    )  # fmt: skip
    other = gain if amount > 0 else loss
    return [
        base | _line(1, REVALUATION, euros, abs(amount), amount > 0, currency),
        base | _line(2, other, euros, abs(amount), amount < 0, currency),
    ]


def _income(receipts: list[dict], rate) -> list[dict]:
    """Return an entry for each income received: cash against income, or against the securities that were redeemed."""
    received = [row for row in receipts if row.get("amount") and row["received_on"] >= FROM]
    received.sort(key=lambda row: (row["received_on"], row["ca_id"], row["account"]))
    lines = []
    for number, row in enumerate(received, 1):
        day, amount, paid = row["received_on"], abs(row["amount"]), row["amount"] < 0
        euros, reference = rounded(amount / rate(row["currency"], day)), f"{row['ca_id']}-{row['account']}"
        base = dict(
            journal_code="OST", entry_no=f"{number:06d}", journal_label="Revenus des titres", entry_date=day,
            document_ref=reference, document_date=day, label=f"income {row['ca_id']}", validated_on=day, user="batch",
            origin="AUTO", event_id=reference, entered_at=at(day, 68_000 + number),
        )  # fmt: skip
        other = "303100" if amount > REDEEMED else "702100"
        for place, (account, debit) in enumerate(((NOSTRO[row["currency"]], not paid), (other, paid)), 1):
            lines.append(base | _line(place, account, euros, amount, debit, row["currency"]))
    return lines


def _entry(number: int, row: dict, deal: dict, rate: D) -> list[dict]:
    """Return one balanced entry: the parts rounded to euros, the cash their sum."""
    buying, parts = deal["side"] == "BUY", []
    for field, account in FIELDS:
        amount = deal.get(field) or D(0)
        if amount:
            cost = field in ("fees", "taxes")
            parts.append((account, rounded(amount / rate), amount, buying or cost))
    net = sum((euros if debit else -euros for _, euros, _, debit in parts), D(0))
    cash = NOSTRO[row["currency"]] if row["payment"] == "APMT" else WAITING
    parts.append((cash, abs(net), deal["net_amount"], net < 0))
    base = dict(
        journal_code="SEC", entry_no=f"{number:06d}", journal_label="Opérations sur titres",
        entry_date=row["settled_on"],
        document_ref=row["instruction_id"], document_date=deal["trade_date"], label=f"{deal['side']} {deal['isin']}",
        validated_on=row["settled_on"], user="batch", origin="AUTO", event_id=row["instruction_id"],
        entered_at=at(row["settled_on"], 68_400 + number % 600),
    )  # fmt: skip
    return [base | _line(n, *part, row["currency"]) for n, part in enumerate(parts, 1)]


def _line(number: int, account: str, euros: D, amount: D, debit: bool, currency: str) -> dict:
    zero = D("0.00")
    return dict(
        line_no=number, account=account, account_label=LABELS[account], debit=euros if debit else zero,
        credit=zero if debit else euros, currency_amount=None if currency == "EUR" else amount,
        currency=None if currency == "EUR" else currency,
    )  # fmt: skip


_MANUAL = (
    (date(2026, 3, 4), "618000", "467000", "1840.00", "frais de garde février"),
    (date(2026, 3, 10), "472000", "467000", "12500.00", "virement à identifier"),
    (date(2026, 3, 11), "467000", "702900", "3200.00", "commission de prêt de titres"),
    (date(2026, 3, 18), "467000", "472000", "12500.00", "virement identifié"),
    (date(2026, 3, 25), "618000", "467000", "910.40", "abonnement données de marché"),
    (date(2026, 3, 27), "472000", "467000", "7330.15", "pénalités à ventiler"),
)


def _manual_entries() -> list[dict]:
    lines = []
    for number, (day, debit, credit, amount, label) in enumerate(_MANUAL, 1):
        lines += manual_entry(number, day, debit, credit, D(amount), label)
    return [line | _lettered(line) for line in lines]


def _lettered(line: dict) -> dict:
    """Return the letter of the transfer that waited eight days for its name."""
    waited = line["account"] == WAITING and line["debit"] + line["credit"] == D("12500.00")
    return dict(letter="A", letter_date=date(2026, 3, 18)) if waited else {}


def manual_entry(number: int, day: date, debit: str, credit: str, amount: D, label: str, **others) -> list[dict]:
    """Return the two lines of an entry written by hand and approved by someone else."""
    entered: datetime = at(day, 50_000) + timedelta(minutes=number)
    base = dict(
        journal_code="MAN", entry_no=f"{number:06d}", journal_label="Opérations diverses", entry_date=day,
        document_ref=f"OD-{number:04d}", document_date=day, label=label, validated_on=day, user="r.simon",
        origin="MANUAL",
        entered_at=entered, approved_by="aa.chief",
    )  # fmt: skip
    lines = [_line(1, debit, amount, amount, True, "EUR"), _line(2, credit, amount, amount, False, "EUR")]
    return [base | line | others for line in lines]


def trial_balance(lines: list[dict]) -> list[dict]:
    """Return for each business day of March and account the balance before, the movements, the balance after."""
    moved: dict[tuple[date, str], list[D]] = defaultdict(lambda: [D("0.00"), D("0.00")])
    for line in lines:
        moved[line["entry_date"], line["account"]][0] += line["debit"]
        moved[line["entry_date"], line["account"]][1] += line["credit"]
    balance, rows = {account: D(OPENING.get(account, "0.00")) for account in LABELS}, []
    for day in (day for day in BUSINESS_DAYS if FROM <= day <= AS_OF):
        for account in LABELS:
            debit, credit = moved[day, account]
            closing = balance[account] + debit - credit
            rows.append(
                dict(date=day, account=account, opening=balance[account], debit=debit, credit=credit, closing=closing)
            )
            balance[account] = closing
    return rows


def closings() -> list[dict]:
    """Return the locked periods: February for both journals, each day of March but the last five for deals."""
    rows = [
        dict(journal_code=code, period="2026-02", locked_at=at(date(2026, 3, 5), 64_800)) for code in ("SEC", "MAN")
    ]
    days = [day for day in BUSINESS_DAYS if day >= FROM][:-5]
    return rows + [dict(journal_code="SEC", period=f"{day:%Y-%m-%d}", locked_at=at(day, 79_200)) for day in days]
