"""Loans, what is due on them, what was paid, and what the recovery team did: all invented."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, months_later, on_or_after
from generator.money import rounded

COUNT = 110
HABITS = {4: "named", 7: "one missed", 16: "two missed", 23: "five missed", 31: "partial", 38: "returned", 44: "late",
          52: "insolvent", 60: "terminated", 67: "paused", 75: "forborne", 83: "two missed", 88: "stale",
          91: "one missed", 98: "five missed", 105: "repaid"}  # fmt: skip
"""Rank of the loan -> how it is paid; the others are paid on the day."""
MISSED = {"one missed": 1, "two missed": 2, "five missed": 5, "partial": 3, "insolvent": 6, "terminated": 8,
          "forborne": 2, "stale": 22}  # fmt: skip
REPAID = date(2026, 2, 25)
"""Day on which the "repaid" one pays at once what it has missed since December."""


@dataclass(frozen=True)
class Plan:
    """How a kind of loan is made."""

    product: str
    months: int
    step: int
    consumer: bool
    secured: str
    rate: D
    low: int
    high: int


PLANS = (
    Plan("PERSONAL", 36, 1, True, "NONE", D("5.40"), 3_000, 18_000),
    Plan("CAR", 48, 1, True, "OTHER", D("4.20"), 8_000, 30_000),
    Plan("HOME", 240, 3, False, "IMMOVABLE", D("3.35"), 90_000, 310_000),
    Plan("EQUIPMENT", 60, 1, False, "OTHER", D("4.80"), 15_000, 80_000),
)


class Loan:
    """One loan with its schedule and its payments."""

    def __init__(self, number: int, draw: random.Random):
        self.number, self.habit = number, HABITS.get(number, "regular")
        self.plan = PLANS[2] if number % 10 == 9 else PLANS[3] if number % 12 == 0 else PLANS[number % 2]
        self.loan_id, self.customer = f"LN{number:05d}", f"C{number:05d}"
        self.principal = D(draw.randint(self.plan.low // 100, self.plan.high // 100) * 100)
        self.granted = date(draw.choice((2024, 2024, 2025)), draw.randint(1, 9), draw.randint(1, 28))
        self.schedule = self._schedule()
        self.due = [row for row in self.schedule if row["due_date"] <= AS_OF]
        missed = MISSED.get(self.habit, 0)
        self.paid = self.due[: max(len(self.due) - missed, 0)]

    def _schedule(self) -> list[dict]:
        """Return instalments of equal principal; the last one clears it."""
        count, step = self.plan.months // self.plan.step, self.plan.step
        part, left, rows = rounded(self.principal / count), self.principal, []
        for number in range(1, count + 1):
            interest = rounded(left * self.plan.rate * step / 1200)
            principal = left if number == count else part
            rows.append(dict(
                loan_id=self.loan_id, instalment_no=number, due_date=months_later(self.granted, number * step),
                principal=principal, interest=interest, fees=D("0.00"),
            ))  # fmt: skip
            left -= principal
        return rows

    def row(self) -> dict:
        """Return the row of `loans`."""
        plan, left = self.plan, self.principal - sum((row["principal"] for row in self.paid), D(0))
        ended = terminated_on(self) if self.habit == "terminated" else None
        forborne = date(2025, 12, 15) if self.habit == "forborne" else None
        return dict(
            loan_id=self.loan_id, customer_id=self.customer, product=plan.product, consumer=plan.consumer,
            secured=plan.secured,
            granted_on=self.granted, principal=self.principal, outstanding=left, rate=plan.rate, currency="EUR",
            periodicity="QUARTERLY" if plan.step == 3 else "MONTHLY", terminated_on=ended, forborne_on=forborne,
        )  # fmt: skip

    def payments(self) -> list[dict]:
        """Return the payments: whole instalments, then what the habit adds."""
        rows = [self._payment(row, 0) for row in self.paid]
        if self.habit == "late":
            rows = [self._payment(row, 1 + row["instalment_no"] % 9) for row in self.paid]
        if self.habit == "partial":
            rows += [self._payment(row, 2) | dict(amount=rounded(total(row) / 2)) for row in self.due[len(self.paid) :]]
        if self.habit == "returned":
            rows[-1] |= dict(reversed_on=rows[-1]["received_on"] + timedelta(days=4))
        if self.habit == "named":
            rows = [row | dict(designated_to=number) for number, row in enumerate(rows, 1)]
        if self.habit == "repaid":
            for row in rows:
                if date(2025, 12, 1) <= row["value_date"] < REPAID:
                    row |= dict(value_date=REPAID, received_on=REPAID)
        return rows

    def _payment(self, row: dict, late: int) -> dict:
        day = on_or_after(row["due_date"] + timedelta(days=late))
        return dict(
            payment_id=f"PM{self.number:05d}-{row['instalment_no']:03d}", loan_id=self.loan_id, value_date=day,
            received_on=day, amount=total(row), reversed_on=None, designated_to=None,
        )  # fmt: skip


def total(row: dict) -> D:
    """Return all that an instalment asks."""
    return row["principal"] + row["interest"] + row["fees"]


def after_days(day: date, count: int) -> date:
    """Return the calendar day `count` days away."""
    return day + timedelta(days=count)


def terminated_on(loan: Loan) -> date:
    """Return the day of the déchéance du terme of a loan that was terminated."""
    return on_or_after(after_days(loan.due[len(loan.paid)]["due_date"], 130))


def book() -> list[Loan]:
    """Return all loans of the sample."""
    draw = random.Random("loans")
    return [Loan(number, draw) for number in range(1, COUNT + 1)]


def instalments(loans: list[Loan]) -> list[dict]:
    """Return what is due, until two years ahead; of a terminated loan all of it."""
    horizon = date(2028, 3, 31)
    return [
        row for loan in loans for row in loan.schedule if row["due_date"] <= horizon or loan.habit == "terminated"
    ]


def guarantees(loans: list[Loan]) -> list[dict]:
    """Return a mortgage for each home loan, a pledge for the others that are secured."""
    return [
        dict(guarantee_id=f"G{loan.number:05d}", loan_id=loan.loan_id,
        kind="MORTGAGE" if loan.plan.secured == "IMMOVABLE" else "PLEDGE",
             amount=loan.principal, currency="EUR", expires_on=months_later(loan.granted, loan.plan.months + 24))
        for loan in loans if loan.plan.secured != "NONE"
    ]  # fmt: skip


def exposures(loans: list[Loan]) -> list[dict]:
    """Return what each borrower owes, at the end of February and on the day."""
    days = (date(2026, 2, 27), AS_OF)
    return [
        dict(date=day, customer_id=loan.customer, on_balance=loan.row()["outstanding"] + extra, currency="EUR")
        for day, extra in zip(days, (D(150), D(0)), strict=True) for loan in loans
    ]  # fmt: skip


def insolvency_cases(loans: list[Loan]) -> list[dict]:
    """Return one over-indebtedness file admitted, one waiting, one with a plan."""
    insolvent = next(loan for loan in loans if loan.habit == "insolvent")
    return [
        dict(customer_id=insolvent.customer, filed_on=date(2026, 1, 12), admitted_on=date(2026, 3, 2)),
        dict(customer_id="C00016", filed_on=date(2026, 3, 9)),
        dict(customer_id="C00002", filed_on=date(2024, 9, 2), admitted_on=date(2024, 11, 4),
             plan_from=date(2025, 2, 1), plan_to=date(2029, 1, 31)),
    ]  # fmt: skip


def pauses(loans: list[Loan]) -> list[dict]:
    """Return two suspensions of payment."""
    paused = next(loan for loan in loans if loan.habit == "paused")
    return [
        dict(loan_id=paused.loan_id, from_date=date(2026, 1, 1), to_date=date(2026, 3, 31), kind="CONTRACTUAL"),
        dict(loan_id="LN00010", from_date=date(2025, 7, 1), to_date=date(2025, 8, 31), kind="HOLIDAY"),
    ]


LADDER = (("REMINDER", 4), ("CALL", 15), ("LETTER", 30), ("FORMAL_NOTICE", 50), ("TRANSFER", 90))
"""Steps of recovery, in days from the oldest unpaid instalment."""


def collection_steps(loans: list[Loan]) -> list[dict]:
    """Return the steps taken on loans in arrears, those of the register of incidents included."""
    rows = []
    for loan in loans:
        unpaid = loan.due[len(loan.paid) :]
        if unpaid:
            rows += _ladder(loan, unpaid) + _incident(loan, unpaid)
        if loan.habit == "repaid":
            rows += _repaid(loan)
    return rows


def _ladder(loan: Loan, unpaid: list[dict]) -> list[dict]:
    """Return the rungs of the ladder taken before the day; a call brings a promise of the first instalment."""
    rows = []
    for step, days in LADDER:
        done = on_or_after(after_days(unpaid[0]["due_date"], days))
        if done < AS_OF:
            promise = dict(promised_on=after_days(done, 10), promised_amount=total(unpaid[0]))
            rows.append(dict(loan_id=loan.loan_id, step=step, done_on=done) | (promise if step == "CALL" else {}))
    if loan.habit == "terminated":
        rows.append(dict(loan_id=loan.loan_id, step="TERMINATION", done_on=terminated_on(loan)))
    return rows


def _incident(loan: Loan, unpaid: list[dict]) -> list[dict]:
    """Return the letter of a characterised incident of a private person, and its declaration a month later."""
    if len(unpaid) < 2 or loan.number % 12 == 0 or loan.habit == "partial":
        return []
    told = on_or_after(after_days(unpaid[1]["due_date"], 2))
    declared = on_or_after(after_days(told, 32))
    steps = (("FICP_NOTICE", told), ("FICP_DECLARED", declared))
    return [dict(loan_id=loan.loan_id, step=step, done_on=done) for step, done in steps if done < AS_OF]


def _repaid(loan: Loan) -> list[dict]:
    """Return the steps of a loan that missed December to February, promised to pay, and did."""
    late = [row for row in loan.due if date(2025, 12, 1) <= row["due_date"] < REPAID]
    owed = sum((total(row) for row in late), D(0))
    days = {"REMINDER": date(2025, 12, 5), "CALL": date(2025, 12, 16), "LETTER": date(2025, 12, 30),
            "FICP_NOTICE": date(2026, 1, 5), "FICP_DECLARED": date(2026, 2, 6)}  # fmt: skip
    rows = [dict(loan_id=loan.loan_id, step=step, done_on=done) for step, done in days.items()]
    promise = dict(promised_on=date(2026, 2, 27), promised_amount=owed)
    return [*rows, dict(loan_id=loan.loan_id, step="CALL", done_on=date(2026, 2, 12)) | promise]
