"""Customers of the retail bank, their accounts and cash operations: all invented."""

import random
from datetime import date
from decimal import Decimal as D

from generator.days import AS_OF, BUSINESS_DAYS

COUNT = 160
CLOSED = {"A00045-2": date(2026, 3, 12)}
LARGE = (
    ("A00012-1", date(2026, 1, 14), "IN", 8000), ("A00012-1", date(2026, 1, 22), "IN", 7500),
    ("A00024-1", date(2026, 2, 10), "OUT", 11_500), ("A00048-1", date(2026, 3, 18), "IN", 12_400),
)  # fmt: skip
"""Cash above 10,000 euros in a month, in one direction: communicated to Tracfin."""


def customers() -> list[dict]:
    """Return the customers; one in twelve is a company, one in thirty a person of the United States.

    Companies that are not American hold American securities and have a W-8 form.
    """
    draw, rows = random.Random("customers"), []
    for number in range(1, COUNT + 1):
        retail, american = number % 12 != 0, number % 30 == 0
        rows.append(dict(
            customer_id=f"C{number:05d}", kind="RETAIL" if retail else "OTHER",
            birth_year=draw.randint(1938, 2004) if retail else None, vulnerable=retail and draw.random() < 0.06,
            tax_residence="US" if american else draw.choice(("FR", "FR", "FR", "FR", "BE", "DE")), us_person=american,
            self_certified_on=date(draw.randint(2019, 2025), draw.randint(1, 12), draw.randint(1, 28)),
            w8_valid_to=date(2026 + number % 5 % 3, 12, 31) if number % 12 == 0 and not american else None,
        ))  # fmt: skip
    return rows


def accounts() -> list[dict]:
    """Return a current account a customer, a savings account for every third."""
    draw, rows = random.Random("accounts"), []
    for number in range(1, COUNT + 1):
        opened = date(draw.randint(2005, 2024), draw.randint(1, 12), draw.randint(1, 28))
        if number > COUNT - 12:
            opened = date(2026, 3, 2 + number % 24)
        kinds = ("CURRENT", "SAVINGS") if number % 3 == 0 else ("CURRENT",)
        rows += [_account(draw, number, rank, kind, opened) for rank, kind in enumerate(kinds, 1)]
    return rows


def _account(draw: random.Random, number: int, rank: int, kind: str, opened: date) -> dict:
    last, name = max(opened, draw.choice(BUSINESS_DAYS[60:])), f"A{number:05d}-{rank}"
    return dict(
        account=name,
        customer_id=f"C{number:05d}",
        kind=kind,
        opened_on=opened,
        last_operation_on=last,
        closed_on=CLOSED.get(name),
    )


def cash_operations() -> list[dict]:
    """Return cash paid in and out since January, in small amounts but for those of LARGE."""
    draw, rows = random.Random("cash"), []
    days = [day for day in BUSINESS_DAYS if date(2026, 1, 2) <= day <= AS_OF]
    for number in range(1, 301):
        amount = D(draw.randint(2, 90) * 10)
        customer = draw.randint(1, COUNT - 12)
        rows.append(dict(
            operation_id=f"K{number:06d}", account=f"A{customer:05d}-1", date=draw.choice(days),
            direction=draw.choice(("IN", "OUT", "OUT")), amount=amount, currency="EUR",
        ))  # fmt: skip
    rows += [
        dict(operation_id=f"K8{number:05d}", account=account, date=day, direction=direction, amount=D(amount), currency="EUR")
        for number, (account, day, direction, amount) in enumerate(LARGE, 1)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["date"], row["operation_id"]))
