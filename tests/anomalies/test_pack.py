"""The pack of checks before booking: whole, and watched by controls that exist."""

import pytest

from bolib.anomalies.pack import PACK
from bolib.control import REPORTS, catalogue

HOME = {item.id: item for report in REPORTS for item in catalogue(report)}
FOLDERS = ("coherence", "terms", "concealment", "orders", "funnel")


def test_the_pack_is_whole():
    wanted = [f"C{n:02d}" for n in range(1, 18)] + [f"F{n:02d}" for n in range(1, 11)]
    assert [check.id for check in PACK if check.id[0] in "CF"] == wanted
    assert all(check.controls for check in PACK)


@pytest.mark.parametrize("check", PACK, ids=lambda check: check.id)
def test_a_check_is_watched_by_controls_that_exist(check):
    assert set(check.controls) <= set(HOME)


def test_every_control_on_deals_belongs_to_a_check():
    ours = {name for name, item in HOME.items() if item.report == "anomalies" and item.path.parent.name in FOLDERS}
    assert ours == {name for check in PACK for name in check.controls} & ours
