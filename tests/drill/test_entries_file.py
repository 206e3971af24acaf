"""The journal as a file of accounting entries reads back as it was, and what is wrong with it is told."""

from datetime import date

import pyarrow as pa
import pytest

from bolib.drill.deliveries import declare
from bolib.drill.entries_file import ENTRIES, deliver_entries, names_of_entries
from bolib.load import load
from bolib.tables import TABLES

DAY = date(2026, 3, 31)
NAMES = TABLES["journal"].names


def line(number: int, place: int, debit: str, credit: str, validated: str | None = "2026-03-30", **more) -> dict:
    said = {"journal_code": "MAN", "entry_no": f"{number:06}", "line_no": str(place), "journal_label": "Divers"}
    said |= {"entry_date": "2026-03-30", "account": f"46700{place}", "account_label": "Débiteurs; divers"}
    said |= {"document_ref": f"D{number}", "document_date": "2026-03-30", "label": "écriture"}
    said |= {"debit": debit, "credit": credit, "validated_on": validated, "user": "ann", "origin": "MANUAL"}
    moments = {"entered_at": "2026-03-30 10:00:00", "known_at": "2026-03-30 11:00:00"}
    return dict.fromkeys(NAMES) | said | moments | {"source_file": "journal.csv"} | more


def rows() -> pa.Table:
    lines = [line(2, 1, "7.50", "0.00", "2026-03-31"), line(2, 2, "0.00", "7.50", "2026-03-31")]
    lines += [line(1, 1, "120.00", "0.00", currency="USD", currency_amount="-130.50"), line(1, 2, "0.00", "120.00")]
    lines += [line(3, 1, "1.00", "0.00", None), line(3, 2, "0.00", "1.00", None)]
    return pa.Table.from_pylist(lines, pa.schema([(name, pa.string()) for name in (*NAMES, "source_file")]))


def loaded(folder, mishap: str = ""):
    path, sources = deliver_entries(folder, rows(), DAY)
    if mishap:
        ENTRIES[mishap](path, DAY)
    declare(folder, sources)
    return load(folder, folder, DAY)


def test_every_value_reads_back_and_nothing_is_said(tmp_path):
    found = loaded(tmp_path)
    assert (found.findings, found.proven) == ([], True)
    read = found.tables["journal"].select(["entry_no", "line_no", "debit", "currency_amount", "user", "account_label"])
    told = {tuple(str(value) for value in row.values()) for row in read.to_pylist()}
    assert len(told) == 6  # those not validated came beside the file
    assert ("000001", "1", "120.00", "-130.50", "ann", "Débiteurs; divers") in told
    assert [str(at) for at in set(found.tables["journal"]["known_at"].to_pylist())] == ["2026-03-30 11:00:00"]


@pytest.mark.parametrize(
    ("mishap", "told"),
    [
        ("entries_misnamed", "LOAD-07"),
        ("entries_separator", "LOAD-08"),
        ("entries_dots", "LOAD-09"),
        ("entries_last_first", "LOAD-10"),
    ],
)
def test_what_is_wrong_is_told_by_its_control_names_the_file_and_loses_nothing(tmp_path, mishap, told):
    found = loaded(tmp_path, mishap)
    assert {fault["control"] for fault in found.findings} == {told}
    assert all(any(name in fault["key"] for name in names_of_entries(DAY)) for fault in found.findings)
    assert found.tables["journal"].num_rows == 6
