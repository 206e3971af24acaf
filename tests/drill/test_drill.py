"""The drill from end to end, on the sample day: a part of the faults the seed takes, planted in one copy."""

import random
from datetime import date

import pytest

from bolib import PROJECT
from bolib.drill import Request, drill
from bolib.drill.certificate import certified
from bolib.drill.faults import catalogue
from bolib.drill.record import record
from bolib.results import read
from bolib.rulebook import load_rulebook

DAY, SEED, FAULTS = date(2026, 3, 31), 7, 70


def some_faults():
    """Return decoys and faults of the day itself that can share a copy, as many as a test has time for."""
    plain = [one for one in catalogue(PROJECT / "parameters") if not (one.apart or one.blind or one.spreads)]
    plain = [one for one in plain if one.days_before == 0 and not one.published]
    return tuple(random.Random(SEED).sample(plain, FAULTS))


@pytest.fixture(scope="module")
def found(sample):
    return drill(Request(DAY, data=sample, seed=SEED, faults=some_faults()))


@pytest.fixture(scope="module")
def certificate(found):
    return certified(found, load_rulebook(PROJECT / "parameters" / "rulebook"))


def test_nearly_every_fault_is_found_by_a_control_that_should(certificate):
    asked = [row for row in certificate.faults if row["planted"] and row["expected"]]
    missed = [row["fault"] for row in asked if not row["as_expected"]]
    assert len(asked) >= 40
    assert len(missed) * 100 <= 5 * len(asked), missed


def test_no_decoy_disturbs(certificate):
    assert [row["message"] for row in certificate.alerts if row["relation"] == "DECOY"] == []


def test_the_targets_are_met(certificate):
    assert certificate.recall.met and certificate.precision.met


def test_faults_are_found_on_the_day_they_happen_and_most_name_the_field(certificate):
    found = [row for row in certificate.faults if row["caught"]]
    assert all(row["caught_on"] == DAY for row in found)
    assert sum(row["field_named"] for row in found) * 10 >= len(found) * 8


def test_nothing_is_planted_twice_on_one_row(found):
    rows = [row for one in found.verdicts for row in one.planted.rows]
    assert found.copies > 1 or len(rows) == len(set(rows))


def test_page_and_rows_are_written_and_replace_those_before(certificate, tmp_path):
    folder = tmp_path / "drill"
    (folder / "results").mkdir(parents=True)
    (folder / "old.txt").write_text("of the last drill", encoding="utf-8")
    parameters = PROJECT / "parameters"
    page = record(certificate, load_rulebook(parameters / "rulebook"), parameters, folder)
    text = page.read_text(encoding="utf-8")
    assert not (folder / "old.txt").exists()
    assert "<script src=" not in text and 'href="index.html"' not in text  # it stands alone
    assert read(folder / "results", "drill_faults").num_rows == len(certificate.faults)
    assert (folder / "results" / "drill_controls.csv").exists()
