"""A bank without limits of its own is given one for the drill; one that has some keeps them."""

import shutil
from datetime import date

from bolib import PROJECT
from bolib.drill.own_limit import LIMIT, with_own_limit
from bolib.rulebook import load_rulebook

DAY = date(2026, 3, 31)


def test_a_bank_without_limits_is_given_one_in_a_copy_of_its_parameters(tmp_path):
    given = with_own_limit(PROJECT / "parameters", DAY, tmp_path)
    assert given != PROJECT / "parameters"
    assert list(load_rulebook(given / "rulebook").limits) == [f"{LIMIT['rule']}.own"]
    assert load_rulebook(PROJECT / "parameters" / "rulebook").limits == {}
    assert (given / "anomalies.yml").exists()


def test_a_bank_with_limits_keeps_its_own(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    shutil.copytree(with_own_limit(PROJECT / "parameters", DAY, tmp_path), mine, dirs_exist_ok=True)
    assert with_own_limit(mine, DAY, tmp_path / "other") == mine
