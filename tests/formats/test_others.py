"""Parquet, Excel, JSON lines, packed files and queries, down to the same texts."""

import gzip
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook
from sqlalchemy import create_engine, text

from bolib.engine import open_engine
from bolib.errors import SourceError
from bolib.formats import Dialect, land
from bolib.formats.containers import unpack
from bolib.formats.database import land_query


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("duckdb")
    yield opened
    opened.close()


def landed(engine, path, form, **dialect):
    found = land(path, form, Dialect(**dialect), path.parent / "landed.parquet", engine)
    rows = [tuple(row.values()) for row in pq.read_table(found.path).to_pylist()]
    return found, rows


def test_parquet_gives_the_text_its_values_print_as(engine, tmp_path):
    columns = {
        "id": [1, 2],
        "amount": pa.array([Decimal("1.50"), None], pa.decimal128(18, 2)),
        "double": [100.0, 0.1],
        "day": [date(2026, 3, 31), None],
        "at": [datetime(2026, 3, 31, 15, 4, 5), None],
        "yes": [True, False],
    }
    pq.write_table(pa.table(columns), tmp_path / "file.parquet")
    found, rows = landed(engine, tmp_path / "file.parquet", "parquet")
    assert (found.columns, found.rows) == (("id", "amount", "double", "day", "at", "yes"), 2)
    assert rows == [
        ("1", "1.50", "100", "2026-03-31", "2026-03-31 15:04:05", "true", 1),
        ("2", None, "0.1", None, None, "false", 2),
    ]


def test_excel_gives_the_rows_of_its_sheet(engine, tmp_path):
    book = Workbook()
    book.active.append(["wrong", "sheet"])
    sheet = book.create_sheet("Positions")
    for row in (["id", "amount", "day", "yes"], [1, 0.1, datetime(2026, 3, 31), True], [], ["x", 12.0, None, False]):
        sheet.append(row)
    book.save(tmp_path / "file.xlsx")
    found, rows = landed(engine, tmp_path / "file.xlsx", "excel", sheet="Positions")
    assert found.columns == ("id", "amount", "day", "yes")
    assert rows == [("1", "0.1", "2026-03-31", "true", 2), ("x", "12", None, "false", 4)]
    with pytest.raises(SourceError, match="the sheets Sheet, Positions"):
        landed(engine, tmp_path / "file.xlsx", "excel", sheet="Position")


def test_json_lines_keep_the_digits_and_their_broken_lines(engine, tmp_path):
    path = tmp_path / "file.jsonl"
    path.write_text('{"id": 1, "amount": 0.10}\n\n{"id": "x", "note": "é", "yes": true}\nnot json\n[1]\n', "utf-8")
    found, rows = landed(engine, path, "jsonl")
    assert rows == [("1", "0.10", None, None, 1), ("x", None, "é", "true", 3)]
    assert [one.line for one in found.broken] == [4, 5]
    assert found.rows == 4


@pytest.mark.parametrize("form", ["parquet", "excel", "jsonl"])
def test_a_file_of_another_format_stops_the_run(engine, tmp_path, form):
    path = tmp_path / "file"
    path.write_bytes(b"")
    with pytest.raises(SourceError):
        landed(engine, path, form)


def test_packed_files_are_opened(tmp_path):
    with gzip.open(tmp_path / "a.csv.gz", "wb") as packed:
        packed.write(b"a\n1\n")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("two.csv", "a\n2\n")
        archive.writestr("../one.csv", "a\n1\n")
    folder = tmp_path / "inside"
    folder.mkdir()
    [(_, plain)] = unpack(tmp_path / "a.csv.gz", folder)
    assert (plain.suffix, plain.read_bytes()) == (".csv", b"a\n1\n")
    members = unpack(tmp_path / "b.zip", folder)
    assert [name for name, _ in members] == ["b.zip/../one.csv", "b.zip/two.csv"]
    assert all(path.parent == folder for _, path in members)


@pytest.mark.parametrize("name", ["a.csv.gz", "a.zip"])
def test_a_damaged_packed_file_stops_the_run(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK nothing of the kind")
    with pytest.raises(SourceError, match="Ask the sender"):
        unpack(tmp_path / name, tmp_path)


def test_a_query_gives_its_rows(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/bank.db"
    database = create_engine(url)
    with database.begin() as connection:
        connection.execute(text("create table books (book text, amount decimal(18,2))"))
        connection.execute(text("insert into books values ('EQ', 1.5), ('FI', null)"))
    database.dispose()
    monkeypatch.setenv("BANK_URL", url)
    found = land_query("ledger", "select * from books order by book", "BANK_URL", tmp_path / "landed.parquet")
    rows = [tuple(row.values()) for row in pq.read_table(found.path).to_pylist()]
    assert (found.columns, rows) == (("book", "amount"), [("EQ", "1.5", 1), ("FI", None, 2)])
    with pytest.raises(SourceError, match="no such table"):
        land_query("ledger", "select * from nowhere", "BANK_URL", tmp_path / "landed.parquet")
    with pytest.raises(SourceError, match="Set OTHER_URL"):
        land_query("ledger", "select 1", "OTHER_URL", tmp_path / "landed.parquet")
