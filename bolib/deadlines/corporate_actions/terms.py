"""What the rulebook says of each event: the tax withheld, how deals open over the record date are settled, defaults.

The version of a rule is that of the event's own day: of payment for tax, of the record date for the rest.
"""

from datetime import date
from decimal import Decimal

import pyarrow as pa

from bolib.day import Day
from bolib.errors import RuleError
from bolib.valuation.exact import PRICE

CLAIM, TRANSFORMATION, DUE_BILL = "CA.claim", "CA.transformation", "CA.due.bill"
DETECTION, PAYMENT, DEFAULTS, TAX = "CA.claim.detection", "CA.payment", "CA.election.default", "CA.tax"

KINDS = {CLAIM: "CLAIM", TRANSFORMATION: "TRANSFORMATION", DUE_BILL: "DUE_BILL"}
"""Rules that say what becomes of a delivery open over a record date, by type of event and depository."""

FUNDS = ("FUND", "ETF")

TERMS = pa.schema([
    ("ca_id", pa.string()), ("tax_rule", pa.string()), ("tax_rate", PRICE), ("payment_rule", pa.string()),
    ("default_option", pa.string()),
])  # fmt: skip
KINDS_SCHEMA = pa.schema([("type", pa.string()), ("place", pa.string()), ("kind", pa.string())])


def add_terms(day: Day, events: list[dict]) -> None:
    """Add `ca_terms`: for each event its tax (percent; empty = no rule), clock of payment and default option."""
    rows = [
        {
            "ca_id": event["ca_id"],
            "payment_rule": payment_rule(day, event["currency"]),
            "default_option": _default(day, event),
        }
        | tax(day, event)
        for event in events
    ]
    day.engine.add("ca_terms", pa.Table.from_pylist(rows, schema=TERMS))


def add_claim_kinds(day: Day) -> None:
    """Add `ca_claim_kinds`: type of event, depository (empty = any other), what becomes of an open delivery."""
    rows = []
    for name, kind in KINDS.items():
        given = day.rulebook.at(name, day.as_of).parameters
        rows += [
            {"type": event, "place": place, "kind": kind}
            for event in given["types"]
            for place in given.get("places", [None])
        ]
    day.engine.add("ca_claim_kinds", pa.Table.from_pylist(rows, schema=KINDS_SCHEMA))


def add_detecting_places(day: Day) -> None:
    """Add `ca_detecting_places`: the depositories that raise claims of themselves, first eight letters of the BIC."""
    places = day.rulebook.at(DETECTION, day.as_of).parameters["places"]
    day.engine.add("ca_detecting_places", pa.table({"place": pa.array(places, pa.string())}))


def tax(day: Day, event: dict) -> dict:
    """Return tax_rule and tax_rate (percent of gross) of an event; nothing where the book has no rule for it.

    Capital paid back bears none. Income bears what the state of the security, the first two letters of its ISIN,
    withholds from the bank: by the bank's own rule for it, where there is one. Funds may have rates of their own.
    """
    on, state = event["pay_date"] or event["ex_date"], f"{TAX}.{event['isin'][:2]}"
    for name in (TAX, f"{state}.bank", state):
        found = _in_force(day, name, on)
        rates = dict(found.parameters["rates"]) if found else {}
        if event["asset_class"] in FUNDS:
            rates |= found.parameters.get("fund_rates", {}) if found else {}
        if event["type"] in rates:
            return {"tax_rule": name, "tax_rate": Decimal(str(rates[event["type"]]))}
    return {}


def payment_rule(day: Day, currency: str | None) -> str:
    """Return the rule whose calendar pays in a currency: one of its own, or that of the euro."""
    name = f"{PAYMENT}.{currency}"
    return name if name in day.rulebook.versions else PAYMENT


def _default(day: Day, event: dict) -> str | None:
    found = _in_force(day, DEFAULTS, event["ex_date"])
    return found.parameters["options"].get(event["type"]) if found else None


def _in_force(day: Day, name: str, on: date):
    """Return the version of a rule on a day, or None where the book has none."""
    if name not in day.rulebook.versions:
        return None
    try:
        return day.rulebook.at(name, on)
    except RuleError:
        return None
