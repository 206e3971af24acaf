"""Results: written in the order of their key, the same rows always give the same bytes."""

import csv
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
    assert (tmp_path / "positions.csv").read_text().splitlines()[2] == '2026-03-31,A,Y,-2.000000'


def test_a_text_is_quoted_only_where_it_must_be(tmp_path):
    texts = ["plain", "a, b", 'said "so"', None, "two\nlines"]
    days = pa.array([datetime.date(2026, 3, 31 - n) for n in range(5)], pa.date32())
    write(tmp_path, "positions", frame(pa.table({"date": days, "book": texts})))
    kept = (tmp_path / "positions.csv").read_text()
    assert "2026-03-31,plain\n" in kept and '2026-03-30,"a, b"\n' in kept and '2026-03-29,"said ""so"""\n' in kept
    with (tmp_path / "positions.csv").open(newline="") as file:
        assert [row[1] or None for row in csv.reader(file)][:0:-1] == texts


def bytes_of(folder, rows) -> tuple[bytes, bytes]:
    write(folder, "positions", rows)
    return (folder / "positions.csv").read_bytes(), (folder / "positions.parquet").read_bytes()


@given(order=st.permutations([0, 1, 2]))
def test_what_is_written_does_not_depend_on_the_order_of_rows(tmp_path_factory, order):
    folder = tmp_path_factory.mktemp("results")
    assert bytes_of(folder, frame(ROWS)) == bytes_of(folder, frame(ROWS.take(order)))


def test_the_last_unit_is_written(tmp_path):
    other = frame(ROWS).assign(quantity=pd.array([Decimal("1.500001")] * 3, dtype=pd.ArrowDtype(pa.decimal128(18, 6))))
    for one, another in zip(bytes_of(tmp_path, frame(ROWS)), bytes_of(tmp_path, other), strict=True):
        assert one != another


def test_a_result_never_written_is_none(tmp_path):
    assert read(tmp_path, "positions") is None


def test_the_last_published_day_is_before_the_day_and_not_a_failed_one(tmp_path):
    for name in ("2026-03-27", "2026-03-30", "2026-03-31", "2026-03-30.failed"):
        (tmp_path / name / "results").mkdir(parents=True)
    assert earlier(tmp_path, datetime.date(2026, 3, 31)) == tmp_path / "2026-03-30" / "results"
    assert earlier(tmp_path, datetime.date(2026, 3, 27)) is None
    assert earlier(None, datetime.date(2026, 3, 31)) is None


def test_what_only_the_next_evening_reads_has_no_csv(tmp_path):
    write(tmp_path, "open_counts", frame(pa.table({"atm": ["M1"]})))
    assert read(tmp_path, "open_counts")["atm"].to_pylist() == ["M1"] and not (tmp_path / "open_counts.csv").exists()
