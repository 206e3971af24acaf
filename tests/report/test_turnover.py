"""New, still open and gone, counted by control and by owner."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa

from bolib import report
from bolib.report.operations import amounts
from bolib.results import Result, Verdict

FINDINGS = [
    ("COH-01", "CRITICAL", "NEW", 2, "100.00", "EUR", "ann", "Middle office"),
    ("COH-01", "CRITICAL", "OPEN", 9, "-50.00", "USD", "ann", "Middle office"),
    ("CON-07", "MINOR", "NEW", 0, None, None, None, None),
]
GONE = [("COH-01", "CRITICAL", "OPEN", 3, "7.00", "EUR", "ann", "Middle office")]
NAMES = ["control", "severity", "status", "age_days", "amount", "currency", "owner", "team"]


def frame(rows: list[tuple]) -> pd.DataFrame:
    """Return findings with exact amounts."""
    schema = pa.schema([(name, pa.int64() if name == "age_days" else pa.string()) for name in NAMES])
    table = pa.Table.from_pylist([dict(zip(NAMES, row, strict=True)) for row in rows], schema=schema)
    table = table.set_column(4, "amount", table["amount"].cast(pa.decimal128(18, 2)))
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def text(display) -> str:
    """Return what a display says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(display.html())))


RESULT = Result(
    report="anomalies", day=SimpleNamespace(), tables={}, findings=frame(FINDINGS), gone=frame(GONE),
    checked=[{"control": "COH-01", "title": "Which deals does the back office not know?"}],
    verdict=Verdict("", "good", {}),
)  # fmt: skip


def test_by_control_new_open_gone_oldest_amounts_and_owner():
    said = text(report.standing_by_control(RESULT))
    assert "COH-01 Critical 1 1 1 9 100 EUR, 50 USD ann Which deals does the back office not know?" in said
    assert "CON-07 Minor 1 0 0 0 – nobody CON-07" in said
    assert "All 2 1 1" in said


def test_by_owner_what_nobody_answers_for_is_named():
    said = text(report.standing_by_owner(RESULT))
    assert "ann Middle office 1 1 1 9 100 EUR, 50 USD" in said and "nobody – 1 0 0 0" in said


def test_amounts_never_add_currencies_nor_net_signs():
    rows = [{"amount": Decimal(n), "currency": c} for n, c in ((-5, "EUR"), (5, "EUR"), (7, "USD"), (1, None))]
    assert amounts(rows) == "10 EUR, 7 USD"
