"""Results: written in the order of their key, the same rows always give the same hash."""

import datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bolib.results import earlier, frame, read, write

ROWS = pa.table(
    {
        "date": pa.array([datetime.date(2026, 3, 31)] * 3, pa.date32()),
        "book": ["B", "A", "A"],
        "isin": ["X", "Y", "X"],
        "quantity": pa.array([Decimal("1.500000"), Decimal("-2.000000"), None], pa.decimal128(18, 6)),
    }
)


def test_a_result_is_read_back_to_the_last_unit(tmp_path):
    write(tmp_path, "positions", frame(ROWS))
    found = read(tmp_path, "positions")
    assert found["quantity"].to_pylist() == [None, Decimal("-2.000000"), Decimal("1.500000")]
    assert (tmp_path / "positions.csv").read_text().splitlines()[2] == '2026-03-31,"A","Y",-2.000000'


@given(order=st.permutations([0, 1, 2]))
def test_the_hash_does_not_depend_on_the_order_of_rows(tmp_path_factory, order):
    folder = tmp_path_factory.mktemp("results")
    assert write(folder, "positions", frame(ROWS)) == write(folder, "positions", frame(ROWS.take(order)))


def test_another_cent_gives_another_hash(tmp_path):
    other = frame(ROWS).assign(quantity=pd.array([Decimal("1.500001")] * 3, dtype=pd.ArrowDtype(pa.decimal128(18, 6))))
    assert write(tmp_path, "positions", frame(ROWS)) != write(tmp_path, "positions", other)


def test_a_result_never_written_is_none(tmp_path):
    assert read(tmp_path, "positions") is None


def test_the_last_published_day_is_before_the_day_and_not_a_failed_one(tmp_path):
    for name in ("2026-03-27", "2026-03-30", "2026-03-31", "2026-03-30.failed"):
        (tmp_path / name / "results").mkdir(parents=True)
    assert earlier(tmp_path, datetime.date(2026, 3, 31)) == tmp_path / "2026-03-30" / "results"
    assert earlier(tmp_path, datetime.date(2026, 3, 27)) is None
    assert earlier(None, datetime.date(2026, 3, 31)) is None
