"""CSV in the dialects banks send."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bolib.engine import open_engine
from bolib.errors import ParameterError, SourceError
from bolib.formats import Dialect, land
from bolib.formats.delimited import CHUNK


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("duckdb")
    yield opened
    opened.close()


def landed(engine, folder, content: bytes, **dialect):
    path, into = folder / "file.csv", folder / "landed.parquet"
    path.write_bytes(content)
    found = land(path, "csv", Dialect(**dialect), into, engine)
    cells = ", ".join(f"c{i}" for i in range(len(found.columns)))
    sql = f"select {cells}, {found.line} as line from read_parquet('{into}', file_row_number = true) order by line"
    return found, [tuple(row.values()) for row in engine.query(sql).to_pylist()]


def test_a_regular_file_is_landed_as_written(engine, tmp_path):
    found, rows = landed(engine, tmp_path, b"a,b\n1,x\n2,\n")
    assert (found.columns, found.rows, found.broken) == (("a", "b"), 2, ())
    assert rows == [("1", "x", 2), ("2", None, 3)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [b"", b"end"])
def test_line_ends_of_both_kinds_and_a_last_line_without_one(engine, tmp_path, end, last):
    content = end.join((b"a,b", b"1,2", b"3,4")) + (end if last == b"end" else b"")
    found, rows = landed(engine, tmp_path, content)
    assert rows == [("1", "2", 2), ("3", "4", 3)]
    assert found.rows == 2


def test_quotes_hold_separators_quotes_and_line_ends(engine, tmp_path):
    _, rows = landed(engine, tmp_path, b'a,b\n"1,5","say ""hi"""\n"two\nlines",3\n4,5\n')
    assert rows == [("1,5", 'say "hi"', 2), ("two\nlines", "3", 3), ("4", "5", 5)]


def test_a_quote_left_open_holds_no_line_end_that_was_not_there(engine, tmp_path):
    assert landed(engine, tmp_path, b'a,b\n\n1,"x')[1] == [("1", "x", 3)]


def test_an_undeclared_quote_is_a_character_like_another(engine, tmp_path):
    _, rows = landed(engine, tmp_path, b'a|b\n5" pipe|"x\n', separator="|", quote="")
    assert rows == [('5" pipe', '"x', 2)]


def test_any_character_separates_and_a_long_line_is_a_line(engine, tmp_path):
    long = "x" * (CHUNK + 1)
    assert landed(engine, tmp_path, f"a§b\n1§{long}\n".encode(), separator="§")[1] == [("1", long, 2)]
    assert landed(engine, tmp_path, f"a,b\n1,{long}\n".encode())[1] == [("1", long, 2)]


def test_a_byte_order_mark_is_no_part_of_the_first_name(engine, tmp_path):
    found, rows = landed(engine, tmp_path, b"\xef\xbb\xbfa,b\n1,2\n")
    assert (found.columns, rows) == (("a", "b"), [("1", "2", 2)])


@pytest.mark.parametrize(
    ("encoding", "byte"), [("latin-1", b"\xe9"), ("cp1252", b"\xe9"), ("cp850", b"\x82"), ("utf-8", b"\xc3\xa9")]
)
def test_the_declared_encoding_reads_the_accents(engine, tmp_path, encoding, byte):
    found, rows = landed(
        engine, tmp_path, b"libell" + byte + b";b\n" + byte + b";2\n", encoding=encoding, separator=";"
    )
    assert (found.columns[0], rows[0][0]) == ("libellé", "é")


def test_records_of_another_width_are_broken_and_named(engine, tmp_path):
    found, rows = landed(engine, tmp_path, b"a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert rows == [("1", "2", 2), ("7", "8", 5)]
    assert [(one.line, one.raw) for one in found.broken] == [(3, "3"), (4, "4,5,6")]
    assert found.broken[0].reason == "1 fields where the header has 2"
    assert found.rows == 4


def test_a_blank_line_is_no_row_and_keeps_its_number(engine, tmp_path):
    found, rows = landed(engine, tmp_path, b"a,b\n1,2\n\n3,4\n\n")
    assert (found.rows, rows) == (2, [("1", "2", 2), ("3", "4", 4)])


def test_a_file_of_one_column_keeps_its_rows(engine, tmp_path):
    assert landed(engine, tmp_path, b"a\n1\n2\n")[1] == [("1", 2), ("2", 3)]


def test_lines_before_the_header_and_after_the_rows_are_no_rows(engine, tmp_path):
    found, rows = landed(engine, tmp_path, b"produced 2026-03-31\na,b\n1,2\n3,4\nTOTAL,2\nEND\n", skip=1, trailer=2)
    assert rows == [("1", "2", 3), ("3", "4", 4)]
    assert (found.rows, found.trailer) == (2, ("TOTAL,2", "END"))


def test_a_file_without_header_takes_the_declared_names(engine, tmp_path):
    found, rows = landed(engine, tmp_path, b"1,2\n3,4\n", header=("a", "b"))
    assert (found.columns, rows) == (("a", "b"), [("1", "2", 1), ("3", "4", 2)])


def test_unreadable_bytes_in_one_row_set_that_row_apart(engine, tmp_path):
    lines = b"".join(b"%d,x\n" % number for number in range(50))
    found, rows = landed(engine, tmp_path, b"a,b\n" + lines + b"50,\xe9\n")
    assert len(rows) == 50
    assert [(one.line, one.reason) for one in found.broken] == [(52, "bytes that are not utf-8")]


def test_unreadable_bytes_all_over_stop_the_run(engine, tmp_path):
    with pytest.raises(SourceError, match="Declare its encoding"):
        landed(engine, tmp_path, b"a,b\n1,\xe9\n2,\xe8\n3,x\n")


def test_an_unreadable_header_stops_the_run(engine, tmp_path):
    with pytest.raises(SourceError, match="Declare its encoding"):
        landed(engine, tmp_path, b"libell\xe9,b\n1,2\n")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"\n\n", "an empty file"),
        (b"a,b,a\n1,2,3\n", "a named more than once"),
        (b"a\0,b\0\n", "zero"),
    ],
)
def test_a_file_that_is_no_table_stops_the_run(engine, tmp_path, content, found):
    with pytest.raises(SourceError, match=found):
        landed(engine, tmp_path, content)


def test_an_unknown_encoding_stops_the_run(engine, tmp_path):
    with pytest.raises(ParameterError, match="ebcdic"):
        landed(engine, tmp_path, b"a\n1\n", encoding="ebcdic")


PIECES = ("1", "x y", ",", ",", '"', '""', '"q,"', "\n", "\n", "\r\n", "\r", " ", "é", "1,2\n", "\u2028", "\\", "NULL")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_its_quotes_and_line_ends_a_file_has_the_rows_python_finds(engine, tmp_path_factory, body):
    text = f'a,b\n{body}\n"closes","any quote"\n'
    records = [fields for fields in csv.reader(io.StringIO(text, newline="")) if fields][1:]
    found, rows = landed(engine, tmp_path_factory.mktemp("csv"), text.encode())
    assert [[first or "", second or ""] for first, second, _ in rows] == [two for two in records if len(two) == 2]
    assert found.rows == len(records)


def test_both_ways_of_reading_agree(engine, tmp_path):
    """A quote in the last line sends the same rows through the slower reader."""
    content = b"a,b\n" + b"".join(b"%d,%d\n" % (number, number * 7) for number in range(3000))
    _, fast = landed(engine, tmp_path, content)
    _, slow = landed(engine, tmp_path, content + b'"3000","21000"\n')
    assert fast == slow[:-1]
