"""The declarations of faults: each well said, and one for every control of the catalogue."""

from pathlib import Path

import pytest

from bolib.control import REPORTS
from bolib.control import catalogue as controls
from bolib.drill.blindness import BLINDNESSES
from bolib.drill.deliveries import MISHAPS
from bolib.drill.entries_file import ENTRIES
from bolib.drill.faults import catalogue, read_faults
from bolib.errors import RuleError
from bolib.tables import TABLES

PROJECT = Path(__file__).parent.parent.parent
FAULTS = catalogue(PROJECT / "parameters")
CONTROLS = {item.id: item for report in REPORTS for item in controls(report, PROJECT / "parameters")}

GOOD = """
- id: x
  title: A deal booked the wrong way round
  kind: wrong side
  table: trades
  pick: select trade_id from trades
  change: {trades: {side: "'BUY'"}}
"""


def test_every_control_has_a_fault():
    """A new control takes a fault of its own under bolib/drill/declared/."""
    asked = {control for fault in FAULTS for control in fault.caught_by}
    assert set(CONTROLS) - asked == set()


def test_a_fault_names_only_controls_that_exist():
    assert {control for fault in FAULTS for control in fault.caught_by} - set(CONTROLS) == set()


def test_there_are_faults_of_at_least_forty_kinds_and_decoys_beside_them():
    assert len({fault.kind for fault in FAULTS if not fault.decoy}) >= 40
    assert len([fault for fault in FAULTS if fault.decoy]) >= 12
    assert not [fault.id for fault in FAULTS if fault.decoy and fault.caught_by]


def test_faults_are_planted_in_most_tables():
    named = {table for fault in FAULTS for table in fault.tables}
    assert set(TABLES) - named <= UNTOUCHED


UNTOUCHED = {
    *("books", "opening_lots", "fee_grid", "account_books", "closings", "accounting_scheme"),
    *("insolvency_cases", "market_fail_balances"),
}
"""Tables no fault is declared in: the bank's own set-up, decisions, and what others publish."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_a_fault_does_something_that_exists(fault):
    assert not fault.file or fault.file in {*MISHAPS, *ENTRIES}
    assert not fault.blind or fault.blind in BLINDNESSES
    assert fault.decoy or fault.file or fault.field


def test_every_mishap_and_every_blindness_is_declared():
    assert {fault.file for fault in FAULTS if fault.file} == {*MISHAPS, *ENTRIES}
    assert {fault.blind for fault in FAULTS if fault.blind} == BLINDNESSES


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (GOOD.replace("kind:", "sort:"), r"fault x: expected words among .*, found unknown \['sort'\]"),
        (GOOD.replace("  title: A deal booked the wrong way round\n", ""), r"found no \['title'\]"),
        (GOOD.replace("table: trades", "table: deals"), "expected a declared table, found deals"),
        (GOOD.replace("side:", "sides:"), r"expected columns of trades, found \['sides'\]"),
        (GOOD.replace("""  change: {trades: {side: "'BUY'"}}\n""", ""), "expected a pick and something to do"),
        (GOOD + GOOD, "expected one fault of each id, found x twice"),
        ("- id: [", "expected YAML"),
    ],
)
def test_a_wrong_declaration_is_refused_in_one_line(tmp_path, said, told):
    (tmp_path / "mine.yml").write_text(said, encoding="utf-8")
    with pytest.raises(RuleError, match=told):
        read_faults(tmp_path)


def test_a_bank_adds_a_fault_by_dropping_a_file(tmp_path):
    (tmp_path / "faults").mkdir()
    (tmp_path / "faults" / "mine.yml").write_text(GOOD, encoding="utf-8")
    assert [fault.id for fault in catalogue(tmp_path)][-1] == "x"
