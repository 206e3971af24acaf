"""The tax a state withholds at source from what a security pays, by the rulebook."""

from datetime import date
from decimal import Decimal

from bolib.day import Day
from bolib.errors import RuleError

FUNDS = ("FUND", "ETF")


def withheld(day: Day, family: str, event: dict) -> dict:
    """Return tax_rule and tax_rate (percent of gross) of an event; nothing where the book has no rule for it.

    `family` is the rule for all states; the others are named after it. Capital paid back bears none. Income bears what
    the state of the security, the first two letters of its ISIN, withholds from the bank: by the bank's own rule for
    it, where there is one. Funds may have rates of their own. The version is that of the day of payment.
    """
    on, state = event["pay_date"] or event["ex_date"], f"{family}.{event['isin'][:2]}"
    for name in (family, f"{state}.bank", state):
        found = version(day, name, on)
        rates = dict(found.parameters["rates"]) if found else {}
        if event["asset_class"] in FUNDS:
            rates |= found.parameters.get("fund_rates", {}) if found else {}
        if event["type"] in rates:
            return {"tax_rule": name, "tax_rate": Decimal(str(rates[event["type"]]))}
    return {}


def version(day: Day, name: str, on: date):
    """Return the version of a rule on a day, or None where the book has none."""
    if name not in day.rulebook.versions:
        return None
    try:
        return day.rulebook.at(name, on)
    except RuleError:
        return None
