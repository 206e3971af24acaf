"""Card payments, their clearing and disputes, and cash machines: all invented; cards are tokens."""

import random
from datetime import date, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, BUSINESS_DAYS, at, on_or_after

COUNT = 360
MERCHANTS = (
    "Epicerie Lune",
    "Librairie du Ponant",
    "Garage Brume",
    "Hotel Vert-de-Gris",
    "Valmont Voyages",
    "Ustria Online",
)
STAGES = {5: "REPRESENTMENT", 7: "PRE_ARBITRATION"}
"""Disputes, by number, that the merchant's bank has refused."""

MACHINES = ("ATM-AURILLAC", "ATM-BRUME", "ATM-PONANT", "ATM-VALMONT")


def authorisations() -> list[dict]:
    """Return the card authorisations of March."""
    draw, rows = random.Random("cards"), []
    for number in range(1, COUNT + 1):
        day = date(2026, 3, 1) + timedelta(days=number * 27 // COUNT)
        rows.append(dict(
            authorisation_id=f"AU{number:06d}", card=f"tok_{draw.randrange(10**10):010d}{number % 140:03d}",
            merchant=draw.choice(MERCHANTS), authorised_at=at(day, 25_000 + draw.randrange(50_000)),
            amount=D(draw.randint(300, 26_000)) / 100, currency="EUR", channel=draw.choice(("CHIP", "CONTACTLESS",
            "ONLINE")),
        ))  # fmt: skip
    return rows


def clearings(authorised: list[dict]) -> list[dict]:
    """Return one clearing for each authorisation, one to three days later, and the refunds of some."""
    draw, rows = random.Random("clearings"), []
    for number, row in enumerate(authorised, 1):
        cleared = on_or_after(row["authorised_at"].date() + timedelta(days=draw.randint(1, 3)))
        line = dict(
            arn=f"74{number:021d}", authorisation_id=row["authorisation_id"], card=row["card"],
            account=f"A{number % 140 + 1:05d}-1",
            cleared_on=cleared, amount=row["amount"], currency="EUR", type="PRESENTMENT",
        )  # fmt: skip
        rows += [line] if cleared <= AS_OF else []
        if number % 45 == 0 and cleared < AS_OF:
            rows.append(
                line
                | dict(
                    arn=f"75{number:021d}",
                    cleared_on=on_or_after(min(cleared + timedelta(days=5), AS_OF)),
                    type="REFUND",
                )
            )
    return rows


def account_lines(cleared: list[dict]) -> list[dict]:
    """Return the entries of the customers' accounts: each clearing debited, each refund credited, on its day."""
    return [
        dict(account=row["account"], entry_id=f"C{row['arn']}", booking_date=row["cleared_on"],
             value_date=row["cleared_on"], amount=row["amount"] if row["type"] == "REFUND" else -row["amount"],
             currency=row["currency"], reference=row["arn"], text="card payment")
        for row in cleared
    ]  # fmt: skip


def machine_lines(counts: list[dict]) -> list[dict]:
    """Return the ledger of the machines' cash: what was loaded, and what they gave out, a day."""
    rows = []
    for row in counts:
        entry = dict(account=row["atm"], booking_date=row["date"], value_date=row["date"], currency=row["currency"])
        moves = (("L", row["loaded"], "cash loaded"), ("D", -row["dispensed"], "cash given out"))
        rows += [entry | dict(entry_id=f"{letter}{row['date']:%y%m%d}", amount=amount, text=text)
                 for letter, amount, text in moves if amount]  # fmt: skip
    return rows


def disputes(cleared: list[dict]) -> list[dict]:
    """Return the disputes of the month; the bank refunds an unauthorised payment on the next business day."""
    draw, rows = random.Random("disputes"), []
    for number, line in enumerate(cleared[20:260:20], 1):
        reported = on_or_after(line["cleared_on"] + timedelta(days=draw.randint(2, 6)))
        unauthorised = number % 2 == 0
        rows.append(dict(
            dispute_id=f"DP{number:04d}", amount=line["amount"], currency="EUR", arn=line["arn"],
            scheme=("VISA", "MASTERCARD", "CB")[number % 3], reason="10.4" if unauthorised else "13.1",
            unauthorised=unauthorised,
            transaction_date=line["cleared_on"] - timedelta(days=1), reported_on=reported,
            refunded_on=on_or_after(reported + timedelta(days=1)) if unauthorised else None,
            stage=STAGES.get(number, "CHARGEBACK" if number % 3 else "OPENED"),
            stage_on=on_or_after(reported + timedelta(days=9 if number in STAGES else 1)),
        ))  # fmt: skip
    return rows


def atm_counts() -> list[dict]:
    """Return the counts of March: opening + loaded - dispensed = counted, and opening is the count before."""
    draw, rows = random.Random("machines"), []
    for machine in MACHINES:
        cash = D(80_000)
        for day in (day for day in BUSINESS_DAYS if day >= date(2026, 3, 2)):
            loaded = D(60_000) if cash < 45_000 else D(0)
            dispensed = D(draw.randint(200, 900) * 20)
            left = cash + loaded - dispensed
            rows.append(
                dict(
                    atm=machine,
                    date=day,
                    opening=cash,
                    loaded=loaded,
                    dispensed=dispensed,
                    counted=left,
                    currency="EUR",
                )
            )
            cash = left
    return rows
