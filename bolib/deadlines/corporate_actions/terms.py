"""What the rulebook says of each event: the tax withheld, how deals open over the record date are settled, defaults.

The version of a rule is that of the event's own day: of payment for tax, of the record date for the rest.
"""

import pyarrow as pa

from bolib.day import Day
from bolib.holdings.withholding import version, withheld
from bolib.valuation.exact import PRICE

CLAIM, TRANSFORMATION, DUE_BILL = "CA.claim", "CA.transformation", "CA.due.bill"
DETECTION, PAYMENT, DEFAULTS, TAX = "CA.claim.detection", "CA.payment", "CA.election.default", "CA.tax"

KINDS = {CLAIM: "CLAIM", TRANSFORMATION: "TRANSFORMATION", DUE_BILL: "DUE_BILL"}
"""Rules that say what becomes of a delivery open over a record date, by type of event and depository."""

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
        | withheld(day, TAX, event)
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


def payment_rule(day: Day, currency: str | None) -> str:
    """Return the rule whose calendar pays in a currency: one of its own, or that of the euro."""
    name = f"{PAYMENT}.{currency}"
    return name if name in day.rulebook.versions else PAYMENT


def _default(day: Day, event: dict) -> str | None:
    found = version(day, DEFAULTS, event["ex_date"])
    return found.parameters["options"].get(event["type"]) if found else None
