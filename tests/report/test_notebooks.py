"""The report notebooks: one question a section, no logic, the same parameters, nothing stored but what is compared."""

import ast
import json
from importlib import import_module
from pathlib import Path

import nbformat
import pytest
from drawn_day import drawn_day

from bolib import report

PROJECT = Path(__file__).parent.parent.parent
REPORTS = ("pnl", "deadlines", "anomalies")
ORDER = ("parameters", "setup", "verdict")
ANNEXES = ("controls", "rules", "provenance")
COMPARED = "nbval-check-output"

pytestmark = pytest.mark.parametrize("name", REPORTS)


def read(name):
    return nbformat.read(PROJECT / "notebooks" / f"{name}.ipynb", as_version=4)


def code(name):
    return [cell for cell in read(name).cells if cell.cell_type == "code"]


def tags(cell):
    return set(cell.metadata.get("tags", []))


def test_a_notebook_is_valid_and_its_cells_have_stable_ids(name):
    notebook = read(name)
    nbformat.validate(notebook)
    assert all(cell.id.startswith(f"{name}-") for cell in notebook.cells)


def test_the_cells_come_in_the_order_of_a_report(name):
    cells = code(name)
    assert [tag for cell, tag in zip(cells, ORDER, strict=False) if tag in tags(cell)] == list(ORDER)
    assert [tag for cell, tag in zip(cells[-3:], ANNEXES, strict=True) if tag in tags(cell)] == list(ANNEXES)
    assert all(tags(cell) for cell in cells), "every code cell says what it is"


def test_a_cell_shows_one_thing_and_is_short(name):
    for cell in code(name):
        lines = cell.source.splitlines()
        assert len(lines) <= 12
        if not tags(cell) & {"parameters", "setup"}:
            (shown,) = ast.parse(cell.source).body
            assert isinstance(shown.value, ast.Call) and shown.value.func.value.id == "report"
            assert hasattr(report, shown.value.func.attr)


def test_each_section_is_a_question(name):
    headings = [
        line
        for cell in read(name).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert headings[0].startswith("# ") and [line[:3] for line in headings[1:]] == ["## "] * (len(headings) - 1)
    assert [line for line in headings if not line.endswith("?")] == []


def test_every_parameter_says_what_it_means(name):
    (cell,) = [cell for cell in code(name) if "parameters" in tags(cell)]
    assert all("  # " in line for line in cell.source.splitlines())
    assert [ast.literal_eval(line.value) for line in ast.parse(cell.source).body][0] == "2026-03-31"


def test_only_what_is_compared_is_stored(name):
    for cell in code(name):
        assert bool(cell.outputs) == (COMPARED in tags(cell))
        assert bool(cell.execution_count) == bool(cell.outputs)
        assert "/" not in json.dumps([output.data.get("text/plain") for output in cell.outputs])


def test_the_verdict_and_the_headline_of_the_result_are_compared(name):
    compared = [cell.source for cell in code(name) if COMPARED in tags(cell)]
    assert name != "pnl" or compared == ["report.verdict(result)", "report.headline(result)"]


def test_every_section_can_be_shown_of_a_day_on_which_nothing_was_received(name):
    day = drawn_day(name, "2026-03-31")
    result = import_module(f"bolib.{name}").produce(day)
    shown = [cell for cell in code(name) if not {"parameters", "setup", "provenance"} & tags(cell)]
    for cell in shown:
        assert eval(cell.source, {"report": report, "result": result, "day": day}).html().strip(), cell.source
