"""The slow, obvious twin of `bolib.arrears`: one loan, one day, one payment after the other; plain numbers, loops.

Loans are dicts as their table has them; `terms` likewise. Nothing is shared with the code under test.
"""

from datetime import date, timedelta
from fractions import Fraction

from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)


def counts(row, evening):
    """Return whether the bank knows the row on an evening, and it still stands."""
    return (row["known_on"] or evening) <= evening and (row["until_on"] is None or evening < row["until_on"])


class Loan:
    """One loan on an evening: its debts as [due, number, onerous, left], and what waits for the next one."""

    def __init__(self, instalments, payments, evening):
        known = [row for row in instalments if counts(row, evening)]
        self.debts = [[row["due_on"], row["instalment_no"], row["onerous"] or 0, row["amount"]] for row in known]
        self.payments = [row for row in payments if counts(row, evening) and row["value_date"] <= evening]
        self.waiting = 0

    def live(self, day):
        """Let the day's payments pay."""
        for row in [row for row in self.payments if row["value_date"] == day]:
            named = [debt for debt in self.debts if debt[1] == row["designated_to"]]
            paid = min(named[0][3], row["amount"]) if named else 0
            if named:
                named[0][3] -= paid
            self.waiting += row["amount"] - paid
        while self.waiting and any(debt[3] for debt in self.debts if debt[0] <= day):
            self.pay_the_first([debt for debt in self.debts if debt[0] <= day and debt[3]])

    def pay_the_first(self, debts):
        """Pay the most onerous of the debts, of these the oldest, of equals each its share, odd cents by number."""
        debts.sort(key=lambda debt: (-debt[2], debt[0], debt[1]))
        equals = [debt for debt in debts if debt[2] == debts[0][2] and debt[0] == debts[0][0]]
        total = sum(debt[3] for debt in equals)
        paid = min(self.waiting, total)
        shares = [debt[3] * paid // total for debt in equals]
        odd = paid - sum(shares)
        for debt, share in zip(equals, shares, strict=True):
            cent = 1 if odd and share < debt[3] else 0
            debt[3] -= share + cent
            odd -= cent
        self.waiting -= paid

    def pay_ahead(self):
        """Let what waits pay the debts to come, the next one first; return all debts."""
        for debt in sorted(self.debts):
            paid = min(self.waiting, debt[3])
            debt[3] -= paid
            self.waiting -= paid
        return self.debts

    def past_due(self, day):
        return sum(debt[3] for debt in self.debts if debt[0] < day)

    def overdue_since(self, day):
        return min((debt[0] for debt in self.debts if debt[3] and debt[0] < day), default=None)


def in_euro(cents, per_euro):
    """Return an amount of a currency in cents of a euro; without a rate it is in euro."""
    return round(cents / Fraction(per_euro)) if per_euro else cents


def limit(kind, own, lent, day, evening, terms):
    """Return what arrears must exceed on a day; None where there is no rule yet."""
    rules = [rule for rule in terms["materiality"] if rule["kind"] == kind and rule["since"] <= day < rule["until"]]
    if not rules:
        return None
    known = sorted((row for row in lent if row["date"] <= evening), key=lambda row: row["date"])
    before = [row for row in known if row["date"] <= day] or known[:1]
    amounts = [in_euro(row["on_balance"], row.get("per_euro")) for row in before[-1:]] + (
        [own] if own is not None else []
    )
    return max(rules[0]["absolute"], min(amounts, default=0) * rules[0]["share"] // 10_000)


def paused(pauses, loan, day, evening):
    return any(
        row["loan"] == loan
        and row["from_date"] <= day <= row["to_date"]
        and (row["known_on"] is None or row["known_on"] <= evening)
        for row in pauses
    )


def count(loans, instalments, payments, pauses, exposures, evening, terms):
    """Return the rows `count_days` must return for one evening, by loan."""
    found = {}
    for obligor in sorted({row["obligor"] for row in loans}):
        own = [row for row in loans if row["obligor"] == obligor]
        alone = own[0]["kind"] in terms["by_facility"]
        for unit in [[row] for row in own] if alone else [own]:
            lent = [row for row in exposures if row["obligor"] == obligor]
            found |= _unit(unit, alone, (instalments, payments, pauses, lent), evening, terms)
        defaulted = any(found[row["loan"]]["in_default"] for row in own)
        for row in own:
            found[row["loan"]]["obligor_in_default"] = defaulted
    return [found[loan] for loan in sorted(found)]


def _unit(loans, alone, tables, evening, terms):
    instalments, payments, pauses, lent = tables
    mine = lambda rows, loan: [row for row in rows if row["loan"] == loan["loan"]]  # noqa: E731
    books = {loan["loan"]: Loan(mine(instalments, loan), mine(payments, loan), evening) for loan in loans}
    days = [row["due_on"] for row in instalments] + [row["value_date"] for row in payments] + [evening]
    rows = {name: {"arrears_since": None, "cleared_on": None, "ever": False} for name in books}
    material, defaults, day = None, [], min(days)
    while day <= evening:
        for name, book in books.items():
            book.live(day)
            _follow(rows[name], book.past_due(day), day)
        material = _material(material, defaults, loans, alone, books, pauses, lent, day, evening, terms)
        day += ONE_DAY
    forborne = max(
        (row["forborne_on"] for row in loans if row["forborne_on"] and row["forborne_on"] <= evening), default=None
    )
    since, until = _default(defaults, forborne, evening, terms)
    return {
        name: {
            "day": evening,
            "loan": name,
            "overdue_since": book.overdue_since(evening),
            "days_past_due": _counted(book.overdue_since(evening), pauses, name, evening),
            "amount_past_due": book.past_due(evening),
            "arrears_since": rows[name]["arrears_since"],
            "cleared_on": rows[name]["cleared_on"],
            "material_since": material["since"] if material else None,
            "days_material": material["days"] if material else 0,
            "default_since": since,
            "default_until": until,
            "in_default": since is not None,
        }
        for name, book in books.items()
    }


def _follow(row, past_due, day):
    """Note when something became past due, and when nothing was any more."""
    if past_due and row["arrears_since"] is None:
        row["arrears_since"], row["cleared_on"], row["ever"] = day - ONE_DAY, None, True
    if not past_due and row["arrears_since"]:
        row["arrears_since"], row["cleared_on"] = None, day


def _counted(since, pauses, loan, evening):
    if since is None:
        return 0
    days = [since + timedelta(days=number) for number in range(1, (evening - since).days + 1)]
    return sum(not paused(pauses, loan, day, evening) for day in days)


def _material(run, defaults, loans, alone, books, pauses, lent, day, evening, terms):
    """Return the run of material days as it stands on the evening of `day`, or None."""
    own = loans[0]["outstanding"] if alone else None
    own = None if own is None else in_euro(own, loans[0].get("per_euro"))
    rates = {loan["loan"]: loan.get("per_euro") for loan in loans}
    threshold = limit(loans[0]["kind"], own, lent, day, evening, terms)
    owed = {name: in_euro(book.past_due(day), rates[name]) for name, book in books.items()}
    if threshold is None or sum(owed.values()) <= threshold:
        if defaults and defaults[-1][1] is None:
            defaults[-1][1] = day
        return None
    run = run or {"since": day - ONE_DAY, "days": 0, "default": False}
    active = sum(cents for name, cents in owed.items() if not paused(pauses, name, day, evening))
    run["days"] += active > threshold
    if run["days"] > terms["default_after"] and not run["default"]:
        run["default"] = True
        defaults.append([day, None])
    return run


def _default(defaults, forborne, evening, terms):
    """Return since when and until when the unit is in default on the evening; None, None where it is not."""
    since = until = None
    for begins, ceases in defaults:
        if since is None or (until and begins >= until):
            since, until = begins, date.min
        if ceases is None:
            return since, None
        ends = ceases + relativedelta(months=terms["probation"])
        if forborne:
            ends = max(ends, max(forborne, since) + relativedelta(months=terms["forborne_probation"]))
        until = max(until or date.min, ends)
    return (since, until) if until and until > evening else (None, None)
