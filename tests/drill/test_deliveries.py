"""What happens to files on their way, and what the load says of it."""

from datetime import date

import pyarrow as pa
import pytest

from bolib.drill.deliveries import MISHAPS, declare, deliver, names_of
from bolib.load import load

DAYS = [date(2026, 3, 27), date(2026, 3, 30), date(2026, 3, 31)]
NAMES = names_of("atm_counts", DAYS)
COLUMNS = ("atm", "date", "opening", "loaded", "dispensed", "counted", "currency")


def rows() -> pa.Table:
    days = ("2026-03-02", "2026-03-27", "2026-03-30", "2026-03-31", "2026-03-31")
    found = [("A", days[0]), ("A", days[1]), ("A", days[2]), ("A", days[3]), ("B", days[4])]
    texts = [(atm, day, "10.00", "0.00", "1.00", "9.00", "EUR") for atm, day in found]
    columns = {name: [row[place] for row in texts] for place, name in enumerate(COLUMNS)}
    return pa.table({**columns, "known_at": pa.nulls(5, pa.string()), "source_file": ["atm_counts.csv"] * 5})


def loaded(folder, mishap: str = ""):
    """Return the load of the table delivered in three files, something having happened to them."""
    delivery, declared = deliver(folder, "atm_counts", rows(), DAYS)
    if mishap:
        MISHAPS[mishap](delivery, DAYS[-1])
    declare(folder, {"atm_counts": declared})
    return load(folder, folder, DAYS[-1])


def controls(found) -> set[str]:
    return {fault["control"] for fault in found.findings}


def test_three_files_hold_every_row_and_nothing_is_said(tmp_path):
    found = loaded(tmp_path)
    assert found.tables["atm_counts"].num_rows == 5
    assert (controls(found), found.proven) == (set(), True)


@pytest.mark.parametrize(
    ("mishap", "told"),
    [
        ("dropped", {"LOAD-02"}),
        ("late", {"LOAD-02"}),
        ("twice", {"LOAD-01"}),
        ("gap", {"LOAD-03"}),
        ("truncated", {"LOAD-04"}),
        ("misnamed", {"LOAD-06"}),
        ("swapped_columns", {"LOAD-05"}),
        ("reordered", set()),
    ],
)
def test_what_happens_is_told_by_its_control_and_names_the_file(tmp_path, mishap, told):
    found = loaded(tmp_path, mishap)
    assert controls(found) == told
    assert all(any(name in fault["key"] + fault["message"] for name in NAMES) for fault in found.findings)


def test_every_mishap_is_tried():
    tried = test_what_happens_is_told_by_its_control_and_names_the_file.pytestmark[0].args[1]
    assert {mishap for mishap, _ in tried} == set(MISHAPS)
