"""What is known of the deals and events whose lines are open: parts that one side may have left out of an amount."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bolib.day import Day
from bolib.holdings.withholding import version, withheld

TAX, TRANSACTIONS = "CA.tax", "B-19"
"""The rules on tax withheld from income, and on the tax on financial transactions."""

Part = tuple[str, str, str, int]
"""Class of the difference it explains, words, currency, amount in minor units."""


def parts(day: Day) -> dict[str, tuple[Part, ...]]:
    """Return by deal and by receipt of an event what its amount is made of beside what was agreed."""
    found: dict[str, list[Part]] = defaultdict(list)
    for deal in sorted(day.rows("nostro_deals"), key=lambda deal: deal["trade_id"]):
        found[deal["trade_id"]] += _of_deal(day, deal)
    for row in day.rows("ca_receipts"):
        if row["tax"]:
            words = f"the tax withheld on {row['ca_id']} for {row['account']}"
            part = ("TAX", words, row["currency"], minor(row["tax"]))
            found[f"{row['ca_id']}-{row['account']}"].append(part)
    return {name: tuple(some) for name, some in found.items()}


def _of_deal(day: Day, deal: dict) -> Iterator[Part]:
    name, currency = deal["trade_id"], deal["currency"]
    if deal["taxes"]:
        yield "TAX", f"the tax booked on {name}", currency, minor(deal["taxes"])
    if deal["ttf"] and deal["side"] == "BUY":
        rate = _rate(day, deal)
        due = (deal["gross_amount"] * rate / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        words = f"the tax on financial transactions of {name}, {rate.normalize():f} % of {deal['gross_amount']:,.2f}"
        if due and due != deal["taxes"]:
            yield "TAX", words, currency, minor(due)
    if deal["accrued_interest"]:
        yield "ACCRUED", f"the accrued interest of {name}", currency, minor(deal["accrued_interest"])


def _rate(day: Day, deal: dict) -> Decimal:
    found = version(day, TRANSACTIONS, deal["settlement_date"])
    return Decimal(found.parameters["rate_percent"]) if found else Decimal(0)


def shares_withheld(day: Day) -> dict[str, tuple[str, Fraction]]:
    """Return by reference of an open line the percent withheld from the income of the event it names.

    A reference names an event as CA0010, or with more after a dash: CA0010-SAF-US.
    """
    events = {event["ca_id"]: event for event in day.rows("known_events")}
    references = day.engine.query("select distinct reference from nostro_lines where open and reference is not null")
    found = {}
    for reference in references["reference"].to_pylist():
        event = next((events[name] for name in _names(reference) if name in events), None)
        rule = withheld(day, TAX, event) if event else {}
        if rule:
            words = f"{event['type']} of {event['isin']}, {rule['tax_rule']}"
            found[reference] = (words, Fraction(rule["tax_rate"]))
    return found


def _names(reference: str) -> Iterator[str]:
    """Yield a reference, and what is left of it as its last parts are taken away.

    >>> list(_names("CA0010-SAF-US"))
    ['CA0010-SAF-US', 'CA0010-SAF', 'CA0010']
    """
    pieces = reference.split("-")
    yield from ("-".join(pieces[:length]) for length in range(len(pieces), 0, -1))


def minor(amount: object) -> int:
    """Return an amount in minor units."""
    return int(Decimal(str(amount)).scaleb(2))
