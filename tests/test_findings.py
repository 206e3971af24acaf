"""Findings: the same breach has the same id, an age, an owner and its evidence."""

import datetime
import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bolib.control import Control
from bolib.errors import RuleError
from bolib.findings import Breach, finding_id, gone, identified, shown

AS_OF = datetime.date(2026, 3, 31)
RULE = SimpleNamespace(citation="Article 1", cited="Article 1 (to be verified)")
OWNERS = [
    {"object_type": "book", "match": "RATES", "owner": "ann", "team": "rates"},
    {"object_type": "control", "match": "*", "owner": "head", "team": "control"},
]


def a_control(**changed) -> Control:
    usual = {
        "id": "X-1",
        "title": "?",
        "rule": "R",
        "severity": "MAJOR",
        "key": "trade_id",
        "message": "{trade_id}: {amount} {currency}.",
        "report": "pnl",
        "sql": "select 1",
        "path": Path("x.sql"),
        "amount": "amount",
        "date": "trade_date",
        "owner": "book",
    }
    return Control(**usual | changed)


def a_day(history=None):
    days = {datetime.date(2026, 3, 27): 10, AS_OF: 12}
    return SimpleNamespace(
        as_of=AS_OF,
        history=history,
        rows=lambda name: OWNERS,
        rulebook=SimpleNamespace(closest=lambda rule, on: RULE),
        business_days=lambda start, end: days[end] - days[start],
    )


def a_row(**changed):
    usual = {
        "trade_id": "T1",
        "book": "RATES",
        "amount": Decimal("1234.50"),
        "currency": "EUR",
        "trade_date": datetime.date(2026, 3, 27),
        "source_file": "trades.csv",
        "source_line": 7,
    }
    return usual | changed


def test_a_finding_says_who_what_since_when_and_where():
    found = identified(a_day(), [Breach(a_control(), a_row())]).to_pylist()[0]
    assert found["message"] == "T1: 1,234.50 EUR."
    assert (found["owner"], found["team"], found["age_days"], found["status"]) == ("ann", "rates", 2, "NEW")
    assert (found["amount"], found["citation"]) == (Decimal("1234.50"), "Article 1 (to be verified)")
    assert json.loads(found["evidence"])["sources"] == [{"file": "trades.csv", "line": 7}]


@pytest.mark.parametrize(("said", "found"), [(None, "EUR"), ("paid_in", "USD"), ("GBP", "GBP")])
def test_the_currency_of_an_amount_is_a_column_or_what_the_header_says(said, found):
    breach = Breach(a_control(currency=said), a_row(paid_in="USD"))
    assert identified(a_day(), [breach]).to_pylist()[0]["currency"] == found


def test_without_an_owner_of_its_own_it_goes_to_the_owner_of_controls():
    found = identified(a_day(), [Breach(a_control(), a_row(book="OTHER"))]).to_pylist()[0]
    assert found["owner"] == "head"


def test_the_id_does_not_depend_on_the_day_the_amount_or_the_order():
    one, two = a_row(), a_row(trade_id="T2")
    ids = [
        identified(a_day(), [Breach(a_control(), row) for row in rows])["finding_id"].to_pylist()
        for rows in ((one, two), (two, one), (a_row(amount=Decimal("9.00")), two))
    ]
    assert ids[0] == ids[1] == ids[2]


def test_twins_that_are_both_real_stay_two():
    found = identified(a_day(), [Breach(a_control(), a_row()), Breach(a_control(), a_row())])
    assert found["finding_id"].to_pylist() == [finding_id("X-1", "T1", 1), finding_id("X-1", "T1", 2)]


def published(folder: Path, rows: pa.Table) -> Path:
    results = folder / "2026-03-30" / "results"
    results.mkdir(parents=True)
    pq.write_table(rows, results / "findings.parquet")
    return folder


def test_first_seen_comes_from_the_last_published_day(tmp_path):
    before = identified(a_day(), [Breach(a_control(), a_row())])
    first = pa.array([datetime.date(2026, 3, 2)], pa.date32())
    before = before.set_column(before.schema.get_field_index("first_seen"), "first_seen", first)
    found = identified(a_day(published(tmp_path, before)), [Breach(a_control(), a_row())]).to_pylist()[0]
    assert (found["first_seen"], found["status"]) == (datetime.date(2026, 3, 2), "OPEN")


def test_what_a_control_that_ran_no_longer_shows_is_gone(tmp_path):
    history = published(tmp_path, identified(a_day(), [Breach(a_control(), a_row())]))
    nothing = identified(a_day(), [])
    ran, off = ([{"control": "X-1", "status": status}] for status in ("ran", "off"))
    assert gone(a_day(history), nothing, ran)["key"].to_pylist() == ["T1"]
    assert gone(a_day(history), nothing, off).num_rows == 0


@pytest.mark.parametrize(
    ("lines", "days", "said"), [(1, 1, "1 line, 1 business day"), (2, 21, "2 lines, 21 business days")]
)
def test_a_message_counts_in_the_singular_and_the_plural(lines, days, said):
    breach = Breach(a_control(message="{lines} line(s), {days} business days old."), a_row(lines=lines, days=days))
    assert identified(a_day(), [breach]).to_pylist()[0]["message"] == f"{said} old."


def test_a_message_that_names_no_column_stops_the_run():
    with pytest.raises(RuleError, match=r"x.sql, message: expected columns among .*found 'quantity'"):
        identified(a_day(), [Breach(a_control(message="{quantity}"), a_row())])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1234567.50"), "1,234,567.50"),
        (Decimal("0.00"), "0.00"),
        (Decimal("100.000000"), "100"),
        (Decimal("99.12345000"), "99.12345"),
        (Decimal("1.50000000"), "1.50"),
        (None, "—"),
        (datetime.datetime(2026, 3, 31, 17, 5), "2026-03-31 17:05 UTC"),
        (AS_OF, "2026-03-31"),
        (12, "12"),
    ],
)
def test_values_are_shown_as_readers_expect(value, text):
    assert shown(value) == text
