"""A bank without limits of its own is given one for the drill; one that has some keeps them."""

import shutil
from datetime import date

from bolib import PROJECT
from bolib.control import control
from bolib.drill.own_limit import LIMIT, with_own_limit
from bolib.rulebook import load_rulebook

DAY = date(2026, 3, 31)


def test_a_bank_without_limits_is_given_one_in_a_copy_of_its_parameters(tmp_path):
    given, lent = with_own_limit(PROJECT / "parameters", DAY, tmp_path)
    assert "F-01.answer within 30 days, from 2025-12-31" in lent and "DEADLINE-01" in lent
    assert given != PROJECT / "parameters"
    assert list(load_rulebook(given / "rulebook").limits) == [f"{LIMIT['rule']}.own"]
    assert load_rulebook(PROJECT / "parameters" / "rulebook").limits == {}
    assert (given / "anomalies.yml").exists()


def test_a_bank_with_limits_keeps_its_own(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    shutil.copytree(with_own_limit(PROJECT / "parameters", DAY, tmp_path)[0], mine, dirs_exist_ok=True)
    assert with_own_limit(mine, DAY, tmp_path / "other") == (mine, "")


def test_the_control_that_is_named_is_the_one_that_watches_such_limits():
    assert "internal_limits" in control("DEADLINE-01").tables
