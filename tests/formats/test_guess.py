"""A file nobody declared: what its own bytes say."""

import pytest

from bolib.errors import SourceError
from bolib.formats.guess import dialect_of, form_of


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.bin", b"PAR1....", "parquet"),
        ("a.txt", b"PK\x03\x04....", "excel"),
        ("a.txt", b"\xef\xbb\xbf<?xml version='1.0'?>", "camt"),
        ("a.txt", b"\r\n:20:STATEMENT", "mt940"),
        ("a.txt", b"{1:F01X}{2:O9421530}{4:", "mt942"),
        ("a.txt", b"{1:F01X}{2:I535X}{4:", "mt535"),
        ("a.txt", b"{1:F01X}{2:I541X}{4:", "mt54x"),
        ("a.txt", b'{"id": 1}\n', "jsonl"),
        ("a.txt", b"01" + b" " * 118 + b"\r\n", "cfonb120"),
        ("a.txt", b"31" + b" " * 238 + b"\r\n", "cfonb240"),
        ("a.dat", b"id;amount\n", "csv"),
        ("a.jsonl", b"\n", "jsonl"),
    ],
)
def test_the_format_is_read_off_the_file_before_its_name(tmp_path, name, content, form):
    (tmp_path / name).write_bytes(content)
    assert form_of(tmp_path / name) == form


def test_a_message_nothing_reads_is_refused_in_one_line(tmp_path):
    (tmp_path / "a.fin").write_bytes(b"{1:F01X}{2:I564X}{4:")
    with pytest.raises(SourceError, match="expected a message among mt940, .*, found an MT564"):
        form_of(tmp_path / "a.fin")


@pytest.mark.parametrize(
    ("content", "encoding", "separator"),
    [
        (b"id;montant\n1;1,50\n2;2,50\n", "utf-8", ";"),  # more columns by ; than by the comma of the numbers
        ("id\tnom\n1\tZoé\n".encode("cp1252"), "cp1252", "\t"),
        ("id|nom\n1|Zoé\n".encode("utf-16"), "utf-16", "|"),
        (b'"a;b",c\n"1;2",3\n', "utf-8", ","),
    ],
)
def test_the_dialect_is_read_off_the_first_records(tmp_path, content, encoding, separator):
    (tmp_path / "a.csv").write_bytes(content)
    found = dialect_of(tmp_path / "a.csv", "csv")
    assert (found.encoding, found.separator) == (encoding, separator)
