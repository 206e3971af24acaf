"""Made-up settlement fails to draw pages from: what each table of the section holds, with a name that is a script."""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa

from bolib.results import frame
from bolib.tables.results import RESULTS
from bolib.views import arrow_type

SCRIPT = "<script>window.broken = true</script>"
NEAR, FAR = "969500PONANTXXXXXX28", "969500LEVANTXXXXXX91"
APPLE, OAT = "US0378331005", "FR0014007TY9"


def settlement_tables() -> dict[str, pd.DataFrame]:
    """Return every table of the section, by name."""
    return {
        "ageing": ageing(),
        "open_settlements": _result("open_settlements", open_settlements()),
        "settlement_chains": _result("settlement_chains", chains()),
        "partial_settlements": _result("partial_settlements", partials()),
        "market_fails": _result("market_fails", market()),
        "fail_trend": pd.DataFrame(
            [
                {"day": date(2026, 3, 30), "due": 40, "failed": 3, "unsettled": 1},
                {"day": date(2026, 3, 31), "due": 0 + 25, "failed": 0, "unsettled": 0},
            ]
        ),
        "fail_rates": frame(pa.Table.from_pylist(rates())),
        "known_names": pd.DataFrame(
            [{"code": NEAR, "name": "Banque du Ponant"}, {"code": FAR, "name": SCRIPT}]
            + [{"code": APPLE, "name": "Apple Inc."}]
        ),
    }


def _result(name: str, rows: list[dict]) -> pd.DataFrame:
    schema = pa.schema([(c.name, arrow_type(c.sql_type)) for c in RESULTS[name].columns if c.name != "known_at"])
    return frame(pa.Table.from_pylist(rows, schema=schema))


def ageing() -> pd.DataFrame:
    """Return two age bands of settlement fails, one with a fail nobody can price."""
    first = {"band": "0-4", "from_day": 0, "factor": 0, "currency": "USD", "instructions": 5}
    second = {"band": "5-15", "from_day": 5, "factor": 8, "currency": "EUR", "instructions": 3}
    return pd.DataFrame(
        [
            first | {"amount": Decimal("576351.19"), "unpriced": 0}
            | {"price_difference": Decimal("1107.64"), "own_funds": Decimal("0.00")},
            second | {"amount": Decimal("505210.84"), "unpriced": 1}
            | {"price_difference": Decimal("4181.40"), "own_funds": Decimal("334.51")},
        ]
    )  # fmt: skip


def open_settlements() -> list[dict]:
    """Return a delivery half done, a receipt on hold, one not matched and one not yet due."""
    base = {"payment": "APMT", "place": "SICVFRPP", "currency": "EUR", "hold": False, "settled_quantity": Decimal(0)}
    matched = base | {"matched_at": datetime(2026, 3, 20, 9)}
    return [
        matched
        | {"instruction_id": "I1", "movement": "DELI", "isin": APPLE, "counterparty": NEAR, "reason": "LACK"}
        | {"intended_settlement_date": date(2026, 3, 24), "days_late": 5, "cause": "securities", "desk": "inventory"}
        | {"settled_quantity": Decimal(50), "open_quantity": Decimal(150), "open_amount": Decimal("15000.00")}
        | {"price_difference": Decimal("75.00"), "factor": 8, "own_funds": Decimal("6.00")},
        matched
        | {"instruction_id": "I2", "movement": "RECE", "isin": APPLE, "counterparty": FAR, "reason": "PREA"}
        | {"intended_settlement_date": date(2026, 3, 30), "days_late": 1, "cause": "hold", "desk": "release"}
        | {"hold": True, "open_quantity": Decimal(61), "open_amount": Decimal("6100.00")},
        base
        | {"instruction_id": "I3", "movement": "RECE", "isin": OAT, "counterparty": FAR, "status": "NMAT"}
        | {"intended_settlement_date": date(2020, 1, 6), "cause": "matching", "desk": "matching"}
        | {"open_quantity": Decimal(1000), "open_amount": Decimal("980.10")},
        matched
        | {"instruction_id": "I4", "movement": "DELI", "isin": APPLE, "counterparty": NEAR}
        | {"intended_settlement_date": date(2026, 4, 2), "days_late": -2, "open_quantity": Decimal(1)}
        | {"open_amount": Decimal("100.00")},
    ]


def chains() -> list[dict]:
    """Return a receipt that releases one delivery and gives a part of another."""
    row = {"receipt": "I2", "isin": APPLE, "place": "SICVFRPP", "currency": "EUR", "receipt_due": date(2026, 3, 30)}
    row |= {"receipt_reason": "PREA", "receipt_desk": "release", "receipt_counterparty": FAR}
    row |= {"delivery_counterparty": NEAR, "delivery_due": date(2026, 3, 24)}
    return [
        row | {"delivery": "I4", "quantity": Decimal(6), "releases": False, "open_quantity": Decimal(99)},
        row
        | {"delivery": "I1", "quantity": Decimal(55), "releases": True, "open_quantity": Decimal(150)}
        | {"released_amount": Decimal("15000.00")},
    ]


def partials() -> list[dict]:
    """Return a partial settlement."""
    row = {"instruction_id": "I1", "isin": APPLE, "account": "SAF", "place": "SICVFRPP", "counterparty": NEAR}
    row |= {"intended_settlement_date": date(2026, 3, 24), "days_late": 5, "available": Decimal(60), "currency": "EUR"}
    amounts = {"open_amount": Decimal("15000.00"), "cured_amount": Decimal("6000.00")}
    return [row | amounts | {"open_quantity": Decimal(150), "partial_quantity": Decimal(60)}]


def rates() -> list[dict]:
    """Return the rates of two counterparties and the counts of two reasons."""
    return [
        {"kind": "COUNTERPARTY", "name": "Banque du Ponant", "due": 40, "failed": 3, "unsettled": 1},
        {"kind": "COUNTERPARTY", "name": SCRIPT, "due": 10, "failed": 3, "unsettled": 0},
        {"kind": "REASON", "name": "LACK", "due": None, "failed": 4, "unsettled": 1},
        {"kind": "REASON", "name": "—", "due": None, "failed": 2, "unsettled": 0},
    ]


def market() -> list[dict]:
    """Return the balances of two securities."""
    row = {"date": date(2026, 3, 13), "price": Decimal("131.96")}
    return [
        row | {"security": "A", "name": SCRIPT, "days": 2, "failing_since": date(2026, 3, 12)}
        | {"balance": Decimal(54871), "standing": Decimal(5951)},
        row | {"security": "B", "name": "Apple", "days": 8, "failing_since": date(2026, 3, 4)}
        | {"balance": Decimal(18754), "standing": Decimal(634)},
    ]  # fmt: skip
