"""Every control of the catalogue: its header, its rule, and its examples, run."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml
from drawn import drawn

from bolib.control import REPORTS, Control, catalogue, changed, control, read_control
from bolib.errors import ParameterError, RuleError
from bolib.findings import Breach
from bolib.rulebook import load_rulebook

PROJECT = Path(__file__).parent.parent
PARAMETERS = PROJECT / "parameters"
CONTROLS = [item for report in REPORTS for item in catalogue(report, PARAMETERS)]
CASES = ("breach", "clean", "boundary", "missing")


def examples(item: Control) -> dict:
    """Return the examples beside a control: as_of, cases (tables, thresholds, expect), types of views drawn."""
    return yaml.safe_load(item.path.with_suffix(".examples.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("item", CONTROLS, ids=lambda item: item.id)
def test_a_control_names_a_rule_of_the_rulebook(item):
    assert load_rulebook(PARAMETERS / "rulebook").rules(item.rule)


@pytest.mark.parametrize("item", CONTROLS, ids=lambda item: item.id)
def test_a_control_has_an_example_of_each_kind(item):
    assert set(CASES) <= set(examples(item)["cases"])


@pytest.mark.parametrize("item", CONTROLS, ids=lambda item: item.id)
def test_a_control_finds_what_its_examples_say(item):
    given = examples(item)
    for name, case in given["cases"].items():
        tables = {
            table: drawn(table, text, (given.get("types") or {}).get(table)) for table, text in case["tables"].items()
        }
        found = item(as_of=date.fromisoformat(str(given["as_of"])), **tables, **(case.get("thresholds") or {}))
        rows = found.to_dict("records")
        keys = sorted(Breach(item, {k: None if pd.isna(v) else v for k, v in row.items()}).key for row in rows)
        assert keys == sorted(str(key) for key in case["expect"]), f"{item.id}, {name}"
        assert all(item.message.format_map(row) for row in rows)


def test_an_unknown_control_stops_the_run():
    with pytest.raises(ParameterError, match="expected one of .*PNL-01.*, found PNL-99"):
        control("PNL-99")


def test_an_unknown_threshold_stops_the_run():
    with pytest.raises(ParameterError, match=r"thresholds of PNL-02: .*found \['flor'\]"):
        changed(control("PNL-02"), {"flor": 1})


def test_a_header_without_a_rule_is_refused(tmp_path):
    path = tmp_path / "x.sql"
    path.write_text("/*\nid: X-1\ntitle: x\nseverity: MAJOR\nkey: a\nmessage: x\n*/\nselect 1 as a", encoding="utf-8")
    with pytest.raises(RuleError, match=r"no \['rule'\]"):
        read_control(path, "pnl")


def test_two_controls_may_not_share_an_id(tmp_path):
    folder = tmp_path / "controls" / "pnl"
    folder.mkdir(parents=True)
    folder.joinpath("mine.sql").write_text(control("PNL-01").path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(RuleError, match="an id of its own, found PNL-01"):
        catalogue("pnl", tmp_path)


def test_a_control_is_off_where_a_table_it_reads_through_views_is_absent(tmp_path):
    path = tmp_path / "x.sql"
    head = "/*\nid: X-1\ntitle: x\nrule: A-50\nseverity: MAJOR\nkey: book\nmessage: x\n{}*/\nselect isin from valued"
    path.write_text(head.format(""), encoding="utf-8")
    assert read_control(path, "pnl").needed == {"fx_rates", "instruments", "opening_lots", "prices", "trades"}
    path.write_text(head.format("needs: [prices]\n"), encoding="utf-8")
    assert read_control(path, "pnl").needed == {"prices"}
    path.write_text(head.format("needs: [prices.low, prices.high, trades]\n"), encoding="utf-8")
    item = read_control(path, "pnl")
    assert (item.needed, item.needed_columns) == ({"prices", "trades"}, ["prices.high", "prices.low"])


@pytest.mark.parametrize("name", ["price", "prices.lowest", "positions", "prices."])
def test_a_header_that_needs_what_is_not_declared_is_one_line(tmp_path, name):
    path = tmp_path / "x.sql"
    head = "/*\nid: X-1\ntitle: x\nrule: A-50\nseverity: MAJOR\nkey: book\nmessage: x\nneeds: [prices, {}]\n*/\nselect 1 as book"
    path.write_text(head.format(name), encoding="utf-8")
    with pytest.raises(RuleError, match=rf"x.sql, needs: expected tables, and columns as table.column, found \['{name}'\]"):
        read_control(path, "pnl")


def test_a_banks_own_control_is_refused_where_engines_would_read_it_otherwise(tmp_path):
    path = tmp_path / "x.sql"
    head = "/*\nid: X-1\ntitle: x\nrule: A-50\nseverity: MAJOR\nkey: book\nmessage: x\n*/\n"
    path.write_text(head + "select book from positions where try_cast(quantity as integer) > 3", encoding="utf-8")
    with pytest.raises(RuleError, match="x.sql, line 1: expected portable SQL, found"):
        read_control(path, "pnl")
